/**
 * How the ciphertext is cut into blocks of the main code. All blocks carry equally many bytes; what is missing to the full length of
 * a block is known to be zero and not printed. The bits of all blocks take turns and are repeated until the matrix is full, so a
 * short certificate is printed many times over.
 */
import { mainCells } from './geometry.ts';
import { mainCode } from './ldpc-code.ts';

/** Half of what the matrix holds: the code has rate 1/2. */
export const ciphertextBytesMax = Math.floor(mainCells / 16);

export interface Framing {
  readonly blocks: number;
  readonly bytesPerBlock: number;
  /** Printed bits of one block: its information, then its parity. */
  readonly bitsPerBlock: number;
  /** Printed bits of all blocks together. */
  readonly period: number;
}

export function framingOf(ciphertextBytes: number): Framing {
  const blocks = Math.max(1, Math.ceil((ciphertextBytes * 8) / mainCode.infoBits));
  const bytesPerBlock = Math.ceil(ciphertextBytes / blocks);
  const bitsPerBlock = bytesPerBlock * 8 + mainCode.codedBits - mainCode.infoBits;
  return { blocks, bytesPerBlock, bitsPerBlock, period: bitsPerBlock * blocks };
}
