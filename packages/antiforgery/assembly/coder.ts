/**
 * Codes the front of a sheet: grey to black and white, then a context-adaptive arithmetic coder without loss. The caller lays out
 * the memory; src/format/twin says the same slowly.
 *
 * A picture is packed, the least significant bit on the left, with eight white bytes on each side of a row and two white rows above.
 */
const SIDE: i32 = 8;

/** Contexts of pixels, then those of flags. 22 bits of probability that the bit is 1, above 10 bits that count its uses. */
const PIXEL_CONTEXTS: i32 = 65536;
const FLAG_CONTEXTS: i32 = 4;
const COUNT_MAX: u32 = 72;
const CERTAIN: i32 = 4194303;

function stride(width: i32): i32 {
  return ((width + 63) >> 6) * 8 + SIDE * 2;
}

/** Of a packed picture. */
export function bytesOf(width: i32, height: i32): i32 {
  return stride(width) * (height + 2);
}

function rowOf(picture: usize, width: i32, y: i32): usize {
  return picture + <usize>((y + 2) * stride(width) + SIDE);
}

export function clear(picture: usize, width: i32, height: i32): void {
  memory.fill(picture, 0, <usize>bytesOf(width, height));
}

/** Ink is what is darker than `threshold`. */
export function pack(grey: usize, width: i32, height: i32, threshold: i32, picture: usize): void {
  clear(picture, width, height);
  const limit = i8x16.splat(<i8>threshold);
  let from = grey;
  for (let y = 0; y < height; y++) {
    let to = rowOf(picture, width, y);
    let x = 0;
    for (; x + 16 <= width; x += 16, from += 16, to += 2)
      store<u16>(to, <u16>i8x16.bitmask(i8x16.lt_u(v128.load(from), limit)));
    let rest: u32 = 0;
    for (let i = 0; x < width; x++, i++, from++) if (<i32>load<u8>(from) < threshold) rest |= 1 << i;
    if (width & 15) store<u16>(to, <u16>rest);
  }
}

/**
 * The same for a picture shrunk to `tenths` tenths: a pixel is ink where the mean of the area it covers is darker than `threshold`.
 * Beyond the edges lies paper. `sums` has room for a row of 16-bit numbers and 32 more.
 */
export function packShrunk(
  grey: usize,
  width: i32,
  height: i32,
  tenths: i32,
  threshold: i32,
  sums: usize,
  picture: usize,
): void {
  const smallWidth = (width * tenths + 9) / 10;
  const smallHeight = (height * tenths + 9) / 10;
  clear(picture, smallWidth, smallHeight);
  for (let y = 0; y < smallHeight; y++) {
    addRows(grey, width, height, tenths, y, sums);
    const to = rowOf(picture, smallWidth, y);
    for (let x = 0; x < smallWidth; x += 8) {
      if (isPaper(sums, (x * 10) / tenths, ((x + 8) * 10) / tenths)) continue;
      let eight: u32 = 0;
      const count = min(8, smallWidth - x);
      for (let i = 0; i < count; i++) if (areaSum(sums, tenths, x + i) < threshold * 100) eight |= 1 << i;
      store<u8>(to + <usize>(x >> 3), <u8>eight);
    }
  }
}

/** Of each column the ten tenths that row `y` of the small picture covers, added up. */
function addRows(grey: usize, width: i32, height: i32, tenths: i32, y: i32, sums: usize): void {
  const end = y * 10 + 10;
  let at = y * 10;
  memory.fill(sums, 0, <usize>(width * 2));
  while (at < end) {
    const row = at / tenths;
    const weight = min(end, (row + 1) * tenths) - at;
    if (row < height) addRow(grey + <usize>(row * width), width, weight, sums);
    else addPaper(width, weight, sums);
    at += weight;
  }
  for (let x = width; x < width + 32; x++) store<u16>(sums + <usize>(x << 1), 2550);
}

function addRow(grey: usize, width: i32, weight: i32, sums: usize): void {
  const factor = i16x8.splat(<i16>weight);
  let x = 0;
  for (; x + 8 <= width; x += 8) {
    const at = sums + <usize>(x << 1);
    v128.store(at, i16x8.add(v128.load(at), i16x8.mul(v128.load8x8_u(grey + <usize>x), factor)));
  }
  for (; x < width; x++) {
    const at = sums + <usize>(x << 1);
    store<u16>(at, load<u16>(at) + <u16>(<i32>load<u8>(grey + <usize>x) * weight));
  }
}

function addPaper(width: i32, weight: i32, sums: usize): void {
  for (let x = 0; x < width; x++) {
    const at = sums + <usize>(x << 1);
    store<u16>(at, load<u16>(at) + <u16>(255 * weight));
  }
}

/** Is all from column `first` up to and including `last` white? At most 15 columns beyond are looked at too. */
function isPaper(sums: usize, first: i32, last: i32): bool {
  const paper = i16x8.splat(2550);
  let all = i16x8.splat(-1);
  for (let x = first; x <= last; x += 8) all = v128.and(all, i16x8.eq(v128.load(sums + <usize>(x << 1)), paper));
  return i16x8.all_true(all);
}

function areaSum(sums: usize, tenths: i32, x: i32): i32 {
  const end = x * 10 + 10;
  let at = x * 10;
  let column = at / tenths;
  let sum = 0;
  while (at < end) {
    const weight = min(end, (column + 1) * tenths) - at;
    sum += <i32>load<u16>(sums + <usize>(column << 1)) * weight;
    at += weight;
    column++;
  }
  return sum;
}

/** One byte a pixel, 1 = ink; writes up to 15 bytes beyond the end. */
export function unpack(picture: usize, width: i32, height: i32, bits: usize): void {
  const turned = i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
  const single = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const one = i8x16.splat(1);
  for (let y = 0; y < height; y++) {
    const from = rowOf(picture, width, y);
    const to = bits + <usize>(y * width);
    for (let x = 0; x < width; x += 16) {
      const sixteen = i8x16.swizzle(i16x8.splat(load<i16>(from + <usize>(x >> 3))), turned);
      v128.store(to + <usize>x, v128.and(i8x16.eq(v128.and(sixteen, single), single), one));
    }
  }
}

/** Every bit is as likely as not, and nothing was counted. */
function resetModel(model: usize): void {
  const untouched: u32 = (1 << 21) << 10;
  for (let i = 0; i < PIXEL_CONTEXTS + FLAG_CONTEXTS; i++) store<u32>(model + ((<usize>i) << 2), untouched);
}

/** The next 128 pixels of three rows. */
function isWhite(a: usize, b: usize, c: usize): bool {
  return !v128.any_true(v128.or(v128.or(v128.load(a), v128.load(b)), v128.load(c)));
}

/** Where the bounds are split: 1 takes the lower part. */
function middleOf(low: u32, high: u32, chance: i32): u32 {
  const share = <u32>min(max(chance >> 6, 24), 65512);
  return low + <u32>((<u64>(high - low) * share) >> 16);
}

function afterInk(chance: i32, rate: i32): i32 {
  return chance + <i32>((<i64>(CERTAIN - chance) * rate) >> 16);
}

function afterPaper(chance: i32, rate: i32): i32 {
  return chance - <i32>((<i64>chance * rate) >> 16);
}

function stateOf(chance: i32, count: u32): u32 {
  return ((<u32>chance) << 10) | min(count + 1, COUNT_MAX);
}

function rateOf(rates: usize, count: u32): i32 {
  return load<i32>(rates + (count << 2));
}

/**
 * Rows are coded in words of sixteen pixels. A word with nothing but white around what is known of it is told by one flag when it
 * is white itself; else each pixel is coded by sixteen pixels to its left and above. Gives back the number of bytes, or 0 when
 * they do not fit into `bytesMax`.
 *
 * Everything lives in this one function because only so it stays in registers.
 */
export function encode(
  picture: usize,
  width: i32,
  height: i32,
  model: usize,
  rates: usize,
  bytes: usize,
  bytesMax: i32,
): i32 {
  resetModel(model);
  const flags = model + ((<usize>PIXEL_CONTEXTS) << 2);
  // One step writes four bytes at most, a word 17 steps.
  const last = bytes + <usize>bytesMax - 1;
  let to = bytes;
  let low: u32 = 0;
  let high: u32 = 0xffffffff;
  for (let y = 0; y < height; y++) {
    const row0 = rowOf(picture, width, y) - 1;
    const row1 = rowOf(picture, width, y - 1) - 1;
    const row2 = rowOf(picture, width, y - 2) - 1;
    let skipped: u32 = 1;
    for (let x = 0; x < width; x += 16) {
      // Pixel x + i is bit 8 + i.
      const at = <usize>(x >> 3);
      const w0 = load<u64>(row0 + at);
      const w1 = load<u64>(row1 + at);
      const w2 = load<u64>(row2 + at);
      if (((w1 & 0x7ffffe0) | (w0 & 0xf0)) === 0) {
        const entry = flags + (((skipped << 1) | <u32>((w2 & 0xffff00) !== 0)) << 2);
        const state = load<u32>(entry);
        let chance = <i32>(state >>> 10);
        let count = state & 1023;
        if ((<u32>(w0 >> 8) & 0xffff) === 0) {
          // Most of a page: where 128 pixels of all three rows are white, the flags of seven words have this same context.
          let words = 1;
          if (skipped !== 0 && isWhite(row0 + at, row1 + at, row2 + at)) words = min(7, (width - x + 15) >> 4);
          skipped = 1;
          x += (words - 1) << 4;
          for (; words > 0; words--) {
            low = middleOf(low, high, chance) + 1;
            chance = afterPaper(chance, rateOf(rates, count));
            count = min(count + 1, COUNT_MAX);
            while (((low ^ high) & 0xff000000) === 0) {
              if (to >= last) return 0;
              store<u8>(to++, <u8>(high >>> 24));
              low <<= 8;
              high = (high << 8) | 255;
            }
          }
          store<u32>(entry, ((<u32>chance) << 10) | count);
          continue;
        }
        high = middleOf(low, high, chance);
        store<u32>(entry, stateOf(afterInk(chance, rateOf(rates, count)), count));
        while (((low ^ high) & 0xff000000) === 0) {
          if (to >= last) return 0;
          store<u8>(to++, <u8>(high >>> 24));
          low <<= 8;
          high = (high << 8) | 255;
        }
      }
      skipped = 0;
      let word = <u32>(w0 >> 8);
      // Moved so that each pixel finds its neighbours where the address of its context wants them.
      let left = (<u32>(w0 >> 4)) << 2;
      let above = (<u32>(w1 >> 5)) << 6;
      let higher = (w2 >> 6) << 13;
      for (let step = min(16, width - x); step > 0; step--) {
        const entry = model + (<u32>(higher & 0x3e000) | (above & 0x1fc0) | (left & 0x3c));
        left >>>= 1;
        above >>>= 1;
        higher >>= 1;
        const state = load<u32>(entry);
        const chance = <i32>(state >>> 10);
        const count = state & 1023;
        const middle = middleOf(low, high, chance);
        const rate = rateOf(rates, count);
        let learned: i32;
        if (word & 1) {
          high = middle;
          learned = afterInk(chance, rate);
        } else {
          low = middle + 1;
          learned = afterPaper(chance, rate);
        }
        word >>>= 1;
        store<u32>(entry, stateOf(learned, count));
        while (((low ^ high) & 0xff000000) === 0) {
          if (to >= last) return 0;
          store<u8>(to++, <u8>(high >>> 24));
          low <<= 8;
          high = (high << 8) | 255;
        }
      }
    }
  }
  // One byte that lies between the two whatever follows: the decoder reads zeros.
  store<u8>(to++, <u8>(low >>> 24) + 1);
  return <i32>(to - bytes);
}

/** Fills a cleared picture. Gives back how many bytes were asked for; those beyond the end are zero. */
export function decode(
  bytes: usize,
  length: i32,
  picture: usize,
  width: i32,
  height: i32,
  model: usize,
  rates: usize,
): i32 {
  resetModel(model);
  const flags = model + ((<usize>PIXEL_CONTEXTS) << 2);
  let asked = 0;
  let low: u32 = 0;
  let high: u32 = 0xffffffff;
  let code: u32 = 0;
  for (; asked < 4; asked++) code = (code << 8) | byteAt(bytes, length, asked);
  for (let y = 0; y < height; y++) {
    const row0 = rowOf(picture, width, y) - 1;
    const row1 = rowOf(picture, width, y - 1) - 1;
    const row2 = rowOf(picture, width, y - 2) - 1;
    let skipped: u32 = 1;
    for (let x = 0; x < width; x += 16) {
      const at = <usize>(x >> 3);
      let w0 = load<u64>(row0 + at) & 0xff;
      const w1 = load<u64>(row1 + at);
      const w2 = load<u64>(row2 + at);
      let step = 0;
      if (((w1 & 0x7ffffe0) | (w0 & 0xf0)) === 0) step = -1;
      else skipped = 0;
      const steps = min(16, width - x);
      for (; step < steps; step++) {
        let entry: usize;
        if (step < 0) entry = flags + (((skipped << 1) | <u32>((w2 & 0xffff00) !== 0)) << 2);
        else {
          const left = <u32>(w0 >> (4 + step)) & 15;
          const above = <u32>(w1 >> (5 + step)) & 127;
          const higher = <u32>(w2 >> (6 + step)) & 31;
          entry = model + (((higher << 11) | (above << 4) | left) << 2);
        }
        const state = load<u32>(entry);
        const chance = <i32>(state >>> 10);
        const count = state & 1023;
        const rate = rateOf(rates, count);
        const middle = middleOf(low, high, chance);
        const bit: u32 = code <= middle ? 1 : 0;
        let learned: i32;
        if (bit) {
          high = middle;
          learned = afterInk(chance, rate);
        } else {
          low = middle + 1;
          learned = afterPaper(chance, rate);
        }
        store<u32>(entry, stateOf(learned, count));
        while (((low ^ high) & 0xff000000) === 0) {
          low <<= 8;
          high = (high << 8) | 255;
          code = (code << 8) | byteAt(bytes, length, asked++);
        }
        if (step >= 0) w0 |= (<u64>bit) << (8 + step);
        else {
          skipped = bit ^ 1;
          if (!bit) break;
        }
      }
      store<u16>(row0 + at + 1, <u16>(w0 >> 8));
    }
  }
  return asked;
}

function byteAt(bytes: usize, length: i32, index: i32): u32 {
  return index < length ? <u32>load<u8>(bytes + <usize>index) : 0;
}
