/** Filters that are undone when a document is taken in: ASCIIHexDecode, ASCII85Decode and RunLengthDecode (ISO 32000-1 section 7.4). */
import { IntakeRefusal } from './intake-refusal.ts';
import { isBlank } from './lexer.ts';

export function fromAsciiHex(raw: Uint8Array): Uint8Array {
  const out = new Uint8Array((raw.length + 1) >> 1);
  let digits = 0;
  for (const byte of raw) {
    if (byte === 0x3e) return out.subarray(0, (digits + 1) >> 1);
    if (isBlank(byte)) continue;
    const value = Number.parseInt(String.fromCharCode(byte), 16);
    if (Number.isNaN(value)) throw broken();
    out[digits >> 1] = (out[digits >> 1] as number) | (digits % 2 ? value : value << 4);
    digits += 1;
  }
  throw broken();
}

export function fromAscii85(raw: Uint8Array): Uint8Array {
  const out: number[] = [];
  let group: number[] = [];
  for (const byte of raw) {
    if (byte === 0x7e) {
      if (group.length === 1) throw broken();
      if (group.length > 1) out.push(...bytesOfGroup(group).slice(0, group.length - 1));
      return Uint8Array.from(out);
    }
    if (isBlank(byte)) continue;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    else if (byte < 0x21 || byte > 0x75) throw broken();
    else group.push(byte - 0x21);
    if (group.length === 5) {
      out.push(...bytesOfGroup(group));
      group = [];
    }
  }
  throw broken();
}

/** Five digits to the base of 85, of which the last may be missing. */
function bytesOfGroup(group: readonly number[]): number[] {
  const value = [0, 1, 2, 3, 4].reduce((sum, i) => sum * 85 + (group[i] ?? 84), 0);
  if (value > 0xffff_ffff) throw broken();
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
}

export function fromRunLength(raw: Uint8Array): Uint8Array {
  return fromRunLengthUpTo(raw).bytes;
}

/** A run makes 128 bytes of two at most: no bomb can be built of it. `used` is behind the mark of the end. */
export function fromRunLengthUpTo(raw: Uint8Array): { bytes: Uint8Array; used: number } {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < raw.length; ) {
    const length = raw[at] as number;
    if (length === 128) return { bytes: Buffer.concat(parts), used: at + 1 };
    const end = length < 128 ? at + 2 + length : at + 2;
    if (end > raw.length) break;
    parts.push(length < 128 ? raw.subarray(at + 1, end) : new Uint8Array(257 - length).fill(raw[at + 1] as number));
    at = end;
  }
  throw broken();
}

const broken = () => new IntakeRefusal('BROKEN', 'a filter that does not fit its data');
