/** Promises of the comparison, on an invented page of strokes, photographed askew by a plain camera. */
import { expect, test } from 'vitest';
import type { Bilevel, Raster } from '../raster.ts';
import { compareFronts } from './compare-fronts.ts';

/** The coarsest there is. */
const dpi = 120;
const [width, height] = [992, 1403];

type Stroke = readonly [x: number, y: number, wide: number, high: number];

/** Lines of letters, each of some strokes; the same ones every time. */
function strokes(): Stroke[] {
  let state = 20251122;
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const all: Stroke[] = [];
  for (let y = 90; y < height - 120; y += 40)
    for (let x = 90; x < width - 110; x += 26) {
      if (below(5) === 0) continue;
      for (let n = 0; n < 4; n++)
        all.push(
          below(2) === 0
            ? [x + below(4), y + below(18), 10 + below(8), 2]
            : [x + below(16), y + below(4), 2, 10 + below(8)],
        );
    }
  return all;
}

function drawn(all: readonly Stroke[]): Bilevel & { dpi: number } {
  const bits = new Uint8Array(width * height);
  for (const [x, y, wide, high] of all)
    for (let j = y; j < y + high; j++) bits.fill(1, j * width + x, j * width + x + wide);
  return { width, height, bits, dpi };
}

/** Two pixels for one, turned by a degree, in the light of a window; `nearer`: by how much more the lower end is. */
function photographed({ bits }: Bilevel, nearer = 0): Raster {
  const [w, h] = [width * 2, height * 2];
  const data = new Uint8Array(w * h);
  const [cos, sin] = [Math.cos(0.017), Math.sin(0.017)];
  for (let v = 0; v < h; v++)
    for (let u = 0; u < w; u++) {
      const [a, b] = [u - w / 2, v - h / 2];
      const scale = 1.9 * (1 + (nearer * b) / h);
      const x = (a * cos - b * sin) / scale + width / 2;
      const y = (a * sin + b * cos) / scale + height / 2;
      const inside = x >= 1 && y >= 1 && x < width - 2 && y < height - 2;
      const ink = inside ? softly(bits, x - 0.5, y - 0.5) : 0;
      data[v * w + u] = (inside ? 225 : 60) * (1 - 0.2 * (u / w)) * (1 - 0.8 * ink);
    }
  return { width: w, height: h, data };
}

function softly(bits: Uint8Array, x: number, y: number): number {
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [a, b] = [x - i, y - j];
  const at = j * width + i;
  const upper = (bits[at] as number) * (1 - a) + (bits[at + 1] as number) * a;
  const lower = (bits[at + width] as number) * (1 - a) + (bits[at + width + 1] as number) * a;
  return upper * (1 - b) + lower * b;
}

const page = strokes();
const sealed = drawn(page);
const mm = 25.4 / dpi;
/** Alone in its place, so that it is clear what differs. */
const alone: Stroke = [400, height - 100, 18, 2];

test('a photo of the same page is the same', () => {
  const { verdict, share, differences } = compareFronts({ sealed, front: photographed(sealed) });
  expect({ verdict, differences }).toEqual({ verdict: 'same', differences: [] });
  expect(share).toBeGreaterThan(0.97);
});

test('a sheet with little on it is found when it is seen from one side', () => {
  const little = drawn(page.filter(([, y]) => y < 260 || y > height - 250));
  const { doubt, share } = compareFronts({ sealed: little, front: photographed(little, 0.1) });
  expect(doubt).not.toBe('NOT_ALIKE');
  expect(share).toBeGreaterThan(0.97);
});

test('a stroke more is an added one, in its place', () => {
  const { verdict, differences } = compareFronts({ sealed, front: photographed(drawn([...page, alone])) });
  expect(verdict).toBe('differs');
  expect(differences.map(({ kind }) => kind)).toEqual(['added']);
  expect(differences[0]?.xMm).toBeCloseTo(alone[0] * mm, -1);
  expect(differences[0]?.yMm).toBeCloseTo(alone[1] * mm, -1);
});

test('a stroke less is a missing one', () => {
  const { verdict, differences } = compareFronts({ sealed: drawn([...page, alone]), front: photographed(sealed) });
  expect(verdict).toBe('differs');
  expect(differences.map(({ kind }) => kind)).toEqual(['missing']);
});

/** Of the letters that strokes along the lines can draw, on 19 pixels. */
const letters: Readonly<Record<string, readonly Stroke[]>> = {
  二: [
    [2, 3, 15, 2],
    [0, 16, 19, 2],
  ],
  三: [
    [2, 2, 15, 2],
    [3, 9, 13, 2],
    [0, 17, 19, 2],
  ],
  口: [
    [2, 2, 15, 2],
    [2, 16, 15, 2],
    [2, 2, 2, 16],
    [15, 2, 2, 16],
  ],
  日: [
    [2, 2, 15, 2],
    [2, 9, 15, 2],
    [2, 16, 15, 2],
    [2, 2, 2, 16],
    [15, 2, 2, 16],
  ],
  十: [
    [0, 7, 19, 2],
    [9, 1, 2, 18],
  ],
  土: [
    [2, 7, 15, 2],
    [0, 17, 19, 2],
    [9, 1, 2, 18],
  ],
};
/** Some 5 mm large. */
const larger = (px: number) => (px > 2 ? Math.round(px * 1.25) : px);
const written = (letter: string): Stroke[] =>
  (letters[letter] ?? []).map(([x, y, wide, high]) => [
    ...([alone[0] + larger(x), alone[1] + larger(y)] as const),
    ...([larger(wide), larger(high)] as const),
  ]);

test.each([
  ['三', '二'],
  ['二', '三'],
  ['日', '口'],
  ['口', '日'],
  ['十', '土'],
])('of %s made %s it is said, and where', (was, is) => {
  const { verdict, differences } = compareFronts({
    sealed: drawn([...page, ...written(was)]),
    front: photographed(drawn([...page, ...written(is)])),
  });
  expect(verdict).toBe('differs');
  for (const { xMm, yMm, wMm, hMm } of differences) {
    expect(Math.abs(xMm + wMm / 2 - (alone[0] + 10) * mm)).toBeLessThan(4);
    expect(Math.abs(yMm + hMm / 2 - (alone[1] + 10) * mm)).toBeLessThan(4);
  }
});

test('letters under a white that is whiter than the paper are never the same', () => {
  const front = photographed(sealed);
  for (let v = height - 40; v < height + 40; v++)
    front.data.fill(250, v * 2 * width + width - 120, v * 2 * width + width + 120);
  const { verdict, differences } = compareFronts({ sealed, front });
  expect(verdict).not.toBe('same');
  expect(differences.some(({ kind }) => kind === 'missing')).toBe(true);
  // What is covered is one box, not one for each square looked at.
  expect(Math.max(...differences.map(({ wMm }) => wMm))).toBeGreaterThan(12);
});

test('of an empty page nothing can be told', () => {
  const { verdict, doubt, share } = compareFronts({ sealed, front: photographed(drawn([])) });
  expect({ verdict, doubt, share }).toEqual({ verdict: 'cannot-tell', doubt: 'NOT_ALIKE', share: 0 });
});
