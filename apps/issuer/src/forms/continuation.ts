/**
 * 続紙: a text that is too long for its cell even in the smallest letters goes on to a sheet of its own, and the cell says where.
 * Which texts are moved is found out by typesetting; the look at the finished page is told, and checks both places.
 */
import {
  blockPath,
  type CellPath,
  type CellTexts,
  type FormContent,
  type RowContent,
  sheetPath,
} from './form-content.ts';

export interface Continued {
  readonly content: FormContent;
  /** In the order of `moved`. */
  readonly continuation: readonly RowContent[];
}

/** `labelOf`: what the cell is called on the form. */
export function moveOut(
  content: FormContent,
  moved: readonly CellPath[],
  labelOf: (path: CellPath) => string,
): Continued {
  const rows: RowContent[] = [];
  const cellsAfter = (cells: CellTexts, pathOf: (key: string) => CellPath, labels: CellTexts = {}): CellTexts =>
    Object.fromEntries(
      Object.entries(cells).map(([key, text]) => {
        const n = moved.indexOf(pathOf(key)) + 1;
        if (n === 0) return [key, text];
        rows[n - 1] = { label: `（${n}）${labels[key] ?? labelOf(pathOf(key))}`, text };
        return [key, `続紙（${n}）のとおり`];
      }),
    );
  const sheet = cellsAfter(content.sheet, sheetPath);
  const blocks = content.blocks?.map((block, i) => ({
    ...block,
    cells: cellsAfter(block.cells, (key) => blockPath(i, key), block.labels),
  }));
  return { content: { ...content, sheet, ...(blocks && { blocks }) }, continuation: rows };
}

/** Only the value of a cell can go on to another sheet. */
export function canMove(path: CellPath, { sheet, blocks }: FormContent): boolean {
  return (
    Object.keys(sheet).some((key) => sheetPath(key) === path) ||
    (blocks ?? []).some(({ cells }, i) => Object.keys(cells).some((key) => blockPath(i, key) === path))
  );
}
