/** PDFs written object by object, as well or as badly as a test wants them. */
import { deflateSync } from 'node:zlib';

export type PdfObjects = Readonly<Record<number, string | Uint8Array>>;

export interface MadePdf {
  /** More entries of the trailer. */
  readonly trailer?: string;
  /** Where the table says that an object stands, instead of where it does. */
  readonly offsets?: Readonly<Record<number, number | undefined>>;
  readonly size?: number;
}

/** With a table of cross-references. Object 1 is the catalog. */
export function madePdf(objects: PdfObjects, { trailer = '', offsets = {}, size }: MadePdf = {}): Buffer {
  const file = new Parts();
  const places = new Map<number, number>();
  for (const [number, object] of Object.entries(objects)) {
    places.set(Number(number), file.length);
    file.add(`${number} 0 obj\n`, object, '\nendobj\n');
  }
  const rows = [...places].map(([number, place]) => {
    const told = number in offsets ? offsets[number] : place;
    return told === undefined ? '' : `${number} 1\n${String(told).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  const highest = Number(Object.keys(objects).at(-1));
  const table = `xref\n0 1\n0000000000 65535 f \n${rows.join('')}`;
  const end = `trailer\n<< /Size ${size ?? highest + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  file.add(table + end);
  return file.bytes();
}

/** One A4 page that says nothing but these operators. */
export function onePagePdf(
  operators: string,
  { resources = '', objects = {} }: { readonly resources?: string; readonly objects?: PdfObjects } = {},
): Buffer {
  return madePdf({
    ...{ 1: '<< /Type /Catalog /Pages 2 0 R >>', 2: '<< /Type /Pages /Count 1 /Kids [3 0 R] >>' },
    3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${resources} >> >>`,
    4: pdfStream('', operators),
    ...objects,
  });
}

/** The same with objects in an object stream, and with a stream of cross-references. */
export function madePackedPdf(objects: PdfObjects, { trailer = '' }: MadePdf = {}): Buffer {
  const file = new Parts();
  const rows = new Map<number, readonly [number, number, number]>();
  const packed: [number, string][] = [];
  for (const [key, object] of Object.entries(objects)) {
    if (typeof object === 'string' && !object.includes('stream\n')) packed.push([Number(key), object]);
    else {
      rows.set(Number(key), [1, file.length, 0]);
      file.add(`${key} 0 obj\n`, object, '\nendobj\n');
    }
  }
  const container = Math.max(...Object.keys(objects).map(Number)) + 1;
  let head = '';
  let body = '';
  packed.forEach(([number, object], index) => {
    head += `${number} ${body.length} `;
    body += `${object}\n`;
    rows.set(number, [2, container, index]);
  });
  rows.set(container, [1, file.length, 0]);
  const stream = pdfStream(`/Type /ObjStm /N ${packed.length} /First ${head.length}`, head + body, { deflate: true });
  file.add(`${container} 0 obj\n`, stream, '\nendobj\n');
  const start = file.length;
  rows.set(container + 1, [1, start, 0]);
  const table = Array.from({ length: container + 2 }, (_, i) => rowOf(rows.get(i) ?? [0, 0, 65_535]));
  const xref = `/Type /XRef /Size ${container + 2} /W [1 4 2] /Root 1 0 R ${trailer}`;
  file.add(`${container + 1} 0 obj\n`, pdfStream(xref, Buffer.concat(table), { deflate: true }));
  file.add(`\nendobj\nstartxref\n${start}\n%%EOF\n`);
  return file.bytes();
}

/** A stream object: entries of its dictionary, and its bytes. */
export function pdfStream(
  entries: string,
  data: string | Uint8Array,
  { deflate = false }: { readonly deflate?: boolean } = {},
): Buffer {
  const plain = bytesOf(data);
  const stored = deflate ? deflateSync(plain) : plain;
  const filter = deflate ? ' /Filter /FlateDecode' : '';
  return Buffer.concat([
    Buffer.from(`<< ${entries}${filter} /Length ${stored.length} >>\nstream\n`, 'latin1'),
    stored,
    Buffer.from('\nendstream'),
  ]);
}

function rowOf([type, second, third]: readonly [number, number, number]): Buffer {
  const row = Buffer.alloc(7);
  row.writeUInt8(type, 0);
  row.writeUInt32BE(second, 1);
  row.writeUInt16BE(third, 5);
  return row;
}

const bytesOf = (data: string | Uint8Array): Buffer =>
  typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data.buffer, data.byteOffset, data.byteLength);

class Parts {
  length = 0;
  readonly #parts: Buffer[] = [];

  constructor() {
    this.add('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  }

  add(...parts: readonly (string | Uint8Array)[]): void {
    for (const part of parts.map(bytesOf)) {
      this.#parts.push(part);
      this.length += part.length;
    }
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
