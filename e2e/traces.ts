/**
 * 痕跡: looks for texts in bytes of any kind, however they were written down: UTF-8 and both UTF-16, base64 at each of its three
 * alignments, hex, percent and JSON escapes, and all of these inside compressed streams, themselves plain, in base64 or in hex.
 */
import { compressedIn } from './traces/compressed.ts';
import { spellingsOf } from './traces/spellings.ts';
import type { BinaryTrace, Trace } from './traces/trace.ts';

export type { BinaryTrace, Trace };

export interface TraceScanner {
  readonly spellings: number;
  /** What is found in these bytes and where, in words; empty = nothing. */
  scan(bytes: Uint8Array): string[];
  /** As far as it is not compressed: for what is too large to be tried for streams at every byte. */
  scanAsItIs(bytes: Uint8Array): string[];
}

interface Spelling {
  readonly what: string;
  readonly bytes: Buffer;
  readonly asWord: boolean;
}

const BEGINNING = 6;
const TABLE_BITS = 22;
const DEPTH_MAX = 3;

export function createTraceScanner(traces: readonly (Trace | BinaryTrace)[]): TraceScanner {
  const spellings = new Map<string, Spelling>();
  for (const trace of traces)
    for (const { how, bytes, bounded } of spellingsOf(trace)) {
      if (bytes.length < BEGINNING) throw new RangeError(`too short to look for: ${trace.what}`);
      spellings.set(bytes.toString('latin1'), { what: `${trace.what} as ${how}`, bytes, asWord: bounded });
    }
  const table = new Uint8Array(2 ** TABLE_BITS);
  const byHash = new Map<number, Spelling[]>();
  for (const spelling of spellings.values()) {
    const hash = hashAt(spelling.bytes, 0);
    table[hash >>> (32 - TABLE_BITS)] = 1;
    byHash.set(hash, [...(byHash.get(hash) ?? []), spelling]);
  }

  function search(bytes: Buffer, where: string, found: Set<string>): void {
    for (let at = 0; at + BEGINNING <= bytes.length; at += 1) {
      const hash = hashAt(bytes, at);
      if (table[hash >>> (32 - TABLE_BITS)] === 0) continue;
      for (const spelling of byHash.get(hash) ?? [])
        if (standsAt(bytes, at, spelling)) found.add(`${spelling.what}${where}`);
    }
  }

  function scanInto(bytes: Buffer, where: string, depth: number, found: Set<string>): void {
    for (const { how, inflated, certain } of compressedIn(bytes)) {
      const inside = `${where} in ${how}`;
      search(inflated, inside, found);
      if (certain && depth < DEPTH_MAX) scanInto(inflated, inside, depth + 1, found);
    }
  }

  const wholeOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    spellings: spellings.size,
    scanAsItIs(bytes) {
      const found = new Set<string>();
      search(wholeOf(bytes), '', found);
      return [...found];
    },
    scan(bytes) {
      const found = new Set<string>();
      const whole = wholeOf(bytes);
      search(whole, '', found);
      scanInto(whole, '', 1, found);
      return [...found];
    },
  };
}

/** Of six bytes. */
function hashAt(bytes: Buffer, at: number): number {
  const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
  const high = (bytes[at + 3] ?? 0) | ((bytes[at + 4] ?? 0) << 8) | ((bytes[at + 5] ?? 0) << 16);
  return (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0;
}

function standsAt(bytes: Buffer, at: number, { bytes: spelled, asWord }: Spelling): boolean {
  const end = at + spelled.length;
  if (bytes.compare(spelled, 0, spelled.length, at, Math.min(end, bytes.length)) !== 0) return false;
  return !asWord || !(isLetterOrDigit(bytes[at - 1]) || isLetterOrDigit(bytes[end]));
}

function isLetterOrDigit(byte: number | undefined): boolean {
  return byte !== undefined && /[0-9A-Za-z]/.test(String.fromCharCode(byte));
}
