/**
 * 様式の取り決め: the part of a form that is data. `contract.json` beside each form says where its cells stand and what their labels
 * say; `wording.json` says the words a second time, for the look at the finished page.
 */
import { readFileSync } from 'node:fs';
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

/** Forms by kind, newest last. A form is never changed once it was in force: a new one gets a new date. */
const formDates: Readonly<Partial<Record<CertificateKind, readonly string[]>>> = {
  'resident-record': ['2025-05-26'],
  'resident-record-items': ['2025-05-26'],
  'seal-registration': ['2025-05-26'],
  'koseki-address-history': ['2025-05-26'],
  'tax-income': ['2024-06-01'],
  'tax-assessment': ['2024-06-01'],
  'tax-exemption': ['2024-06-01'],
  'tax-income-assessment': ['2024-06-01'],
  'tax-payment': ['2024-06-01'],
  'koseki-full': ['2025-05-26'],
  'koseki-individual': ['2025-05-26'],
};

/** 「resident-record/2025-05-26」: the form in force on a day. */
export function formVersionOn(kind: CertificateKind, day: string): string {
  const from = formDates[kind]?.findLast((date) => date <= day);
  if (from === undefined) throw new RangeError(`no form of ${kind} was in force that day`);
  return `${kind}/${from}`;
}

export const formsFolder = new URL('../../forms/', import.meta.url);

export function formFolder(formVersion: string): URL {
  return new URL(`${formVersion}/`, formsFolder);
}

export const readContract = (formVersion: string) => readOnce<FormContract>(formVersion, 'contract.json');
export const readWording = (formVersion: string) => readOnce<FormWording>(formVersion, 'wording.json');

const known = new Map<string, unknown>();

function readOnce<T>(formVersion: string, file: string): T {
  const url = new URL(file, formFolder(formVersion));
  const read = known.get(url.href) ?? JSON.parse(readFileSync(url, 'utf8'));
  known.set(url.href, read);
  return read as T;
}
