/**
 * Documents travel as Base64 inside JSON. A parser and a writer of JSON look at every letter of them, and copy them over and over; here they are cut out
 * before, and put back after. What is left of a message is small, and whatever is strict about JSON is strict about that.
 */
import { isBase64 } from './base64-text.ts';

/** Shorter texts stay where they are. */
const LONG = 4_096;
/** Stands in a place that a text was cut out of. JSON may hold it in a string as it is, but hardly ever does. */
const MARK = '\x7f';
const MARK_BYTE = 0x7f;
const QUOTE = 0x22;

/** What `parse` makes of the bytes, with its long Base64 left out of its sight. `parse` must take JSON in UTF-8 alone, as it stands, and throw at all else. */
export function parseAroundLongTexts(bytes: Uint8Array, parse: (bytes: Uint8Array) => unknown): unknown {
  const cut = cutOut(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!cut) return parse(bytes);
  const texts = new Map(cut.texts.map((text, i) => [MARK + i, text]));
  const whole = putBack(parse(cut.rest), texts);
  // One that stood in a name, or was only the end of a string, has found no place.
  return texts.size === 0 ? whole : parse(bytes);
}

/**
 * Long Base64 from quote to quote is one string, or the end of one, in whatever is JSON: between two strings stands at least a colon or a comma. What is left
 * is JSON when the whole was, and is none when it was not. Undefined when there is nothing to cut, or a mark could be mistaken.
 */
function cutOut(bytes: Buffer): { readonly rest: Buffer; readonly texts: readonly string[] } | undefined {
  const texts: string[] = [];
  const pieces: Buffer[] = [];
  let from = 0;
  // Every long text covers one of these places, the first of them less than LONG behind its beginning.
  for (let at = LONG; at < bytes.length; at += LONG) {
    const back = bytes.subarray(at - LONG, at + 1).lastIndexOf(QUOTE);
    if (back < 0) continue;
    const start = at - LONG + back + 1;
    const found = bytes.indexOf(QUOTE, at + 1);
    const end = found < 0 ? bytes.length : found;
    at = end - (end % LONG);
    if (found < 0 || end - start < LONG) continue;
    const text = bytes.toString('latin1', start, end);
    if (!isBase64(text)) continue;
    pieces.push(bytes.subarray(from, start), Buffer.from(MARK + texts.length));
    texts.push(text);
    from = end;
  }
  if (texts.length === 0) return undefined;
  const left = [...pieces.filter((_, i) => i % 2 === 0), bytes.subarray(from)];
  // `\u007f` would be read as a mark too.
  if (left.some((piece) => piece.includes(MARK_BYTE) || piece.includes('\\u'))) return undefined;
  return { rest: Buffer.concat([...pieces, bytes.subarray(from)]), texts };
}

/** Takes out of `texts` what it puts in. */
function putBack(value: unknown, texts: Map<string, string>): unknown {
  if (typeof value === 'string') {
    const text = value.startsWith(MARK) ? texts.get(value) : undefined;
    if (text === undefined) return value;
    texts.delete(value);
    return text;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  for (const [key, member] of Object.entries(members)) members[key] = putBack(member, texts);
  return value;
}

/** JSON.stringify of a plain JSON value, in UTF-8. */
export function jsonBytes(value: unknown): Buffer {
  if (!holdsLongText(value)) return Buffer.from(JSON.stringify(value));
  const texts: string[] = [];
  const pieces = JSON.stringify(takeOut(value, texts)).split(MARK);
  // A mark of the value’s own.
  if (pieces.length !== texts.length + 1) return Buffer.from(JSON.stringify(value));
  const small = pieces.map((piece) => Buffer.from(piece));
  const bytes = Buffer.allocUnsafe([...small, ...texts].reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const [i, piece] of small.entries()) {
    at += piece.copy(bytes, at);
    at += bytes.write(texts[i] ?? '', at, 'latin1');
  }
  return bytes;
}

function holdsLongText(value: unknown): boolean {
  if (typeof value === 'string') return value.length >= LONG;
  if (typeof value !== 'object' || value === null) return false;
  for (const key in value) if (holdsLongText((value as Readonly<Record<string, unknown>>)[key])) return true;
  return false;
}

function takeOut(value: unknown, texts: string[]): unknown {
  if (typeof value === 'string') {
    if (value.length < LONG || !isBase64(value)) return value;
    texts.push(value);
    return MARK;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => takeOut(item, texts));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, takeOut(member, texts)]));
}
