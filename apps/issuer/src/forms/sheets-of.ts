/** 丁: which blocks and rows stand on which sheet, and how many lines a row takes. Of places only; what is written there is not looked at. */
import assert from 'node:assert/strict';
import { graphemesOf } from '@machikado/domain';
import type { Continued } from './continuation.ts';
import type { BlockContent, RowContent } from './form-content.ts';
import type { FormContract, RowsSpec } from './form-contract.ts';

export interface Sheet {
  readonly blocks: readonly { readonly block: BlockContent; readonly index: number }[];
  readonly rows: readonly PlacedRow[];
  /** The rows are those of the 続紙. */
  readonly continuation: boolean;
  /** 認証文 and 公印 stand on it. */
  readonly certified: boolean;
}

export interface PlacedRow {
  readonly row: RowContent;
  /** Through the whole document; those of the 続紙 are counted apart. */
  readonly index: number;
  /** First line, from 0 at the top of the sheet. */
  readonly line: number;
  readonly lines: number;
}

const PT_MM = 25.4 / 72;
/** Between a line of the grid and a letter, both sides. */
const PADDING_MM = 1.8;
/** ASCII letters and digits are half as wide, capitals somewhat more. */
const ASCII_EM = 0.62;

export function sheetsOf({ content, continuation }: Continued, contract: FormContract): Sheet[] {
  const { blocks = [], rows = [] } = content;
  const perSheet = contract.block?.perSheet ?? 0;
  const ofBlocks = chunks(
    blocks.map((block, index) => ({ block, index })),
    perSheet,
  );
  const ofRows = contract.rows ? placeRows(rows, contract.rows) : [];
  const first = Array.from({ length: Math.max(1, ofBlocks.length, ofRows.length) }, (_, i) => ({
    ...{ blocks: ofBlocks[i] ?? [], rows: ofRows[i] ?? [], continuation: false },
  }));
  const more = continuation.length === 0 ? [] : placeRows(continuation, contract.continuation.rows);
  const sheets = [...first, ...more.map((placed) => ({ blocks: [], rows: placed, continuation: true }))];
  assert.equal(sheets.flatMap((sheet) => sheet.blocks).length, blocks.length, 'every block stands on one sheet');
  assert.equal(sheets.flatMap((sheet) => sheet.rows).length, rows.length + continuation.length, 'every row does');
  const { onSheets } = contract.certification;
  return sheets.map((sheet, i) => ({ ...sheet, certified: onSheets === 'every' || i === sheets.length - 1 }));
}

/** How many lines fit on a sheet. */
export function linesPerSheet({ area, rowMm }: RowsSpec): number {
  return Math.floor(area[3] / rowMm + 0.001);
}

/** A row is never divided; one that needs more than a sheet gets a whole one, and the letters shrink. */
function placeRows(rows: readonly RowContent[], spec: RowsSpec): PlacedRow[][] {
  const most = linesPerSheet(spec);
  const sheets: PlacedRow[][] = [[]];
  let line = 0;
  rows.forEach((row, index) => {
    const lines = Math.min(most, linesOf(row, spec));
    const held = rows.slice(index + 1, index + 1 + heldBy(row));
    if (line > 0 && held.reduce((sum, one) => sum + linesOf(one, spec), line + lines) > most) {
      sheets.push([]);
      line = 0;
    }
    const carried = line === 0 && index > 0 && row.group === undefined && row.carry !== undefined;
    sheets.at(-1)?.push({ row: carried ? { ...row, group: row.carry } : row, index, line, lines });
    line += lines;
  });
  return sheets;
}

/** Who is about to follow, a heading: neither stands alone at the foot of a sheet. So many rows go with them. */
function heldBy({ opens, text }: RowContent): number {
  if (opens) return 2;
  return text === '' ? 1 : 0;
}

/** The column of groups is not asked: a long group shrinks. */
function linesOf({ text, label }: RowContent, { area, groupMm, labelMm, pt }: RowsSpec): number {
  const lettersIn = (widthMm: number) => Math.max(1, Math.floor((widthMm - PADDING_MM) / (pt * PT_MM)));
  const needed = (words: string, widthMm: number) => Math.ceil(emWidthOf(words) / lettersIn(widthMm));
  return Math.max(1, needed(text, area[2] - groupMm - labelMm), labelMm > 0 ? needed(label, labelMm) : 1);
}

/** Spaces do not count: the look at the page knows nothing of them, and must come to the same lines. */
function emWidthOf(text: string): number {
  return graphemesOf(text.replace(/\s/gu, '')).reduce(
    (sum, letter) => sum + (/^[\x20-\x7e]$/.test(letter) ? ASCII_EM : 1),
    0,
  );
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: size > 0 ? Math.ceil(list.length / size) : 0 }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}
