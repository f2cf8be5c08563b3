/** From header and ciphertext to the cells of the scrambled image, packed as the printer's image mask wants them. */
import { strict as assert } from 'node:assert';
import { ciphertextBytesMax, framingOf } from './framing.ts';
import { cellCount, dataCells, headerCells, mainCells, packedBytes } from './geometry.ts';
import { layout } from './layout.ts';
import { headerCode, type LdpcCode, mainCode } from './ldpc-code.ts';
import { openWasmRoom } from './wasm-room.ts';

export const headerBytes = headerCode.infoBits / 8;

interface CellsModule {
  codeBlocks(
    bytes: number,
    length: number,
    blocks: number,
    bytesPerBlock: number,
    code: number,
    word: number,
    sums: number,
    sequence: number,
  ): number;
  scatter(sequence: number, period: number, perm: number, white: number, count: number, cells: number): void;
  packBits(bits: number, count: number, packed: number): void;
}

const areas = {
  input: ciphertextBytesMax,
  mainCode: 1024,
  headerCode: 1024,
  word: mainCode.codedBits,
  sums: mainCode.infoBits,
  sequence: framingOf(ciphertextBytesMax).blocks * mainCode.codedBits,
  perm: dataCells * Int32Array.BYTES_PER_ELEMENT,
  white: dataCells,
  fixed: cellCount,
  cells: cellCount,
  packed: packedBytes,
};

type CellBuilder = (header: Uint8Array, ciphertext: Uint8Array) => Uint8Array;
let builder: CellBuilder | undefined;

/** 704 × 896 cells, a bit each, most significant bit first, 1 = black; white where the finders are to be drawn. */
export function buildCells(header: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  assert.equal(header.length, headerBytes);
  assert(ciphertext.length >= 1 && ciphertext.length <= ciphertextBytesMax);
  builder ??= openBuilder();
  return builder(header, ciphertext);
}

function openBuilder(): CellBuilder {
  const { val, perm, white } = layout();
  const { run, at, bytes } = openWasmRoom<CellsModule, keyof typeof areas>('cells', areas);
  bytes.set(asBytes(perm), at.perm);
  bytes.set(white, at.white);
  bytes.set(val, at.fixed);
  bytes.set(asBytes(describe(mainCode)), at.mainCode);
  bytes.set(asBytes(describe(headerCode)), at.headerCode);

  return (header, ciphertext) => {
    bytes.copyWithin(at.cells, at.fixed, at.fixed + cellCount);

    bytes.set(header, at.input);
    const { input, word, sums, sequence } = at;
    const headerBits = run.codeBlocks(input, headerBytes, 1, headerBytes, at.headerCode, word, sums, sequence);
    run.scatter(sequence, headerBits, at.perm, at.white, headerCells, at.cells);

    bytes.set(ciphertext, at.input);
    const { blocks, bytesPerBlock } = framingOf(ciphertext.length);
    const { length } = ciphertext;
    const mainBits = run.codeBlocks(input, length, blocks, bytesPerBlock, at.mainCode, word, sums, sequence);
    run.scatter(sequence, mainBits, at.perm + headerCells * 4, at.white + headerCells, mainCells, at.cells);

    run.packBits(at.cells, cellCount, at.packed);
    return bytes.slice(at.packed, at.packed + packedBytes);
  };
}

/** As assembly/cells.ts reads a code: z, parity shift, number of edges; row, column, shift of each. */
function describe({ z, parityShift, infoRows }: LdpcCode): Int32Array {
  const edges = infoRows.flatMap((row, r) => row.map(({ column, shift }) => [r, column, shift]));
  return Int32Array.from([z, parityShift, edges.length, ...edges.flat()]);
}

function asBytes({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
