/** Twin of the assembly: the cells, bit by bit. */
import { framingOf } from '../framing.ts';
import { cellCount, headerCells, mainCells } from '../geometry.ts';
import { layout } from '../layout.ts';
import { headerCode, mainCode } from '../ldpc-code.ts';
import { encodeBlock } from './ldpc-encode.ts';

export function buildCells(header: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const { val, perm, white } = layout();
  const cells = Uint8Array.from(val);
  const put = (n: number, bit: number) => {
    cells[perm[n] as number] = bit ^ (white[n] as number);
  };
  const headerWord = encodeBlock(headerCode, bitsOf(header));
  for (let n = 0; n < headerCells; n++) put(n, headerWord[n % headerCode.codedBits] as number);

  const { blocks, bytesPerBlock, period } = framingOf(ciphertext.length);
  const words = Array.from({ length: blocks }, (_, block) => {
    const bits = bitsOf(ciphertext.subarray(block * bytesPerBlock, (block + 1) * bytesPerBlock));
    return encodeBlock(mainCode, bits);
  });
  for (let n = 0; n < mainCells; n++) {
    const turn = n % period;
    const place = Math.floor(turn / blocks);
    const used = bytesPerBlock * 8;
    const bit = words[turn % blocks]?.[place < used ? place : place - used + mainCode.infoBits];
    put(headerCells + n, bit as number);
  }
  return packed(cells);
}

function bitsOf(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: bytes.length * 8 }, (_, i) => ((bytes[i >> 3] as number) >> (7 - (i & 7))) & 1);
}

function packed(cells: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(cellCount / 8);
  for (let cell = 0; cell < cellCount; cell++)
    bytes[cell >> 3] = ((bytes[cell >> 3] as number) << 1) | (cells[cell] as number);
  return bytes;
}
