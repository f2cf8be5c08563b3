/** Values of a clean document in the syntax of PDF, as Latin-1 text. The same value is always written in the same way. */
import type { Stored } from './decode-stream.ts';
import type { Predictor } from './predictor.ts';
import { Ref, Stream, type Value } from './values.ts';

/** `numberOf` gives the number that an object has where it is written. */
export function writeValue(value: Value, numberOf: (number: number) => number): string {
  if (typeof value === 'string') return writeName(value);
  if (typeof value === 'number') return writeNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof Ref) return `${numberOf(value.number)} 0 R`;
  if (value instanceof Uint8Array) return `<${Buffer.from(value).toString('hex')}>`;
  if (value instanceof Stream) throw new TypeError('a stream is an object of its own');
  if (value instanceof Map) return `<<${writeEntries(value, numberOf)}>>`;
  return `[${(value as readonly Value[]).map((item) => writeValue(item, numberOf)).join(' ')}]`;
}

export function writeEntries(dict: ReadonlyMap<string, Value>, numberOf: (number: number) => number): string {
  let text = '';
  for (const [key, value] of dict) text += `${text && ' '}${writeName(key)} ${writeValue(value, numberOf)}`;
  return text;
}

/** What the filters are, without the length. */
export function writeFilter({ filter, predictor }: Pick<Stored, 'filter' | 'predictor'>): string {
  if (!filter) return '';
  return `/Filter /${filter}${predictor ? ` /DecodeParms <<${writePredictor(predictor)}>>` : ''}`;
}

function writePredictor({ kind, colors, bits, columns }: Predictor): string {
  return `/Predictor ${kind} /Colors ${colors} /BitsPerComponent ${bits} /Columns ${columns}`;
}

export function writeName(name: string): string {
  if (/^[A-Za-z0-9_.+:-]*$/.test(name)) return `/${name}`;
  return `/${[...name].map((letter) => (/[A-Za-z0-9_.+:-]/.test(letter) ? letter : escaped(letter))).join('')}`;
}

const escaped = (letter: string) => `#${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Never with an exponent, which PDF does not know. */
export function writeNumber(number: number): string {
  const text = String(number);
  if (!text.includes('e')) return text;
  return Math.abs(number) < 1 ? number.toFixed(20).replace(/0+$/, '').replace(/\.$/, '') : BigInt(number).toString();
}
