/**
 * 偽造防止検出画像 (detection image): a cherry blossom (桜) in two tones of grey, with a latent 「証」. Inside the letter the greys are black ink, outside
 * they are mixed from cyan, magenta and yellow: to the eye the same, but infrared sees carbon black only. A copier separates
 * anew and the letter is gone. It must reach the engine as DeviceCMYK and untouched.
 */

import { xorshift32 } from '../format/xorshift.ts';
import { filled } from './filled.ts';
import { boldOutlines } from './glyph-outlines.ts';
import { type Outlines, polygonsOf } from './outline-paths.ts';

export const detectionCells = 84;

/** Percent of ink of pairs that look alike (found by search under Ghostscript's default CMYK profile). */
export const tones = {
  light: { black: [0, 0, 0, 30], mixed: [26.6, 20, 19.6, 0] },
  dark: { black: [0, 0, 0, 60], mixed: [56.6, 46.9, 45.4, 0] },
} as const;

export interface DetectionImage {
  /** By cell: 1 = inside 「証」. */
  readonly latent: Uint8Array;
  /** By cell: 1 = the darker tone. */
  readonly dark: Uint8Array;
  /** Four bytes a cell: C, M, Y, K. */
  readonly cmyk: Uint8Array;
}

export function detectionImage(): DetectionImage {
  const latent = letterMask(detectionCells, 62);
  const blossom = blossomMask();
  const next = xorshift32(20_251_123);
  // Chance makes both the motif and a texture in which a small mismatch of the two greys is not seen.
  const dark = blossom.map((inside) => (next() / 2 ** 32 < (inside ? 0.8 : 0.15) ? 1 : 0));
  const cmyk = new Uint8Array(4 * detectionCells ** 2);
  latent.forEach((inside, cell) => {
    const pair = dark[cell] ? tones.dark : tones.light;
    cmyk.set(
      (inside ? pair.black : pair.mixed).map((percent) => Math.round(percent * 2.55)),
      4 * cell,
    );
  });
  return { latent, dark, cmyk };
}

/** 「証」 in the middle of a square. */
export function letterMask(side: number, em: number): Uint8Array {
  const outline = (boldOutlines as Outlines).証;
  if (!outline) throw new RangeError('no outline of 証');
  const left = (side - em) / 2;
  const base = side / 2 + 0.37 * em;
  return filled(
    polygonsOf(outline, (x, y) => [left + (x / 1000) * em, base - (y / 1000) * em]),
    side,
    side,
  );
}

/** Five petals, each notched at its tip, with thin gaps between them. */
function blossomMask(): Uint8Array {
  const middle = detectionCells / 2;
  return new Uint8Array(detectionCells ** 2).map((_, cell) => {
    const x = (cell % detectionCells) + 0.5 - middle;
    const y = Math.floor(cell / detectionCells) + 0.5 - (middle + 3);
    const petal = (2 * Math.PI) / 5;
    const turn = Math.atan2(x, -y);
    // From the middle line of the petal, in its half widths.
    const aside = Math.abs(turn / petal - Math.round(turn / petal)) * 2;
    const tip = 44 * Math.cos((aside * Math.PI) / 2) ** 0.35 * (1 - 0.22 * Math.exp(-((aside / 0.16) ** 2)));
    const gap = aside * Math.hypot(x, y) * (petal / 2) > Math.hypot(x, y) * (petal / 2) - 0.9;
    return Math.hypot(x, y) < tip && !(gap && Math.hypot(x, y) > 7) ? 1 : 0;
  });
}
