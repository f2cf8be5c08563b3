/**
 * Builds the cells of the scrambled image: error-correcting code, whitening, interleaving and packing. Bits are one a byte until the
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

/** printed[i] = sequence[i mod period] ^ white[i] */
export function repeat(sequence: usize, period: i32, white: usize, count: i32, printed: usize): void {
  for (let done = 0; done < count; done += period) {
    const to = printed + <usize>done;
    const from = white + <usize>done;
    const bits = min(period, count - done);
    let k = 0;
    for (; k + 16 <= bits; k += 16)
      v128.store(to + <usize>k, v128.xor(v128.load(sequence + <usize>k), v128.load(from + <usize>k)));
    for (; k < bits; k++) store<u8>(to + <usize>k, load<u8>(sequence + <usize>k) ^ load<u8>(from + <usize>k));
  }
}

/**
 * Cell c is printed[order[c]]; eight a byte, the first in the most significant bit. `count` is a multiple of 8. Reading here and there
 * is cheaper than writing here and there, and nothing is left to pack.
 */
export function gather(order: usize, printed: usize, count: i32, packed: usize): void {
  const end = packed + <usize>(count >> 3);
  for (; packed < end; packed++, order += 32)
    store<u8>(
      packed,
      (bitOf(printed, order) << 7) |
        (bitOf(printed, order + 4) << 6) |
        (bitOf(printed, order + 8) << 5) |
        (bitOf(printed, order + 12) << 4) |
        (bitOf(printed, order + 16) << 3) |
        (bitOf(printed, order + 20) << 2) |
        (bitOf(printed, order + 24) << 1) |
        bitOf(printed, order + 28),
    );
}

function bitOf(printed: usize, entry: usize): u32 {
  return load<u8>(printed + <usize>load<u32>(entry));
}
