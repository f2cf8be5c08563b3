/** 両面印刷: a treated copy has a back behind every front, so sheet n is pages 2n − 1 and 2n of its document. */
export const PAGES_PER_SHEET = 2;

/** The first sheet is 1, and so is the first page. */
export function pagesOfSheet(sheet: number): readonly [front: number, back: number] {
  return [PAGES_PER_SHEET * sheet - 1, PAGES_PER_SHEET * sheet];
}
