/** The dots of けん制文字 on an invented page that was printed, and laid, a little wrong. */
import { expect, test } from 'vitest';
import { type CopyWarningPreset, copyWarningPresets, tileSize } from '../paper/copy-warning.ts';
import { inTile, layersOf } from './dots-on-paper.ts';
import { type Dots, findDots, withoutDots } from './find-dots.ts';
import { driftAt } from './find-drift.ts';
import { emptyPlane, type Plane } from './plane.ts';

/** Half a sheet of the usual sealed picture. */
const [width, height, dpi] = [830, 1170, 200];
const scale = 3;
const nothingWritten = new Uint8Array(width * height).fill(255);
const strength = { ground: 1.4, letters: 0.9 };

/** `wayOf`: how far along the tile it is at a line of the page, tile pixels. */
function dotted(preset: CopyWarningPreset, wayOf: (y: number) => number): Plane {
  const { ground, letters } = layersOf(preset, 2);
  const tone = emptyPlane(width, height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const line = inTile(y, scale, wayOf(y), tileSize.height);
      const pixel = line * tileSize.width + inTile(x, scale, -1.5, tileSize.width);
      tone.values[at] =
        strength.ground * (ground.values[pixel] as number) + strength.letters * (letters.values[pixel] as number) - 0.1;
    }
  return tone;
}

const presets = Object.keys(copyWarningPresets) as CopyWarningPreset[];

test.each(presets)('%s: nothing is left of dots that lie a little aside', (preset) => {
  const tone = dotted(preset, () => 2.25);
  const dots = findDots(tone, nothingWritten, dpi) as Dots;
  expect(dots.explained).toBeGreaterThan(0.97);
  expect(dots.ground / strength.ground).toBeCloseTo(1, 1);
  expect(dots.letters / strength.letters).toBeCloseTo(1, 1);
  expect(unevenness(withoutDots(tone, dots)) / unevenness(tone)).toBeLessThan(0.05);
});

test.each(presets)('%s: dots that come to lie a millimetre astray at the end of a page are followed', (preset) => {
  const way = (y: number) => 24 * (Math.max(0, y / height - 0.2) / 0.8) ** 2;
  const dots = findDots(dotted(preset, way), nothingWritten, dpi) as Dots;
  for (const y of [100, 500, 800, 1000, 1100])
    for (const x of [100, 400, 700]) {
      const found = {
        x: dots.shift.dx + driftAt(dots.drift, x, y).dx,
        y: dots.shift.dy + driftAt(dots.drift, x, y).dy,
      };
      expect(Math.abs(found.x + 1.5), `${x}, ${y}`).toBeLessThan(scale);
      expect(Math.abs(found.y - way(y)), `${x}, ${y}`).toBeLessThan(scale);
    }
});

test('paper without dots has none', () => {
  expect(findDots(emptyPlane(width, height), nothingWritten, dpi)).toBeUndefined();
});

/** Mean square, away from the edge. */
function unevenness({ values }: Plane): number {
  const inner = values.filter((_, at) => at % width > 50 && at % width < width - 50);
  const mean = inner.reduce((sum, value) => sum + value, 0) / inner.length;
  return inner.reduce((sum, value) => sum + (value - mean) ** 2, 0) / inner.length;
}
