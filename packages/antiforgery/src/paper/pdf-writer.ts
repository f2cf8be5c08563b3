/**
 * Writes a PDF by hand: few objects, and the same bytes for the same content. No date is written, and /ID follows from the bytes
 * themselves (ISO 32000-1, 7.5 and 14.4).
 */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';

export interface PdfWriter {
  /** A number for an object that is written later, or that is named before it is written. */
  reserve(): number;
  /** Writes an object that is no stream; `body` is PDF syntax in Latin-1. Returns its number. */
  object(body: string, number?: number): number;
  /** `entries` are those of the stream’s dictionary, without the brackets and without /Length. */
  stream(entries: string, data: Uint8Array, number?: number): number;
  finish(catalog: number): Uint8Array;
}

/** How one object names another. */
export const refTo = (object: number): string => `${object} 0 R`;

export function createPdfWriter(): PdfWriter {
  // The second line tells programs that carry files about that these bytes are no text.
  const parts: Uint8Array[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let length = parts[0]?.length ?? 0;
  /** Where each object begins, by number; 0 as long as it is not written. */
  const places: number[] = [0];

  const append = (part: Uint8Array) => {
    parts.push(part);
    length += part.length;
  };
  const reserve = () => places.push(0) - 1;
  const begin = (number: number) => {
    assert(number > 0 && places[number] === 0, 'an object is written once');
    places[number] = length;
  };
  return {
    reserve,
    object(body, number = reserve()) {
      begin(number);
      append(Buffer.from(`${number} 0 obj\n${body}\nendobj\n`, 'latin1'));
      return number;
    },
    stream(entries, data, number = reserve()) {
      begin(number);
      append(Buffer.from(`${number} 0 obj\n<<${entries} /Length ${data.length}>>\nstream\n`, 'latin1'));
      append(data);
      append(Buffer.from('\nendstream\nendobj\n', 'latin1'));
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
      return Buffer.concat([...parts, Buffer.from(table, 'latin1')]);
    },
  };
}

function idOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 32);
}
