/** Twin of the assembly: one block of the error-correcting code, bit by bit. */
import { blockRows, type LdpcCode } from '../ldpc-code.ts';

/** Information bits in, one a byte; information and parity bits out. */
export function encodeBlock(code: LdpcCode, info: Uint8Array): Uint8Array {
  const { z, infoBits, codedBits, parityShift } = code;
  const word = new Uint8Array(codedBits);
  word.set(info);
  const bit = (column: number, k: number) => word[column * z + (k % z)] as number;
  const sums = code.infoRows.map((edges) =>
    Uint8Array.from({ length: z }, (_, k) => edges.reduce((sum, { column, shift }) => sum ^ bit(column, k + shift), 0)),
  );
  const sum = (row: number, k: number) => sums[row]?.[k] as number;
  // All checks added up: the dual diagonal and the two shifted copies of column 12 cancel out.
  for (let k = 0; k < z; k++) for (let row = 0; row < blockRows; row++) word[infoBits + k] = bit(12, k) ^ sum(row, k);
  for (let row = 0; row < blockRows - 1; row++)
    for (let k = 0; k < z; k++) {
      const before = row === 0 ? bit(12, k + parityShift) : bit(12 + row, k);
      const middle = row === 5 ? bit(12, k) : 0;
      word[(13 + row) * z + k] = sum(row, k) ^ before ^ middle;
    }
  return word;
}

/** Does every check add up to nothing? */
export function isCodeword({ z, rows }: LdpcCode, word: Uint8Array): boolean {
  return rows.every((edges) => {
    for (let k = 0; k < z; k++) {
      const sum = edges.reduce((s, { column, shift }) => s ^ (word[column * z + ((k + shift) % z)] as number), 0);
      if (sum !== 0) return false;
    }
    return true;
  });
}
