import { expect, test } from 'vitest';
import { detectionCells, detectionImage } from './detection-image.ts';
import { linePhaseImage, linePhaseSide } from './line-phase.ts';

const { latent, dark, cmyk } = detectionImage();
const cells = Array.from({ length: detectionCells ** 2 }, (_, cell) => cell);
const inks = (cell: number) => [...cmyk.subarray(4 * cell, 4 * cell + 4)] as [number, number, number, number];

test('inside 証 every cell is black ink alone, outside there is none of it', () => {
  const wrong = cells.filter((cell) => {
    const [cyan, magenta, yellow, black] = inks(cell);
    return latent[cell] ? cyan + magenta + yellow > 0 || black < 70 : black > 0 || Math.min(cyan, magenta, yellow) < 45;
  });
  expect(wrong).toEqual([]);
});

test('both tones occur on both sides of the letter’s edge, so that texture hides it', () => {
  for (const side of [0, 1])
    for (const tone of [0, 1]) {
      const count = cells.filter((cell) => latent[cell] === side && dark[cell] === tone).length;
      expect(count, `latent ${side}, dark ${tone}`).toBeGreaterThan(300);
    }
});

test('the lines are as much ink inside 証 as outside, in every tile of sixteen pixels', () => {
  const lines = linePhaseImage();
  for (let y = 0; y + 16 <= linePhaseSide; y += 56)
    for (let x = 0; x + 16 <= linePhaseSide; x += 56) {
      let ink = 0;
      for (let j = 0; j < 16; j++) for (let i = 0; i < 16; i++) ink += lines[(y + j) * linePhaseSide + x + i] ?? 0;
      expect(Math.abs(ink / 256 - 0.5)).toBeLessThan(0.13);
    }
});
