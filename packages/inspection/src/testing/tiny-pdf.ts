/** The smallest PDFs that tests need, written by hand: ASCII text in Helvetica, places in mm from the top left corner. */
export interface TinyText {
  readonly text: string;
  readonly xMm: number;
  readonly yMm: number;
  readonly pt?: number;
  /** 0 = black, 1 = white. */
  readonly grey?: number;
}

export interface TinyPage {
  readonly texts?: readonly TinyText[];
  /** Filled black rectangles: x, y, width, height in mm. */
  readonly bars?: readonly (readonly [number, number, number, number])[];
  readonly widthMm?: number;
  readonly heightMm?: number;
  /** More entries of the page dictionary. */
  readonly entries?: string;
  /** More entries of its resources. */
  readonly resources?: string;
  /** More of its content. */
  readonly operators?: string;
}

export interface TinyOptions {
  /** More entries of the catalog. */
  readonly catalog?: string;
  readonly trailer?: string;
  /** More objects, numbered from 900. */
  readonly objects?: readonly (string | Buffer)[];
}

export function tinyPdf(
  pages: readonly TinyPage[],
  { catalog = '', trailer = '', objects = [] }: TinyOptions = {},
): Buffer {
  const pageNumber = (i: number) => 10 + i * 2;
  const kids = pages.map((_, i) => `${pageNumber(i)} 0 R`).join(' ');
  const all = new Map<number, string | Buffer>([
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`],
    [2, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`],
    [3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
  ]);
  pages.forEach((page, i) => {
    const size = `[0 0 ${pt(page.widthMm ?? 210)} ${pt(page.heightMm ?? 297)}]`;
    const resources = `<< /Font << /F 3 0 R >> ${page.resources ?? ''} >>`;
    all.set(
      pageNumber(i),
      `<< /Type /Page /Parent 2 0 R /MediaBox ${size} /Resources ${resources} /Contents ${pageNumber(i) + 1} 0 R ${page.entries ?? ''} >>`,
    );
    const content = contentOf(page);
    all.set(pageNumber(i) + 1, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  });
  objects.forEach((object, i) => {
    all.set(900 + i, object);
  });
  return assemble(all, trailer);
}

/** A stream object around bytes. */
export function streamObject(dictionary: string, bytes: Uint8Array): Buffer {
  const head = Buffer.from(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`);
  return Buffer.concat([head, bytes, Buffer.from('\nendstream')]);
}

function contentOf({ texts = [], bars = [], heightMm = 297, operators = '' }: TinyPage): string {
  const letters = texts.map(({ text, xMm, yMm, pt: size = 10, grey = 0 }) => {
    const escaped = text.replace(/[\\()]/g, '\\$&');
    return `BT ${grey} g /F ${size} Tf ${pt(xMm)} ${pt(heightMm - yMm)} Td (${escaped}) Tj ET`;
  });
  const boxes = bars.map(([x, y, w, h]) => `0 g ${pt(x)} ${pt(heightMm - y - h)} ${pt(w)} ${pt(h)} re f`);
  return [...boxes, ...letters, operators].join('\n');
}

function assemble(objects: ReadonlyMap<number, string | Buffer>, trailer: string): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: [number, number][] = [];
  for (const [number, object] of objects) {
    offsets.push([number, parts.reduce((sum, part) => sum + part.length, 0)]);
    parts.push(Buffer.from(`${number} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'));
  }
  const start = parts.reduce((sum, part) => sum + part.length, 0);
  const rows = offsets.map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`);
  const table = `xref\n0 1\n0000000000 65535 f \n${rows.join('')}`;
  const end = `trailer\n<< /Size 2000 /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(table + end)]);
}

function pt(mm: number): string {
  return ((mm * 72) / 25.4).toFixed(4);
}
