/** From soft bits back to header and ciphertext. All of it ends for any input, with a value or with nothing. */
import { strict as assert } from 'node:assert';
import { headerBytes } from './cells.ts';
import { ciphertextBytesMax, type Framing, framingOf } from './framing.ts';
import { cellCount, dataCells, headerCells, mainCells } from './geometry.ts';
import { layout } from './layout.ts';
import { headerCode, mainCode } from './ldpc-code.ts';
import { certainZero, type DecodedBlock, decodeBlock } from './ldpc-decoder.ts';
import { isHeader } from './manifest.ts';
import type { SoftBits } from './soft-bits.ts';

const HEADER_ROUNDS = 60;
const MAIN_ROUNDS = 40;
/** When the first blocks all fail there is no hope for the others: all of them are spread over the whole sheet. */
const HOPELESS_BLOCKS = 3;

export interface DecodedHeader {
  readonly header: Uint8Array;
  /** All coded bits, for `knownCells`. */
  readonly word: Uint8Array;
}

/** Nothing unless the bytes are a header by its own digest; who signed it is another question. */
export function decodeHeader(soft: SoftBits): DecodedHeader | undefined {
  assert(soft.length === dataCells || soft.length === headerCells);
  const sums = new Float32Array(headerCode.codedBits);
  for (let n = 0; n < headerCells; n++) {
    const bit = n % headerCode.codedBits;
    sums[bit] = (sums[bit] as number) + (soft[n] as number);
  }
  const { word } = decodeBlock(headerCode, sums, HEADER_ROUNDS);
  const header = word.slice(0, headerBytes);
  return isHeader(header) ? { header, word } : undefined;
}

export interface DecodedMain {
  /** Only when every block was decoded. Whether it is the one that was sealed is said by its digest in the header. */
  readonly ciphertext?: Uint8Array;
  readonly framing: Framing;
  /** By block: all coded bits, where its checks add up. */
  readonly words: readonly (Uint8Array | undefined)[];
  /** The most rounds that a block took. */
  readonly rounds: number;
}

/** Blocks that were decoded `before`, from the same soft bits read less well, are taken over. */
export function decodeMain(soft: SoftBits, ciphertextBytes: number, before?: DecodedMain): DecodedMain | undefined {
  assert.equal(soft.length, dataCells);
  if (!(ciphertextBytes >= 1 && ciphertextBytes <= ciphertextBytesMax)) return undefined;
  const framing = framingOf(ciphertextBytes);
  const sums = sumOfRepetitions(soft, framing.period);
  const words: (Uint8Array | undefined)[] = [];
  let rounds = 0;
  for (let block = 0; block < framing.blocks; block++) {
    const known = before?.words[block];
    const decoded: DecodedBlock = known
      ? { rounds: 0, word: known }
      : decodeBlock(mainCode, softBlock(sums, block, framing), MAIN_ROUNDS);
    words.push(known ?? (decoded.rounds > 0 ? decoded.word : undefined));
    rounds = Math.max(rounds, decoded.rounds);
    if (words.length === HOPELESS_BLOCKS && words.every((word) => !word)) break;
  }
  const ciphertext = joined(words, ciphertextBytes, framing);
  return { framing, words, rounds, ...(ciphertext && { ciphertext }) };
}

function sumOfRepetitions(soft: SoftBits, period: number): Float32Array {
  const sums = new Float32Array(period);
  for (let n = 0, at = 0; n < mainCells; n++) {
    sums[at] = (sums[at] as number) + (soft[headerCells + n] as number);
    if (++at === period) at = 0;
  }
  return sums;
}

function softBlock(sums: Float32Array, block: number, { blocks, bytesPerBlock }: Framing): Float32Array {
  const { infoBits, codedBits } = mainCode;
  const soft = new Float32Array(codedBits);
  const used = bytesPerBlock * 8;
  soft.fill(certainZero, used, infoBits);
  let at = block;
  for (let i = 0; i < used; i++, at += blocks) soft[i] = sums[at] as number;
  for (let i = infoBits; i < codedBits; i++, at += blocks) soft[i] = sums[at] as number;
  return soft;
}

function joined(
  words: readonly (Uint8Array | undefined)[],
  length: number,
  { blocks, bytesPerBlock }: Framing,
): Uint8Array | undefined {
  const bytes = new Uint8Array(blocks * bytesPerBlock);
  for (let block = 0; block < blocks; block++) {
    const word = words[block];
    if (!word) return undefined;
    bytes.set(word.subarray(0, bytesPerBlock), block * bytesPerBlock);
  }
  return bytes.subarray(0, length);
}

/** Cells whose colour is certain once header and some blocks are decoded: 1 = black, 0 = white, −1 = not known. More pilots for a second look. */
export function knownCells({ word }: DecodedHeader, main?: DecodedMain): Int8Array {
  const { perm, white } = layout();
  const cells = new Int8Array(cellCount).fill(-1);
  for (let n = 0; n < headerCells; n++)
    cells[perm[n] as number] = bitAt(word, n % headerCode.codedBits) ^ (white[n] as number);
  if (!main) return cells;
  const { blocks, bytesPerBlock } = main.framing;
  const used = bytesPerBlock * 8;
  for (let n = 0, block = 0, place = 0; n < mainCells; n++) {
    const known = main.words[block];
    const bit = place < used ? place : place - used + mainCode.infoBits;
    if (known) cells[perm[headerCells + n] as number] = bitAt(known, bit) ^ (white[headerCells + n] as number);
    if (++block < blocks) continue;
    block = 0;
    if (++place === main.framing.bitsPerBlock) place = 0;
  }
  return cells;
}

function bitAt(packed: Uint8Array, n: number): number {
  return ((packed[n >> 3] as number) >> (7 - (n & 7))) & 1;
}
