/**
 * けん制文字 (copy warning): 「複写」 in coarse dots on a ground of fine dots of the same tone. The eye takes them for one tint; a copier loses
 * the fine dots and keeps the coarse ones, and the letters stand out. Which pitches look alike depends on how much an engine's dots
 * grow, so there is a preset per kind of engine, chosen with the calibration sheet.
 */

import { filled } from './filled.ts';
import { boldOutlines } from './glyph-outlines.ts';
import { polygonsOf } from './outline-paths.ts';

/** Pixels at 600 dpi from dot to dot: of the ground, and inside the letters. */
export interface DotPitches {
  readonly fine: number;
  readonly coarse: number;
}
export const copyWarningPresets = {
  /** Dots come out as drawn. */
  'low-gain': { fine: 8, coarse: 20 },
  /** They grow by a third of a pixel. */
  'middle-gain': { fine: 8, coarse: 18 },
  /** By two thirds. */
  'high-gain': { fine: 9, coarse: 18 },
} as const satisfies Record<string, DotPitches>;
export type CopyWarningPreset = keyof typeof copyWarningPresets;

/** One tile holds 「複写」 twice, half a tile apart both ways. All pitches divide both sides, so that no seam is seen. */
export const tileSize = { width: 1440, height: 1080 } as const;
const emPx = 300;
const slope = (-20 * Math.PI) / 180;

const fineDot = ['11', '11'];
const coarseDot = ['01110', '11111', '11111', '11111', '01110'];

/** One byte a pixel, 1 = ink. */
export function copyWarningTile(pitches: DotPitches): Uint8Array {
  const { ground, letters } = copyWarningLayers(pitches);
  return ground.map((ink, pixel) => ink | (letters[pixel] as number));
}

/** The fine dots around the letters and the coarse ones in them; together they are the tile. */
export function copyWarningLayers({ fine, coarse }: DotPitches): { ground: Uint8Array; letters: Uint8Array } {
  const mask = copyWarningLetters();
  const ground = new Uint8Array(tileSize.width * tileSize.height);
  const letters = new Uint8Array(tileSize.width * tileSize.height);
  // A dot belongs to letter or ground by its center alone: a gap between the two would be seen as an outline.
  setDots(ground, fineDot, fine, (pixel) => mask[pixel] === 0);
  setDots(letters, coarseDot, coarse, (pixel) => mask[pixel] === 1);
  return { ground, letters };
}

/** The dots of a square lattice and those between them: 45 degrees, where the eye sees least. */
function setDots(tile: Uint8Array, dot: readonly string[], pitch: number, belongs: (pixel: number) => boolean): void {
  const { width, height } = tileSize;
  for (let row = 0; row < height; row += pitch)
    for (let column = 0; column < width; column += pitch)
      for (const shift of [0, Math.floor(pitch / 2)])
        if (belongs((row + shift) * width + column + shift)) setDot(tile, dot, column + shift, row + shift);
}

/** Over an edge of the tile a dot goes on at the other side. */
function setDot(tile: Uint8Array, dot: readonly string[], centerX: number, centerY: number): void {
  const { width, height } = tileSize;
  const reach = dot.length >> 1;
  dot.forEach((line, j) => {
    const y = (centerY + j - reach + height) % height;
    [...line].forEach((ink, i) => {
      if (ink === '1') tile[y * width + ((centerX + i - reach + width) % width)] = 1;
    });
  });
}

/** Of the tile, one byte a pixel: 1 = inside a letter. */
export function copyWarningLetters(): Uint8Array {
  const { width, height } = tileSize;
  const [cos, sin] = [Math.cos(slope), Math.sin(slope)];
  const centers = [1 / 4, 3 / 4].flatMap((share) =>
    [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => [width * (share + i), height * (share + j)] as const)),
  );
  const polygons = centers.flatMap(([x, y]) =>
    [...'複写'].flatMap((letter, i) => {
      const outline = boldOutlines[letter];
      if (!outline) return [];
      return polygonsOf(outline, (a, b) => {
        // The word stands with its middle on the center: one letter left of it, one right; the base line 0.38 em below.
        const [u, v] = [(a / 1000 + i - 1) * emPx, (0.38 - b / 1000) * emPx];
        return [x + u * cos - v * sin, y + u * sin + v * cos];
      });
    }),
  );
  return filled(polygons, width, height);
}
