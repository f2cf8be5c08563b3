/** Twin of the assembly: the picture coder, pixel by pixel, with plain numbers. */
import type { Bilevel, Raster } from '../../raster.ts';
import { inkBelow } from '../code-front.ts';

const WORD = 16;
const FLAG_CONTEXTS_FROM = 65_536;
const TWO_TO_32 = 2 ** 32;

/** Shrunk to so many tenths: ink where the mean of the area is dark; beyond the edges lies paper. */
export function toBilevel({ width, height, data }: Raster, tenths: number): Bilevel {
  const small = { width: Math.ceil((width * tenths) / 10), height: Math.ceil((height * tenths) / 10) };
  const bits = new Uint8Array(small.width * small.height);
  const grey = (x: number, y: number) => (x < width && y < height ? (data[y * width + x] as number) : 255);
  // A pixel of the large picture is `tenths` units wide, one of the small picture 10.
  const overlap = (large: number, little: number) =>
    Math.min((large + 1) * tenths, little * 10 + 10) - Math.max(large * tenths, little * 10);
  for (let v = 0; v < small.height; v++)
    for (let u = 0; u < small.width; u++) {
      let sum = 0;
      for (let y = Math.floor((v * 10) / tenths); overlap(y, v) > 0; y++)
        for (let x = Math.floor((u * 10) / tenths); overlap(x, u) > 0; x++)
          sum += grey(x, y) * overlap(x, u) * overlap(y, v);
      bits[v * small.width + u] = Number(sum < inkBelow * 100);
    }
  return { ...small, bits };
}

export function encodePicture(picture: Bilevel): Uint8Array {
  const bytes: number[] = [];
  let low = 0;
  let high = TWO_TO_32 - 1;
  const model = contexts();
  walk(picture, (context, bit) => {
    const middle = model.split(context, low, high);
    if (bit) high = middle;
    else low = middle + 1;
    model.learn(context, bit);
    for (; top(low) === top(high); low = (low * 256) % TWO_TO_32, high = ((high * 256) % TWO_TO_32) + 255)
      bytes.push(top(high));
    return bit;
  });
  return Uint8Array.from([...bytes, top(low) + 1]);
}

export function decodePicture(bytes: Uint8Array, width: number, height: number): { picture: Bilevel; asked: number } {
  const picture = { width, height, bits: new Uint8Array(width * height) };
  let asked = 0;
  let low = 0;
  let high = TWO_TO_32 - 1;
  let code = 0;
  const shiftIn = () => {
    code = ((code * 256) % TWO_TO_32) + (bytes[asked++] ?? 0);
  };
  for (let i = 0; i < 4; i++) shiftIn();
  const model = contexts();
  walk(picture, (context) => {
    const middle = model.split(context, low, high);
    const bit = Number(code <= middle);
    if (bit) high = middle;
    else low = middle + 1;
    model.learn(context, bit);
    for (; top(low) === top(high); low = (low * 256) % TWO_TO_32, high = ((high * 256) % TWO_TO_32) + 255) shiftIn();
    return bit;
  });
  return { picture, asked };
}

function top(value: number): number {
  return Math.floor(value / 2 ** 24);
}

/** Visits every flag and every pixel that is coded, and writes what `coded` gives back. */
function walk({ width, height, bits }: Bilevel, coded: (context: number, bit: number) => number): void {
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= width ? 0 : (bits[y * width + x] as number));
  const run = (from: number, to: number, y: number) => {
    let value = 0;
    for (let x = to; x >= from; x--) value = value * 2 + at(x, y);
    return value;
  };
  for (let y = 0; y < height; y++) {
    let skipped = 1;
    for (let x = 0; x < width; x += WORD) {
      const isQuiet = run(x - 3, x + WORD + 2, y - 1) === 0 && run(x - 4, x - 1, y) === 0;
      if (isQuiet) {
        const above = Number(run(x, x + WORD - 1, y - 2) !== 0);
        const hasInk = coded(FLAG_CONTEXTS_FROM + skipped * 2 + above, Number(run(x, x + WORD - 1, y) !== 0));
        skipped = 1 - hasInk;
        if (!hasInk) continue;
      } else skipped = 0;
      for (let i = x; i < Math.min(x + WORD, width); i++) {
        const context = run(i - 2, i + 2, y - 2) * 2048 + run(i - 3, i + 3, y - 1) * 16 + run(i - 4, i - 1, y);
        bits[y * width + i] = coded(context, at(i, y));
      }
    }
  }
}

/** How likely a 1 is in each context, of 2^22, and how often it was used. */
function contexts() {
  const chances = new Float64Array(FLAG_CONTEXTS_FROM + 4).fill(2 ** 21);
  const uses = new Uint8Array(FLAG_CONTEXTS_FROM + 4);
  return {
    split(context: number, low: number, high: number): number {
      const share = Math.min(65_512, Math.max(24, Math.floor((chances[context] as number) / 64)));
      return low + Math.floor(((high - low) * share) / 65_536);
    },
    learn(context: number, bit: number): void {
      const chance = chances[context] as number;
      const used = uses[context] as number;
      const rate = Math.floor(65_536 / (used + 1.6));
      const step = Math.floor(((bit ? 2 ** 22 - 1 - chance : chance) * rate) / 65_536);
      chances[context] = bit ? chance + step : chance - step;
      uses[context] = Math.min(72, used + 1);
    },
  };
}
