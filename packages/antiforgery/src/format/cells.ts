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
  repeat(sequence: number, period: number, white: number, count: number, printed: number): void;
  gather(order: number, printed: number, count: number, packed: number): void;
}

const areas = {
  input: ciphertextBytesMax,
  mainCode: 1024,
  headerCode: 1024,
  word: mainCode.codedBits,
  sums: mainCode.infoBits,
  sequence: framingOf(ciphertextBytesMax).blocks * mainCode.codedBits,
  white: dataCells,
  /** Bits of the data cells one after the other, then a 0 and a 1 for the cells that are the same on every sheet. */
  printed: dataCells + 2,
  order: cellCount * Int32Array.BYTES_PER_ELEMENT,
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
  const { white } = layout();
  const { run, at, bytes } = openWasmRoom<CellsModule, keyof typeof areas>('cells', areas);
  bytes.set(white, at.white);
  bytes.set([0, 1], at.printed + dataCells);
  bytes.set(asBytes(orderOfCells()), at.order);
  bytes.set(asBytes(describe(mainCode)), at.mainCode);
  bytes.set(asBytes(describe(headerCode)), at.headerCode);

  return (header, ciphertext) => {
    bytes.set(header, at.input);
    const { input, word, sums, sequence } = at;
    const headerBits = run.codeBlocks(input, headerBytes, 1, headerBytes, at.headerCode, word, sums, sequence);
    run.repeat(sequence, headerBits, at.white, headerCells, at.printed);

    bytes.set(ciphertext, at.input);
    const { blocks, bytesPerBlock } = framingOf(ciphertext.length);
    const { length } = ciphertext;
    const mainBits = run.codeBlocks(input, length, blocks, bytesPerBlock, at.mainCode, word, sums, sequence);
    run.repeat(sequence, mainBits, at.white + headerCells, mainCells, at.printed + headerCells);

    run.gather(at.order, at.printed, cellCount, at.packed);
    return bytes.slice(at.packed, at.packed + packedBytes);
  };
}

/** By cell: where its bit lies among the printed ones. */
function orderOfCells(): Int32Array {
  const { perm, val } = layout();
  const order = Int32Array.from(val, (black) => dataCells + black);
  perm.forEach((cell, n) => {
    order[cell] = n;
  });
  return order;
}

/** As assembly/cells.ts reads a code: z, parity shift, number of edges; row, column, shift of each. */
function describe({ z, parityShift, infoRows }: LdpcCode): Int32Array {
  const edges = infoRows.flatMap((row, r) => row.map(({ column, shift }) => [r, column, shift]));
  return Int32Array.from([z, parityShift, edges.length, ...edges.flat()]);
}

function asBytes({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
