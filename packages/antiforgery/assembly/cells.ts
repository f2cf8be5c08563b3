/**
 * Builds the cells of the scrambled image: error-correcting code, interleaving, whitening, packing. Bits are one a byte until the
 * last step, so that sixteen of them are added at once. The caller lays out the memory; src/format/twin says the same slowly.
 */

/**
 * Fills `sequence` with the coded bits of all blocks, which take turns: first bit of each block, second bit of each block, and so on.
 * `code` tells z, the shift of the first parity column, and the edges: their number, then row, column and shift of each. Gives back
 * the number of bits.
 */
export function codeBlocks(
  bytes: usize,
  length: i32,
  blocks: i32,
  bytesPerBlock: i32,
  code: usize,
  word: usize,
  sums: usize,
  sequence: usize,
): i32 {
  const z = load<i32>(code);
  const infoBits = 12 * z;
  const codedBits = 24 * z;
  const used = bytesPerBlock * 8;
  for (let block = 0; block < blocks; block++) {
    const start = block * bytesPerBlock;
    memory.fill(word, 0, <usize>infoBits);
    unpackBits(bytes + <usize>start, max(0, min(bytesPerBlock, length - start)), word);
    encodeBlock(word, sums, code);
    let to = sequence + <usize>block;
    for (let i = 0; i < used; i++, to += <usize>blocks) store<u8>(to, load<u8>(word + <usize>i));
    for (let i = infoBits; i < codedBits; i++, to += <usize>blocks) store<u8>(to, load<u8>(word + <usize>i));
  }
  return (used + codedBits - infoBits) * blocks;
}

/** The most significant bit comes first. */
function unpackBits(bytes: usize, count: i32, bits: usize): void {
  for (let i = 0; i < count; i++) {
    const byte = <u64>load<u8>(bytes + <usize>i);
    store<u64>(
      bits + ((<usize>i) << 3),
      ((byte >> 7) & 1) |
        (((byte >> 6) & 1) << 8) |
        (((byte >> 5) & 1) << 16) |
        (((byte >> 4) & 1) << 24) |
        (((byte >> 3) & 1) << 32) |
        (((byte >> 2) & 1) << 40) |
        (((byte >> 1) & 1) << 48) |
        ((byte & 1) << 56),
    );
  }
}

function encodeBlock(word: usize, sums: usize, code: usize): void {
  const z = load<i32>(code);
  const parityShift = load<i32>(code, 4);
  const edgeCount = load<i32>(code, 8);
  memory.fill(sums, 0, <usize>(12 * z));
  for (let edge = 0; edge < edgeCount; edge++) {
    const at = code + <usize>(edge * 12);
    addRotated(sums + <usize>(load<i32>(at, 12) * z), word + <usize>(load<i32>(at, 16) * z), load<i32>(at, 20), z);
  }
  const parity = word + <usize>(12 * z);
  // All checks added up leave the first parity column alone.
  memory.copy(parity, sums, <usize>z);
  for (let row = 1; row < 12; row++) addRotated(parity, sums + <usize>(row * z), 0, z);
  // Each further column closes the check before it.
  for (let row = 0; row < 11; row++) {
    const next = parity + <usize>((row + 1) * z);
    memory.copy(next, sums + <usize>(row * z), <usize>z);
    addRotated(next, parity + <usize>(row * z), row === 0 ? parityShift : 0, z);
    if (row === 5) addRotated(next, parity, 0, z);
  }
}

/** to[k] ^= from[(k + shift) mod z] */
function addRotated(to: usize, from: usize, shift: i32, z: i32): void {
  addBits(to, from + <usize>shift, z - shift);
  addBits(to + <usize>(z - shift), from, shift);
}

function addBits(to: usize, from: usize, count: i32): void {
  let k = 0;
  for (; k + 16 <= count; k += 16)
    v128.store(to + <usize>k, v128.xor(v128.load(to + <usize>k), v128.load(from + <usize>k)));
  for (; k < count; k++) store<u8>(to + <usize>k, load<u8>(to + <usize>k) ^ load<u8>(from + <usize>k));
}

/** cells[perm[i]] = sequence[i mod period] ^ white[i] */
export function scatter(sequence: usize, period: i32, perm: usize, white: usize, count: i32, cells: usize): void {
  let at = 0;
  for (let i = 0; i < count; i++) {
    const cell = <usize>load<u32>(perm + ((<usize>i) << 2));
    store<u8>(cells + cell, load<u8>(sequence + <usize>at) ^ load<u8>(white + <usize>i));
    if (++at === period) at = 0;
  }
}

/** The most significant bit comes first; `count` is a multiple of 16. */
export function packBits(bits: usize, count: i32, packed: usize): void {
  const turned = i8x16(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
  for (let i = 0; i < count; i += 16) {
    const sixteen = i8x16.shl(i8x16.swizzle(v128.load(bits + <usize>i), turned), 7);
    store<u16>(packed + <usize>(i >> 3), <u16>i8x16.bitmask(sixteen));
  }
}
