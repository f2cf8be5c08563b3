/**
 * Writes a PDF by hand: few objects, and the same bytes for the same content. No date is written, and /ID follows from the bytes
 * themselves (ISO 32000-1, 7.5 and 14.4).
 */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';

export interface PdfWriter {
  /** Numbers for objects that are written later, or that are named before they are written; gives the first. */
  reserve(count?: number): number;
  /** Writes what stands between `obj` and `endobj`, text being Latin-1. Returns the number. */
  object(body: string | Uint8Array, number?: number): number;
  /** `entries` are those of the stream’s dictionary, without the brackets and without /Length. */
  stream(entries: string, data: Uint8Array, number?: number): number;
  finish(catalog: number): Uint8Array;
}

/** How one object names another. */
export const refTo = (object: number): string => `${object} 0 R`;

export function createPdfWriter(): PdfWriter {
  // The second line tells programs that carry files about that these bytes are no text.
  const parts: Uint8Array[] = [latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')];
  let length = parts[0]?.length ?? 0;
  /** Where each object begins, by number; 0 as long as it is not written. */
  const places: number[] = [0];

  const append = (part: Uint8Array) => {
    parts.push(part);
    length += part.length;
  };
  const reserve = (count = 1) => places.push(...new Array<number>(count).fill(0)) - count;
  const begin = (number: number) => {
    assert(number > 0 && places[number] === 0, 'an object is written once');
    places[number] = length;
  };
  return {
    reserve,
    object(body, number = reserve()) {
      begin(number);
      append(latin1(`${number} 0 obj\n`));
      append(typeof body === 'string' ? latin1(body) : body);
      append(latin1('\nendobj\n'));
      return number;
    },
    stream(entries, data, number = reserve()) {
      begin(number);
      append(latin1(`${number} 0 obj\n<<${entries} /Length ${data.length}>>\nstream\n`));
      append(data);
      append(latin1('\nendstream\nendobj\n'));
      return number;
    },
    finish(catalog) {
      assert(
        places.every((place, number) => number === 0 || place > 0),
        'an object was promised and not written',
      );
      const id = idOf(parts);
      const rows = places.map((place, i) => `${String(place).padStart(10, '0')} ${i ? '00000 n' : '65535 f'} \n`);
      const trailer = `<</Size ${places.length} /Root ${refTo(catalog)} /ID [<${id}> <${id}>]>>`;
      const table = `xref\n0 ${places.length}\n${rows.join('')}trailer\n${trailer}\nstartxref\n${length}\n%%EOF\n`;
      return Buffer.concat([...parts, latin1(table)]);
    },
  };
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

function idOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 32);
}
