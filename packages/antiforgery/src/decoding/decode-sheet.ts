/**
 * From soft bits to header and ciphertext, to the bit or not at all. Whether they are genuine is the next question (`openSheet`).
 * Several photos of one back are added up: what each of them only suspects, they may know together.
 */
import { type DecodedHeader, type DecodedMain, decodeHeader, decodeMain, knownCells } from '../format/decode-cells.ts';
import { mainCells } from '../format/geometry.ts';
import { layout } from '../format/layout.ts';
import { parseHeader } from '../format/manifest.ts';
import type { ReadingRefusal } from '../format/reading-refusal.ts';
import { addSoftBits, type SoftBits, softBitsOf } from '../format/soft-bits.ts';
import { informationOf } from './information.ts';
import { withPilots } from './known-cells.ts';
import { readSamples, type SoftSheet } from './read-back.ts';

export interface DecodedSheet {
  readonly header: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly quality: ReadingQuality;
}

export interface ReadingQuality {
  /** Share of data cells that came out wrong and were corrected; one that said nothing is half wrong. */
  readonly bitErrors: number;
  /** The most rounds of 40 that a block took. */
  readonly rounds: number;
  /** 2 = only a second reading, with what the first made certain, decoded all blocks. */
  readonly readings: 1 | 2;
}

/** Below the rate of the code nothing can be decoded, and it takes longest to find that out by trying. */
const INFORMATION_OVER_RATE = 1.08;

export function decodeSheet(
  photos: SoftSheet | readonly SoftSheet[],
): DecodedSheet | { readonly refused: ReadingRefusal } {
  const several = [photos].flat() as SoftSheet[];
  const soft = addSoftBits(several.map((photo) => photo.soft));
  const header = decodeHeader(soft);
  if (!header) return { refused: 'TOO_DAMAGED' };
  const parsed = parseHeader(header.header);
  if ('refused' in parsed) return parsed;
  const { ciphertextBytes } = parsed.manifest;
  if (informationOf(soft) < INFORMATION_OVER_RATE * ((ciphertextBytes * 8) / mainCells))
    return { refused: 'TOO_DAMAGED' };
  const first = decodeMain(soft, ciphertextBytes);
  if (first?.ciphertext) return answer(header, first, soft, 1);
  if (!first?.words.some(Boolean)) return { refused: 'TOO_DAMAGED' };
  const again = readAgain(several, header, first);
  const second = decodeMain(again, ciphertextBytes, first);
  return second?.ciphertext ? answer(header, second, again, 2) : { refused: 'TOO_DAMAGED' };
}

/** Header and decoded blocks are thousands of further pilots for the blocks that are missing. */
function readAgain(photos: readonly SoftSheet[], header: DecodedHeader, main: DecodedMain): SoftBits {
  const known = withPilots(knownCells(header, main));
  return addSoftBits(photos.map(({ samples }) => softBitsOf(readSamples(samples, known).soft)));
}

function answer(header: DecodedHeader, main: DecodedMain, soft: SoftBits, readings: 1 | 2): DecodedSheet {
  const quality = { bitErrors: bitErrors(soft, knownCells(header, main)), rounds: main.rounds, readings };
  return { header: header.header, ciphertext: main.ciphertext as Uint8Array, quality };
}

function bitErrors(soft: SoftBits, cells: Int8Array): number {
  const { perm, white } = layout();
  let errors = 0;
  for (let n = 0; n < soft.length; n++) {
    const value = soft[n] as number;
    const isOne = cells[perm[n] as number] !== white[n];
    if (value === 0) errors += 0.5;
    else if (isOne !== value < 0) errors += 1;
  }
  return errors / soft.length;
}
