/**
 * Deflate (RFC 1951), read as far as it goes: zlib throws away everything when a stream is cut off or damaged, and a search wants
 * to see what stood before.
 */
const OUTPUT_MAX = 32_000_000;
/** Whoever compresses does not write the same code so often in a row; bytes that are no stream do. */
const SAME_MAX = 256;
const MAX_BITS = 15;

export interface Stream {
  readonly inflated: Buffer;
  /** Where the stream ended; undefined when the bytes ended first, or when something in it cannot be: mostly it was none. */
  readonly end: number | undefined;
}

export function inflateAsFarAsItGoes(bytes: Uint8Array, at: number): Stream {
  const input = { bytes, bit: at * 8, end: bytes.length * 8 };
  const output = new Output();
  try {
    while (!readBlock(input, output));
  } catch (error) {
    if (error !== NO_FURTHER) throw error;
    return { inflated: output.taken(), end: undefined };
  }
  return { inflated: output.taken(), end: Math.ceil(input.bit / 8) };
}

/** One for all: a stack trace for each false beginning would cost more than the search. */
const NO_FURTHER = new Error('no such code');
const stop = (): never => {
  throw NO_FURTHER;
};

interface Input {
  readonly bytes: Uint8Array;
  bit: number;
  readonly end: number;
}

class Output {
  #bytes = Buffer.alloc(1024);
  length = 0;

  put(byte: number): void {
    if (this.length === OUTPUT_MAX) stop();
    if (this.length === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.length)]);
    this.#bytes[this.length] = byte;
    this.length += 1;
  }

  repeat(distance: number, count: number): void {
    if (distance > this.length) stop();
    for (let i = 0; i < count; i += 1) this.put(this.#bytes[this.length - distance] ?? 0);
  }

  taken(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }
}

function take(input: Input, count: number): number {
  if (input.bit + count > input.end) stop();
  let value = 0;
  for (let i = 0; i < count; i += 1, input.bit += 1)
    value |= (((input.bytes[input.bit >> 3] ?? 0) >> (input.bit & 7)) & 1) << i;
  return value;
}

/** True when it was the last one. */
function readBlock(input: Input, output: Output): boolean {
  const last = take(input, 1) === 1;
  const kind = take(input, 2);
  if (kind === 0) copyStored(input, output);
  else if (kind === 1) readCodes(input, output, FIXED_LENGTHS, FIXED_DISTANCES);
  else if (kind === 2) readCodes(input, output, ...readTables(input));
  else stop();
  return last;
}

function copyStored(input: Input, output: Output): void {
  input.bit = (input.bit + 7) & ~7;
  const length = take(input, 16);
  if ((take(input, 16) ^ 0xffff) !== length) stop();
  for (let i = 0; i < length; i += 1) output.put(take(input, 8));
}

/** Canonical Huffman code: how many codes of each length, and their symbols in order. */
interface Code {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

function codeOf(lengths: readonly number[]): Code {
  const counts = Array.from({ length: MAX_BITS + 1 }, (_, bits) => lengths.filter((l) => l === bits).length);
  const symbols = lengths.map((bits, symbol) => ({ bits, symbol })).filter(({ bits }) => bits > 0);
  return {
    counts,
    symbols: symbols.sort((a, b) => a.bits - b.bits || a.symbol - b.symbol).map(({ symbol }) => symbol),
  };
}

function readSymbol(input: Input, { counts, symbols }: Code): number {
  let [code, first, index] = [0, 0, 0];
  for (let bits = 1; bits <= MAX_BITS; bits += 1) {
    code |= take(input, 1);
    const count = counts[bits] ?? 0;
    if (code - count < first) return symbols[index + code - first] ?? stop();
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return stop();
}

const range = (count: number, value: (i: number) => number) => Array.from({ length: count }, (_, i) => value(i));
const FIXED_LENGTHS = codeOf(range(288, (i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
const FIXED_DISTANCES = codeOf(range(30, () => 5));
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BITS = range(30, (i) => Math.max(0, (i >> 1) - 1));
const DISTANCE_BASE = range(30, (i) => (i < 2 ? i + 1 : ((2 + (i & 1)) << (DISTANCE_BITS[i] ?? 0)) + 1));
const ORDER_OF_LENGTHS = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function readCodes(input: Input, output: Output, lengths: Code, distances: Code): void {
  for (let [before, same] = [-1, 0]; ; ) {
    const symbol = readSymbol(input, lengths);
    if (symbol === 256) return;
    same = symbol === before ? same + 1 : 0;
    before = symbol;
    if (symbol < 256) {
      if (same === SAME_MAX) stop();
      output.put(symbol);
      continue;
    }
    const count = (LENGTH_BASE[symbol - 257] ?? stop()) + take(input, LENGTH_BITS[symbol - 257] ?? 0);
    const far = readSymbol(input, distances);
    output.repeat((DISTANCE_BASE[far] ?? stop()) + take(input, DISTANCE_BITS[far] ?? 0), count);
  }
}

function readTables(input: Input): [Code, Code] {
  const [literals, distances, codes] = [take(input, 5) + 257, take(input, 5) + 1, take(input, 4) + 4];
  const ofLengths = range(19, () => 0);
  for (const symbol of ORDER_OF_LENGTHS.slice(0, codes)) ofLengths[symbol] = take(input, 3);
  const code = codeOf(ofLengths);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) {
    const symbol = readSymbol(input, code);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16)
      lengths.push(
        ...range(
          3 + take(input, 2),
          (
            (previous) => () =>
              previous
          )(lengths.at(-1) ?? 0),
        ),
      );
    else lengths.push(...range(symbol === 17 ? 3 + take(input, 3) : 11 + take(input, 7), () => 0));
  }
  return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))];
}
