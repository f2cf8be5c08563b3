/**
 * 様式の取り決め: the part of a form that is data. `contract.json` beside each form says where its cells stand and what their labels
 * say; `wording.json` says the words a second time, for the look at the finished page.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { CertificateKind } from '@machikado/protocol';
import type { FormWords } from './form-content.ts';

/** [x, y, width, height] in mm from the top left corner. */
export type Place = readonly [number, number, number, number];

export interface CellSpec {
  readonly label?: string;
  readonly labelBox?: Place;
  readonly box: Place;
  readonly pt: number;
}

/** A picture stands in the middle of its box, at its own size. */
export interface PictureSpec {
  readonly label: string;
  readonly labelBox: Place;
  readonly box: Place;
}

/** Rows of equal height, with a column for groups and one for labels; a width of 0 leaves a column out. */
export interface RowsSpec {
  readonly area: Place;
  readonly rowMm: number;
  readonly groupMm: number;
  readonly labelMm: number;
  readonly pt: number;
  /** What the first row that is left over says. */
  readonly unused: string;
}

export interface BlockSpec {
  /** The first one; the others follow below. */
  readonly place: Place;
  readonly perSheet: number;
  /** Places on the first block of a sheet. */
  readonly cells: Readonly<Record<string, CellSpec>>;
  /** What the blocks that are left over say; `box` from their upper left corner. */
  readonly unused: { readonly text: string; readonly box: Place; readonly pt: number };
}

export interface FormContract {
  readonly kind: CertificateKind;
  readonly title: string;
  readonly titleBox: Place;
  readonly issueNumberBox: Place;
  readonly sheet: Readonly<Record<string, CellSpec>>;
  readonly words?: FormWords;
  readonly block?: BlockSpec;
  readonly rows?: RowsSpec;
  readonly pictures?: Readonly<Record<string, PictureSpec>>;
  readonly certification: {
    readonly sentences: Readonly<Record<string, string>>;
    readonly onSheets: 'every' | 'last';
    readonly sentenceBox: Place;
    readonly issuedOnBox: Place;
    readonly issuerBox: Place;
    readonly sealBox: Place;
  };
  /** 続紙: where texts go that are too long for their cells. */
  readonly continuation: { readonly heading: string; readonly headingBox: Place; readonly rows: RowsSpec };
}

/** The words of a form once more, written down by somebody who looks at the official form and not at contract.json. */
export interface FormWording {
  readonly title: string;
  readonly sentences: Readonly<Record<string, string>>;
  readonly sheet: Readonly<Record<string, string>>;
  readonly words?: FormWords;
  readonly block?: Readonly<Record<string, string>>;
  readonly pictures?: Readonly<Record<string, string>>;
  readonly unused?: string;
  readonly continuation: string;
}

/** 帳票の版: the form of a kind from a day on, in the folder of all forms that it belongs to. */
export interface FormEdition {
  /** 「resident-record/2025-05-26」. */
  readonly version: string;
  /** With a library of its own: a form uses nothing outside. */
  readonly root: URL;
}

/** The forms of this repository; a municipality can have a folder of its own, of the same shape. */
export const formsFolder = new URL('../../forms/', import.meta.url);

/** The form in force on a day. A form is never changed once it was in force: a new one gets a new date. */
export function formOn(kind: CertificateKind, day: string, root: URL = formsFolder): FormEdition {
  const from = remember(`dates ${kind} ${root.href}`, () => datesOf(kind, root)).findLast((date) => date <= day);
  if (from === undefined) throw new RangeError(`no form of ${kind} was in force that day`);
  return { version: `${kind}/${from}`, root };
}

export function formFolder({ version, root }: FormEdition): URL {
  return new URL(`${version}/`, root);
}

export const readContract = (form: FormEdition) => readOnce<FormContract>(form, 'contract.json');
export const readWording = (form: FormEdition) => readOnce<FormWording>(form, 'wording.json');

function datesOf(kind: CertificateKind, root: URL): readonly string[] {
  const folder = new URL(`${kind}/`, root);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d{4}-\d\d-\d\d$/.test(name))
    .sort();
}

function readOnce<T>(form: FormEdition, file: string): T {
  const url = new URL(file, formFolder(form));
  return remember(url.href, () => JSON.parse(readFileSync(url, 'utf8')) as T);
}

const known = new Map<string, unknown>();

/** Forms change with a build and a restart, never while a server runs. */
function remember<T>(key: string, read: () => T): T {
  if (!known.has(key)) known.set(key, read());
  return known.get(key) as T;
}
