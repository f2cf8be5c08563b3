/** The dots of けん制文字 on an invented page that was printed, and laid, a little wrong. */
import { expect, test } from 'vitest';
import { xorshift32 } from '../format/xorshift.ts';
import { type CopyWarningPreset, copyWarningLayers, copyWarningPresets, tileSize } from '../paper/copy-warning.ts';
import { type Dots, findDots, withoutDots } from './find-dots.ts';
import { driftAt } from './find-drift.ts';
import { smooth } from './pixel-loops.ts';
import { emptyPlane, type Plane } from './plane.ts';

/** A quarter of a sheet of the usual sealed picture. */
const [width, height, dpi] = [830, 1170, 200];
/** Tile pixels along one pixel of it. */
const scale = 3;
const FAR = 255;
const nothingWritten = new Uint8Array(width * height).fill(FAR);
const shift = { dx: -1.1, dy: 2.6 };
const [fine, coarse] = [1.4, 0.9];
const NOISE = 0.05;

/** `wayOf`: how much farther than `shift` the tile is at a line of the page, tile pixels. */
function dotted(preset: CopyWarningPreset, wayOf = (_y: number) => 0): Plane {
  const layers = copyWarningLayers(copyWarningPresets[preset]);
  const soft = (layer: Uint8Array) => smooth({ ...tileSize, values: Float32Array.from(layer) }, 2).values;
  const [ground, letters] = [soft(layers.ground), soft(layers.letters)];
  const around = (place: number, side: number) => ((Math.round(place) % side) + side) % side;
  const tone = bare();
  for (let y = 0, at = 0; y < height; y++) {
    const line = around((y + 0.5) * scale + shift.dy + wayOf(y) - 0.5, tileSize.height) * tileSize.width;
    for (let x = 0; x < width; x++, at++) {
      const pixel = line + around((x + 0.5) * scale + shift.dx - 0.5, tileSize.width);
      const dots = fine * (ground[pixel] as number) + coarse * (letters[pixel] as number);
      tone.values[at] = (tone.values[at] as number) + dots - 0.1;
    }
  }
  return tone;
}

/** Grain, the same every time, and light that falls off to the right. */
function bare(): Plane {
  const next = xorshift32(20_261_123);
  const tone = emptyPlane(width, height);
  tone.values.forEach((_, at) => {
    tone.values[at] = (next() / 2 ** 32 - 0.5) * Math.sqrt(12) * NOISE + 0.02 * ((at % width) / width);
  });
  return tone;
}

const presets = Object.keys(copyWarningPresets) as CopyWarningPreset[];

test.each(presets)('%s: only the grain is left of dots that lie a little aside', (preset) => {
  const tone = dotted(preset);
  const dots = findDots(tone, nothingWritten, dpi) as Dots;
  expect(dots.ground / fine).toBeCloseTo(1, 1);
  expect(dots.letters / coarse).toBeCloseTo(1, 1);
  expect(Math.sqrt(unevenness(withoutDots(tone, dots)))).toBeLessThan(1.1 * NOISE);
  expect(Math.sqrt(unevenness(tone))).toBeGreaterThan(1.4 * NOISE);
});

test.each(presets)('%s: dots that come to lie a millimetre astray at the end of a page are followed', (preset) => {
  const wayOf = (y: number) => 24 * (Math.max(0, y / height - 0.2) / 0.8) ** 2;
  const dots = findDots(dotted(preset, wayOf), nothingWritten, dpi) as Dots;
  for (const y of [100, 500, 800, 1000, 1100]) expectShift(dots, y, wayOf(y));
});

test.each(presets)('%s: a drift does not grow over ink, nor over paper without dots', (preset) => {
  const tone = dotted(preset);
  const written = nothingWritten.slice().fill(0, 300 * width, 620 * width);
  tone.values.set(bare().values.subarray(800 * width, 950 * width), 800 * width);
  const dots = findDots(tone, written, dpi) as Dots;
  for (const y of [100, 450, 700, 870, 1100]) expectShift(dots, y, 0);
});

test('paper without dots has none', () => {
  expect(findDots(bare(), nothingWritten, dpi)).toBeUndefined();
});

/** All over a line of the page, to the pixel. */
function expectShift(dots: Dots, y: number, way: number): void {
  for (const x of [100, 400, 700]) {
    const { dx, dy } = driftAt(dots.drift, x, y);
    expect(Math.abs(dots.shift.dx + dx - shift.dx), `${x}, ${y}`).toBeLessThan(scale);
    expect(Math.abs(dots.shift.dy + dy - shift.dy - way), `${x}, ${y}`).toBeLessThan(scale);
  }
}

/** Mean square, away from the edge. */
function unevenness({ values }: Plane): number {
  const inner = values.filter((_, at) => at % width > 50 && at % width < width - 50);
  const mean = inner.reduce((sum, value) => sum + value, 0) / inner.length;
  return inner.reduce((sum, value) => sum + (value - mean) ** 2, 0) / inner.length;
}
