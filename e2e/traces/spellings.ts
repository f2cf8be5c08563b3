/** Every way in which a text may have been written down without being compressed. */
import type { BinaryTrace, Trace } from './trace.ts';

export interface Spelled {
  readonly how: string;
  readonly bytes: Buffer;
  /** Counts only between characters that are neither letters nor digits. */
  readonly bounded: boolean;
}

export function spellingsOf(trace: Trace | BinaryTrace): Spelled[] {
  if ('bytes' in trace) return encodings('bytes', Buffer.from(trace.bytes), false);
  const { text, asWord = false } = trace;
  const utf16le = Buffer.from(text, 'utf16le');
  return [
    ...encodings('UTF-8', Buffer.from(text), asWord),
    ...encodings('UTF-16LE', utf16le, false),
    ...encodings('UTF-16BE', Buffer.from(utf16le).swap16(), false),
    ...escapes(text),
    ...(asWord ? [tableColumn(text)] : []),
  ];
}

function encodings(charset: string, bytes: Buffer, bounded: boolean): Spelled[] {
  const hex = bytes.toString('hex');
  const plain = (how: string, text: string) => ({
    how: `${charset} ${how}`,
    bytes: Buffer.from(text, 'latin1'),
    bounded: false,
  });
  return [
    { how: charset, bytes, bounded },
    plain('hex', hex),
    plain('HEX', hex.toUpperCase()),
    ...base64At(bytes).flatMap((text) => [
      plain('base64', text),
      plain('base64url', text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

/** A value looks different at each of three places in its group; the letters that depend on its neighbours are left out. */
function base64At(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
}

function escapes(text: string): Spelled[] {
  const escaped = (how: string, write: (unit: string) => string) => ({
    how,
    bytes: Buffer.from([...text].map((char) => (/[ -~]/.test(char) && char !== ' ' ? char : write(char))).join('')),
    bounded: false,
  });
  if (/^[!-~]+$/.test(text)) return [];
  const units = (char: string, write: (unit: number) => string) =>
    Array.from({ length: char.length }, (_, i) => write(char.charCodeAt(i))).join('');
  const u = (unit: number) => unit.toString(16).padStart(4, '0');
  return [
    escaped('percent escapes', (char) => encodeURIComponent(char)),
    escaped('percent escapes in small letters', (char) => encodeURIComponent(char).toLowerCase()),
    escaped('JSON escapes', (char) => (char === ' ' ? ' ' : units(char, (unit) => `\\u${u(unit)}`))),
    escaped('JSON escapes in capitals', (char) =>
      char === ' ' ? ' ' : units(char, (unit) => `\\u${u(unit).toUpperCase()}`),
    ),
    escaped('character references', (char) => (char === ' ' ? ' ' : `&#${char.codePointAt(0)};`)),
  ];
}

/** A short text in a PostgreSQL tuple has its length before it and the next column right behind it. */
function tableColumn(text: string): Spelled {
  const bytes = Buffer.from(text);
  return {
    how: 'a column of a table file',
    bytes: Buffer.concat([Buffer.of((bytes.length + 1) * 2 + 1), bytes]),
    bounded: false,
  };
}
