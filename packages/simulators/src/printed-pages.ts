/**
 * The file of one sheet: the document with only that sheet’s pages in its page list. Bytes keep their places (the list is padded
 * with spaces), so the cross-reference table still holds. A document with a tree of page lists, or none, comes out whole.
 */
const PAGE_LIST = /\/Kids\s*\[([^\]]*)\]/g;
const PAGE_COUNT = /\/Count\s+\d+/g;
const REFERENCE = /\d+ \d+ R/g;

export function printedPages(document: Uint8Array, [first, last]: readonly [number, number]): Uint8Array {
  const text = Buffer.from(document).toString('latin1');
  const lists = [...text.matchAll(PAGE_LIST)];
  const counts = [...text.matchAll(PAGE_COUNT)];
  const [list] = lists;
  const [count] = counts;
  if (!list || !count || lists.length > 1 || counts.length > 1) return document;
  const pages = (list[1]?.match(REFERENCE) ?? []).slice(first - 1, last);
  const shown = put(put(text, list, `/Kids [${pages.join(' ')}`, ']'), count, `/Count ${pages.length}`, '');
  return new Uint8Array(Buffer.from(shown, 'latin1'));
}

function put(text: string, at: RegExpExecArray, head: string, tail: string): string {
  const [old] = at;
  const fitted = `${head.padEnd(old.length - tail.length)}${tail}`;
  return text.slice(0, at.index) + fitted + text.slice(at.index + old.length);
}

/** Pages of a document with one page list; undefined when nobody can tell so easily. */
export function pageCount(document: Uint8Array): number | undefined {
  const counts = [...Buffer.from(document).toString('latin1').matchAll(PAGE_COUNT)];
  return counts.length === 1 ? Number(counts[0]?.[0].replace(/\D/g, '')) : undefined;
}
