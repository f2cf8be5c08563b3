/** The finished texts that stand in the cells of a form, and the form filled once more with one of them changed. */

import { EMPTY, NOT_APPLICABLE, OMITTED } from '../../apps/issuer/src/forms/form-content.ts';
import type { FormData } from '../../apps/issuer/src/forms/form-data.ts';

export interface Value {
  readonly text: string;
  readonly path: readonly (string | number)[];
}

/** Of the record alone: not the labels and sentences of the form. */
export function valuesOn(data: FormData): Value[] {
  const sheets = data.sheets.flatMap(({ cells, blocks, rows }, i) => [
    ...textsIn(cells, ['sheets', i, 'cells']),
    ...blocks.flatMap((block, j) => textsIn(block.cells, ['sheets', i, 'blocks', j, 'cells'])),
    ...rows.map(({ text }, k) => ({ text, path: ['sheets', i, 'rows', k, 'text'] })),
  ]);
  const values = [...sheets, { text: data.issuedOn, path: ['issuedOn'] }];
  return values.filter(({ text }) => ![OMITTED, EMPTY, NOT_APPLICABLE, ''].includes(text));
}

function textsIn(cells: Readonly<Record<string, string>>, path: Value['path']): Value[] {
  return Object.entries(cells).map(([key, text]) => ({ text, path: [...path, key] }));
}

export function withValue(data: FormData, path: Value['path'], text: string): FormData {
  const copy = structuredClone(data);
  const last = path.at(-1) as string;
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (holder as Record<string, string>)[last] = text;
  return copy;
}

/** `at`: of the letter, counted in letters. */
export function withLetter(data: FormData, { path, text }: Value, at: number, letter: string): FormData {
  return withValue(data, path, [...text].with(at, letter).join(''));
}

/** Every letter of every value. */
export function lettersOn(data: FormData): { readonly value: Value; readonly at: number; readonly letter: string }[] {
  return valuesOn(data).flatMap((value) => [...value.text].map((letter, at) => ({ value, at, letter })));
}
