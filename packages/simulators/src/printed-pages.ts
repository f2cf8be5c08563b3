/**
 * The file of one sheet: the document with only that sheet’s pages in its page list. Bytes keep their places (the list is padded
 * with spaces), so the cross-reference table still holds. A document with a tree of page lists, or none, comes out whole.
 */
const PAGE_LIST_OBJECT = /<<(?:(?!<<|>>)[\s\S])*\/Type\s*\/Pages\b(?:(?!<<|>>)[\s\S])*>>/g;
const KIDS = /\/Kids\s*\[([^\]]*)\]/;
const COUNT = /\/Count\s+(\d+)/;
const REFERENCE = /\d+ \d+ R/g;

export function printedPages(document: Uint8Array, [first, last]: readonly [number, number]): Uint8Array {
  const text = Buffer.from(document).toString('latin1');
  const list = pageListIn(text);
  const [kids, refs] = list?.[0].match(KIDS) ?? [];
  const [count] = list?.[0].match(COUNT) ?? [];
  if (!list || !kids || !count) return document;
  const pages = (refs?.match(REFERENCE) ?? []).slice(first - 1, last);
  const shown = list[0]
    .replace(kids, fitted(kids, `/Kids [${pages.join(' ')}`, ']'))
    .replace(count, fitted(count, `/Count ${pages.length}`));
  return new Uint8Array(
    Buffer.from(text.slice(0, list.index) + shown + text.slice(list.index + shown.length), 'latin1'),
  );
}

/** Outlines and other trees have kids and counts as well. */
function pageListIn(text: string): RegExpExecArray | undefined {
  const lists = [...text.matchAll(PAGE_LIST_OBJECT)];
  return lists.length === 1 ? lists[0] : undefined;
}

function fitted(old: string, head: string, tail = ''): string {
  return `${head.padEnd(old.length - tail.length)}${tail}`;
}

/** Pages of a document with one page list; undefined when nobody can tell so easily. */
export function pageCount(document: Uint8Array): number | undefined {
  const [, count] = pageListIn(Buffer.from(document).toString('latin1'))?.[0].match(COUNT) ?? [];
  return count === undefined ? undefined : Number(count);
}
