/** 帳票の版: every form of every day, also one that comes into force next year. Other tests set the form of their own day. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { CalendarDate } from '@machikado/domain';
import { createPdfReader, inspectCertificate } from '@machikado/inspection';
import { certificateKinds } from '@machikado/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { expectationOf } from './expectation-of.ts';
import { type FormContract, formFolder, formOn, formsFolder, readContract, readWording } from './form-contract.ts';
import { galleryCases } from './testing/gallery/index.ts';
import { typesetCertificate } from './typeset-certificate.ts';
import { createTypesetter } from './typesetter.ts';

/** On this day all other tests set theirs. */
const TESTED_DAY = '2026-11-22';
const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });
afterAll(() => Promise.all([typesetter.close(), reader.close()]));

const editions = certificateKinds.flatMap((kind) =>
  readdirSync(new URL(`${kind}/`, formsFolder)).map((from) => ({ kind, from, form: formOn(kind, from) })),
);

test('a folder is named after its first day, and holds the form that is in force from it on', () => {
  for (const { kind, from, form } of editions) expect(form.version).toBe(`${kind}/${from}`);
});

describe.each(editions)('$kind from $from', ({ kind, from, form }) => {
  test('its two files say the same words', () => {
    const why = `contract.json and wording.json of ${form.version} differ; a word is changed in both (docs/adr/0010)`;
    expect(wordsOf(readContract(form)), why).toEqual(readWording(form));
  });

  test('its README says since when', () => {
    const file = new URL('README.md', formFolder(form));
    expect(existsSync(file) && readFileSync(file, 'utf8'), `${form.version}/README.md`).toContain(`${from} から`);
  });

  const own = galleryCases.filter(({ content }) => content.kind === kind);
  const isTested = formOn(kind, TESTED_DAY).version === form.version;
  test.each(isTested ? own.slice(0, 1) : own)('$name, on its first day', async ({ content }) => {
    const issued = { ...content, issuedOn: from as CalendarDate };
    const copy = await typesetCertificate(issued, typesetter);
    expect(copy.form.version).toBe(form.version);
    expect(inspectCertificate(await reader.read(copy.pdf), expectationOf(issued, form, copy.moved))).toEqual([]);
  });
});

/** In the shape of wording.json. */
function wordsOf({ title, certification, sheet, block, rows, pictures, words, continuation }: FormContract) {
  const labels = (cells: Readonly<Record<string, { readonly label?: string }>> = {}) => {
    const written = Object.entries(cells).flatMap(([name, { label }]) => (label ? [[name, label]] : []));
    return written.length > 0 ? Object.fromEntries(written) : undefined;
  };
  return {
    ...{ title, sentences: certification.sentences, sheet: labels(sheet), words },
    ...{ block: labels(block?.cells), pictures: labels(pictures) },
    unused: block?.unused.text ?? rows?.unused ?? continuation.rows.unused,
    continuation: continuation.heading,
  };
}
