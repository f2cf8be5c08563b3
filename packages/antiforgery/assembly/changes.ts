/**
 * The loops of the net that tells changed places (見分けの網): 3 × 3 places of all channels of a layer make 16 numbers of the next, and in the end
 * one. Numbers are 32-bit floats, cell by cell, four channels at a time. The caller lays out the memory; src/comparison/twin says the same
 * slowly.
 */

/** Channels of every layer but the first. */
const WIDE = 16;
const CELL_BYTES: usize = WIDE * 4;

/**
 * `to` (side × side cells) from `from`, whose lines have `fromSide` cells of `channels` numbers; the nine places are `apart` cells from each other. `weights`
 * are the 16 to begin with, then, place by place and channel by channel, one for each of the 16. What is below 0 becomes 0. `side` is even.
 */
export function layer(
  from: usize,
  fromSide: i32,
  channels: i32,
  weights: usize,
  apart: i32,
  to: usize,
  side: i32,
): void {
  const cell = <usize>(channels * 4);
  const line = cell * <usize>fromSide;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x += 2, to += 2 * CELL_BYTES)
      two(from + <usize>y * line + <usize>x * cell, cell, line * <usize>apart, weights, <usize>apart * cell, to);
}

/** Two neighbours at once, so that each weight is fetched once for both. */
function two(from: usize, cell: usize, down: usize, weights: usize, across: usize, to: usize): void {
  let a0 = v128.load(weights);
  let a1 = v128.load(weights, 16);
  let a2 = v128.load(weights, 32);
  let a3 = v128.load(weights, 48);
  let b0 = a0;
  let b1 = a1;
  let b2 = a2;
  let b3 = a3;
  weights += CELL_BYTES;
  for (let j = 0; j < 3; j++, from += down) {
    let place = from;
    for (let i = 0; i < 3; i++, place += across) {
      const end = place + cell;
      for (let at = place; at < end; at += 4, weights += CELL_BYTES) {
        const a = v128.load32_splat(at);
        const b = v128.load32_splat(at + cell);
        const w0 = v128.load(weights);
        a0 = f32x4.add(a0, f32x4.mul(a, w0));
        b0 = f32x4.add(b0, f32x4.mul(b, w0));
        const w1 = v128.load(weights, 16);
        a1 = f32x4.add(a1, f32x4.mul(a, w1));
        b1 = f32x4.add(b1, f32x4.mul(b, w1));
        const w2 = v128.load(weights, 32);
        a2 = f32x4.add(a2, f32x4.mul(a, w2));
        b2 = f32x4.add(b2, f32x4.mul(b, w2));
        const w3 = v128.load(weights, 48);
        a3 = f32x4.add(a3, f32x4.mul(a, w3));
        b3 = f32x4.add(b3, f32x4.mul(b, w3));
      }
    }
  }
  const none = f32x4.splat(0);
  v128.store(to, f32x4.max(a0, none));
  v128.store(to, f32x4.max(a1, none), 16);
  v128.store(to, f32x4.max(a2, none), 32);
  v128.store(to, f32x4.max(a3, none), 48);
  v128.store(to, f32x4.max(b0, none), 64);
  v128.store(to, f32x4.max(b1, none), 80);
  v128.store(to, f32x4.max(b2, none), 96);
  v128.store(to, f32x4.max(b3, none), 112);
}

/** One number for each of `cells`: what `weights` begins with, and what each of the 16 adds. */
export function last(from: usize, weights: usize, to: usize, cells: i32): void {
  for (let k = 0; k < cells; k++, to += 4) {
    let sum = load<f32>(weights);
    for (let i: usize = 0; i < CELL_BYTES; i += 4, from += 4) sum += load<f32>(from) * load<f32>(weights + i, 4);
    store<f32>(to, sum);
  }
}
