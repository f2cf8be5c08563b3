/**
 * The input of a form: one JSON value, finished texts only. Its shape is the same for all kinds and is described for vendors in
 * forms/README.md; what a form does with it stands in its form.typ.
 */
import { formatWareki } from '@machikado/domain';
import type { CertificateContent } from '../ports.ts';
import { type Continued, moveOut } from './continuation.ts';
import type { CellPath, CellTexts, FormContent, Picture } from './form-content.ts';
import type { FormContract } from './form-contract.ts';
import { labelsOf } from './labels-of.ts';
import { type PlacedRow, type Sheet, sheetsOf } from './sheets-of.ts';

export interface FormData {
  readonly orderReference: string;
  readonly issueNumber: string;
  readonly certification: string;
  readonly issuedOn: string;
  readonly issuer: string;
  readonly sealSvg: string;
  readonly pictures: Readonly<Record<string, PictureData>>;
  readonly sheets: readonly SheetData[];
}

/** Typst reads no Base64. */
interface PictureData {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly bytes: readonly number[];
}

interface SheetData {
  readonly cells: CellTexts;
  readonly blocks: readonly {
    readonly index: number;
    readonly cells: CellTexts;
    readonly labels: CellTexts;
  }[];
  readonly rows: readonly {
    readonly index: number;
    readonly line: number;
    readonly lines: number;
    readonly opens: boolean;
    readonly group: string;
    readonly mark: string;
    readonly label: string;
    readonly text: string;
  }[];
  readonly continuation: boolean;
  readonly certified: boolean;
}

export interface LaidOut {
  readonly continued: Continued;
  readonly sheets: readonly Sheet[];
}

export function layOut(content: FormContent, contract: FormContract, moved: readonly CellPath[]): LaidOut {
  const continued = moveOut(content, moved, labelsOf(contract));
  return { continued, sheets: sheetsOf(continued, contract) };
}

export function toFormData(
  { orderReference, issueNumber, issuedOn, mayor }: CertificateContent,
  { continued: { content }, sheets }: LaidOut,
  contract: FormContract,
): FormData {
  const certification = contract.certification.sentences[content.certification];
  if (certification === undefined) throw new RangeError(`the form has no sentence ${content.certification}`);
  return {
    ...{ orderReference, issueNumber, certification },
    issuedOn: formatWareki(issuedOn),
    issuer: `${mayor.title}　${mayor.name}`,
    sealSvg: mayor.sealSvg,
    pictures: Object.fromEntries(
      Object.entries(content.pictures ?? {}).map(([key, picture]) => [key, toPictureData(picture)]),
    ),
    sheets: sheets.map((sheet) => ({
      cells: content.sheet,
      blocks: sheet.blocks.map(({ block, index }) => ({ index, cells: block.cells, labels: block.labels ?? {} })),
      rows: sheet.rows.map(toRowData),
      continuation: sheet.continuation,
      certified: sheet.certified,
    })),
  };
}

function toRowData({ row, index, line, lines }: PlacedRow) {
  const { opens = false, group = '', mark = '', label, text } = row;
  return { index, line, lines, opens, group, mark, label, text };
}

function toPictureData({ png, widthMm, heightMm }: Picture): PictureData {
  return { widthMm, heightMm, bytes: [...Buffer.from(png, 'base64')] };
}
