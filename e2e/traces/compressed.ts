/**
 * Streams of zlib and gzip wherever they begin, and of raw deflate where something can be known to begin (it has no mark of its
 * own): the value itself, a stream of a PDF, a member of a ZIP. Also when they stand there in base64 or in hex.
 */
import { crc32 } from 'node:zlib';
import { inflateAsFarAsItGoes } from './inflate.ts';

export interface Inflated {
  readonly how: string;
  readonly inflated: Buffer;
  /** By its checksum, or because it fills the value. Other bytes only look like a stream: nothing is looked for inside of them. */
  readonly certain: boolean;
}

/** Less than this is no text that anybody looks for. */
const SHORTEST = 6;

export function* compressedIn(bytes: Buffer): Generator<Inflated> {
  yield* streamsIn(bytes, '');
  for (const { how, decoded } of encodedIn(bytes)) yield* streamsIn(decoded, ` in ${how}`);
}

function* streamsIn(bytes: Buffer, where: string): Generator<Inflated> {
  yield* tryAt(bytes, 0, `raw deflate${where}`);
  for (const mark of ['stream\n', 'stream\r\n', 'PK\x03\x04'])
    for (let at = bytes.indexOf(mark, 0, 'latin1'); at >= 0; at = bytes.indexOf(mark, at + 1, 'latin1'))
      yield* tryAt(bytes, mark.startsWith('PK') ? zipDataAt(bytes, at) : at + mark.length, `raw deflate${where}`);
  for (let at = 0; at + SHORTEST <= bytes.length; at += 1) {
    const [first, second] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
    if (first === 0x1f && second === 0x8b && bytes[at + 2] === 8)
      yield* tryAt(bytes, gzipDataAt(bytes, at), `gzip${where}`);
    else if ((first & 0x8f) === 0x08 && (second & 0x20) === 0 && ((first << 8) | second) % 31 === 0)
      yield* tryAt(bytes, at + 2, `zlib${where}`);
  }
}

function* tryAt(bytes: Buffer, at: number, how: string): Generator<Inflated> {
  const { inflated, end } = inflateAsFarAsItGoes(bytes, at);
  if (inflated.length >= SHORTEST)
    yield {
      how,
      inflated,
      certain: end !== undefined && (end === bytes.length || hasChecksumAt(bytes, end, inflated)),
    };
}

/** RFC 1952: ten bytes, then what the flags say. */
function gzipDataAt(bytes: Buffer, at: number): number {
  const flags = bytes[at + 3] ?? 0;
  let data = at + 10;
  if (flags & 4) data += 2 + (bytes[data] ?? 0) + ((bytes[data + 1] ?? 0) << 8);
  for (const named of [8, 16]) if (flags & named) data = bytes.indexOf(0, data) + 1;
  return data + (flags & 2 ? 2 : 0);
}

function zipDataAt(bytes: Buffer, at: number): number {
  if (at + 30 > bytes.length) return bytes.length;
  return at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
}

/** Runs that are long enough to hold a stream, read from each place at which a group may begin. */
function* encodedIn(bytes: Buffer): Generator<{ readonly how: string; readonly decoded: Buffer }> {
  const text = bytes.toString('latin1');
  for (const [run] of text.matchAll(/[0-9A-Za-z+/_-]{16,}/g)) {
    for (let shift = 0; shift < 4; shift += 1)
      yield { how: 'base64', decoded: Buffer.from(run.slice(shift), 'base64') };
  }
  for (const [run] of text.matchAll(/(?:[0-9a-f]{24,}|[0-9A-F]{24,})/g)) {
    for (let shift = 0; shift < 2; shift += 1) yield { how: 'hex', decoded: Buffer.from(run.slice(shift), 'hex') };
  }
}

/** zlib: Adler-32; gzip: CRC-32. */
function hasChecksumAt(bytes: Buffer, at: number, inflated: Buffer): boolean {
  if (at + 4 > bytes.length) return false;
  return bytes.readUInt32BE(at) === adler32(inflated) || bytes.readUInt32LE(at) === crc32(inflated);
}

function adler32(bytes: Buffer): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}
