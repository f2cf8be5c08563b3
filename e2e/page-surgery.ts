/**
 * 頁の取り違え: takes finished PDFs apart and binds whole pages anew, as a broken print path would. Knows the plain PDFs of the
 * typesetter (one page tree without levels, no object streams) and no others.
 */
import assert from 'node:assert/strict';

export interface BoundPage {
  readonly pdf: Uint8Array;
  /** From 1. */
  readonly page: number;
  /** Drawn over what stands on the page: operators, points from the lower left corner. */
  readonly over?: string;
}

export const pagesOf = (pdf: Uint8Array): BoundPage[] => open(pdf).kids.map((_, i) => ({ pdf, page: i + 1 }));

/** White over a place on the page: the text stays in the file and leaves the paper. */
export function whiteOver({ xMm, yMm, wMm, hMm }: { xMm: number; yMm: number; wMm: number; hMm: number }): string {
  const [x, y, w, h] = [xMm, 297 - yMm - hMm, wMm, hMm].map((mm) => ((mm * 72) / 25.4).toFixed(2));
  return `1 1 1 rg ${x} ${y} ${w} ${h} re f`;
}

export function bindPages(pages: readonly BoundPage[]): Uint8Array {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const bases = new Map<Uint8Array, number>();
  for (const pdf of new Set(pages.map((page) => page.pdf))) {
    bases.set(pdf, objects.length);
    const source = open(pdf);
    const base = objects.length;
    for (let n = 1; n <= source.count; n += 1) add(renumbered(source.objects.get(n) ?? 'null', base));
  }
  const treeAt = objects.length + 3 * pages.length + 1;
  const kids = pages.map(({ pdf, page, over = '' }) => {
    const source = open(pdf);
    const base = bases.get(pdf) ?? 0;
    const found = renumbered(source.objects.get(source.kids[page - 1] ?? 0) ?? '', base);
    const head = add(stream('q\n'));
    const tail = add(stream(`\nQ ${over}`));
    return add(
      found
        .replace(/\/Parent \d+ 0 R/, `/Parent ${treeAt} 0 R`)
        .replace(/\/Contents (\d+ 0 R)/, `/Contents [${head} 0 R $1 ${tail} 0 R]`),
    );
  });
  add(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`);
  add(`<< /Type /Catalog /Pages ${treeAt} 0 R >>`);
  return written(objects);
}

interface OpenPdf {
  readonly count: number;
  readonly objects: ReadonlyMap<number, string>;
  readonly kids: readonly number[];
}

function open(pdf: Uint8Array): OpenPdf {
  const text = Buffer.from(pdf).toString('latin1');
  const xrefAt = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]);
  const [, size = '', table = ''] = /^xref\s+0 (\d+)\s+([\s\S]+?)trailer/.exec(text.slice(xrefAt)) ?? [];
  const offsets = [...table.matchAll(/(\d{10}) \d{5} n/g)].map((match) => Number(match[1]));
  const ends = [...offsets, xrefAt].sort((a, b) => a - b);
  const objects = new Map(
    offsets.map((offset) => {
      const whole = text.slice(offset, ends[ends.indexOf(offset) + 1]);
      const [, n = '', body = ''] = /^(\d+) 0 obj\s([\s\S]*)endobj\s*$/.exec(whole) ?? [];
      return [Number(n), body];
    }),
  );
  const tree = [...objects.values()].find((body) => /^<<\s+\/Type \/Pages/.test(body)) ?? '';
  const kids = [...(/\/Kids \[([^\]]*)\]/.exec(tree)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map((kid) => Number(kid[1]));
  assert(Number(size) === offsets.length + 1 && kids.length > 0, 'a plain PDF');
  return { count: offsets.length, objects, kids };
}

/** References stand in dictionaries only; streams are left as they are. */
function renumbered(body: string, base: number): string {
  const at = body.indexOf('\nstream');
  const dictionary = at < 0 ? body : body.slice(0, at);
  return dictionary.replace(/(\d+) 0 R/g, (_, n) => `${Number(n) + base} 0 R`) + (at < 0 ? '' : body.slice(at));
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream\n`;
}

function written(objects: readonly string[]): Uint8Array {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((body, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root ${objects.length} 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
