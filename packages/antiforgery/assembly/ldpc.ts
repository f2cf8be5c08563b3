/**
 * Decodes one block of the error-correcting code: layered min-sum with a factor of 13/16 on 16-bit whole numbers, eight at a time.
 * A soft bit is positive for 0. The caller lays out the memory; src/format/twin says the same slowly.
 */

/**
 * `code` tells z and the number of edges; then for each check block the number of its edges, and column and shift of each. Gives
 * back the number of rounds, or 0 when the checks do not add up after `roundsMax`.
 */
export function decodeBlock(soft: usize, messages: usize, scratch: usize, code: usize, roundsMax: i32): i32 {
  const stripe = load<i32>(code) * 2;
  const rows = code + 8;
  memory.fill(messages, 0, <usize>(load<i32>(code, 4) * stripe));
  for (let round = 1; round <= roundsMax; round++) {
    let row = rows;
    let message = messages;
    for (let r = 0; r < 12; r++) {
      const edges = load<i32>(row);
      gather(soft, scratch, row, edges, stripe);
      for (let k = 0; k < stripe; k += 16) updateChecks(scratch + <usize>k, message + <usize>k, edges, stripe);
      giveBack(soft, scratch, row, edges, stripe);
      row += <usize>(4 + edges * 8);
      message += <usize>(edges * stripe);
    }
    if (addsUp(soft, scratch, rows, stripe)) return round;
  }
  return 0;
}

/** Rotates the columns of one check block, so that its k-th check finds all its bits in place k. */
function gather(soft: usize, scratch: usize, row: usize, edges: i32, stripe: i32): void {
  for (let edge = 0; edge < edges; edge++) {
    const from = soft + <usize>(load<i32>(row + <usize>(edge * 8), 4) * stripe);
    const shift = load<i32>(row + <usize>(edge * 8), 8) * 2;
    const to = scratch + <usize>(edge * stripe);
    memory.copy(to, from + <usize>shift, <usize>(stripe - shift));
    memory.copy(to + <usize>(stripe - shift), from, <usize>shift);
  }
}

function giveBack(soft: usize, scratch: usize, row: usize, edges: i32, stripe: i32): void {
  for (let edge = 0; edge < edges; edge++) {
    const to = soft + <usize>(load<i32>(row + <usize>(edge * 8), 4) * stripe);
    const shift = load<i32>(row + <usize>(edge * 8), 8) * 2;
    const from = scratch + <usize>(edge * stripe);
    memory.copy(to + <usize>shift, from, <usize>(stripe - shift));
    memory.copy(to, from + <usize>(stripe - shift), <usize>shift);
  }
}

/** Eight checks: what each bit was told last time is taken off, and the smallest of the others told anew. */
function updateChecks(values: usize, messages: usize, edges: i32, stripe: i32): void {
  let least = i16x8.splat(32767);
  let second = least;
  let signs = i16x8.splat(0);
  for (let edge = 0; edge < edges; edge++) {
    const value = without(values, messages, edge * stripe);
    const size = i16x8.abs(value);
    signs = v128.xor(signs, value);
    second = i16x8.min_s(second, i16x8.max_s(least, size));
    least = i16x8.min_s(least, size);
  }
  const told = weakened(least);
  const toldLeast = weakened(second);
  for (let edge = 0; edge < edges; edge++) {
    const value = without(values, messages, edge * stripe);
    const size = v128.bitselect(toldLeast, told, i16x8.eq(i16x8.abs(value), least));
    const sign = i16x8.shr_s(v128.xor(signs, value), 15);
    const message = i16x8.sub(v128.xor(size, sign), sign);
    v128.store(messages + <usize>(edge * stripe), message);
    v128.store(values + <usize>(edge * stripe), i16x8.add_sat_s(value, message));
  }
}

/** By 13/16: of the plain factors the one that left the fewest blocks undecoded. */
function weakened(size: v128): v128 {
  return i16x8.add(i16x8.sub(size, i16x8.shr_s(size, 2)), i16x8.shr_s(size, 4));
}

/** Never the smallest 16-bit number: it has no positive counterpart. */
function without(values: usize, messages: usize, at: i32): v128 {
  const value = i16x8.sub_sat_s(v128.load(values + <usize>at), v128.load(messages + <usize>at));
  return i16x8.max_s(value, i16x8.splat(-32767));
}

function addsUp(soft: usize, scratch: usize, rows: usize, stripe: i32): bool {
  let row = rows;
  for (let r = 0; r < 12; r++) {
    const edges = load<i32>(row);
    gather(soft, scratch, row, edges, stripe);
    for (let k = 0; k < stripe; k += 16) {
      let signs = i16x8.splat(0);
      for (let edge = 0; edge < edges; edge++) signs = v128.xor(signs, v128.load(scratch + <usize>(edge * stripe + k)));
      if (i16x8.bitmask(signs) !== 0) return false;
    }
    row += <usize>(4 + edges * 8);
  }
  return true;
}

/** The most significant bit comes first; `count` is a multiple of 8. */
export function hardBits(soft: usize, count: i32, packed: usize): void {
  const turned = i8x16(14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1);
  for (let i = 0; i < count; i += 8) {
    const eight = i8x16.swizzle(v128.load(soft + ((<usize>i) << 1)), turned);
    store<u8>(packed + <usize>(i >> 3), <u8>i16x8.bitmask(eight));
  }
}
