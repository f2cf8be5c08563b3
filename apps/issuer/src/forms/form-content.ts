/**
 * 記載内容: what stands on one document, cell by cell, as finished texts. It is worked out twice by code that shares nothing: `written`
 * for the typesetter, `expected` for the look at the finished pages. Where the cells stand is said by contract.json alone.
 */
import type { CertificateContent } from '../ports.ts';

export interface FormContent {
  /** Cells that stand on every sheet. */
  readonly sheet: CellTexts;
  /** One after the other, as many on a sheet as the contract says: the persons of a 住民票. */
  readonly blocks?: readonly BlockContent[];
  /** Lines one below the other, over as many sheets as it takes: the 事項 of a 戸籍. */
  readonly rows?: readonly RowContent[];
  /** At their own size, on every sheet: 印影. */
  readonly pictures?: Readonly<Record<string, Picture>>;
  /** Which of the sentences of the form certifies it (認証文). */
  readonly certification: string;
  /** The names by which center and kiosk know whose paper it is. */
  readonly names: readonly NameOnForm[];
}

export type CellTexts = Readonly<Record<string, string>>;

export interface BlockContent {
  readonly cells: CellTexts;
  /** Instead of the labels of the form. */
  readonly labels?: CellTexts;
}

export interface RowContent {
  /** A thick line above it. */
  readonly opens?: true;
  /** First column, where a new group begins. */
  readonly group?: string;
  /** In the first column too, framed, in a group that has begun: 除籍. */
  readonly mark?: string;
  /** What the first column says where a new sheet begins in the middle of a group. */
  readonly carry?: string;
  readonly label: string;
  /** Empty: a heading, which never stands alone at the foot of a sheet. */
  readonly text: string;
}

export interface Picture {
  /** PNG, Base64. */
  readonly png: string;
  readonly widthMm: number;
  readonly heightMm: number;
}

export interface NameOnForm {
  readonly name: string;
  readonly at: CellPath;
}

/** `sheet address`, `block 0 name`, `row 12`: counted from 0 through the whole document. */
export type CellPath = string;

/** Words of the form that stand where texts of the record stand: headings among the rows, a 年度 by its name. */
export type FormWords = Readonly<Record<string, string>>;

export function wordOf(words: FormWords, key: string): string {
  const word = words[key];
  if (word === undefined) throw new RangeError(`the form has no word ${key}`);
  return word;
}

/**
 * Both are asked with the same content, but made from two reads of the registry; `written` with the words of contract.json, `expected`
 * with those of wording.json.
 */
export type ToFormContent = (content: CertificateContent, words: FormWords) => FormContent;

export const sheetPath = (key: string): CellPath => `sheet ${key}`;
export const blockPath = (index: number, key: string): CellPath => `block ${index} ${key}`;
export const rowPath = (index: number): CellPath => `row ${index}`;

/** Left out because nobody asked for it. */
export const OMITTED = '省略';
/** The record has nothing here. */
export const EMPTY = '【空欄】';
/** Does not concern this person. */
export const NOT_APPLICABLE = '＊＊＊';
