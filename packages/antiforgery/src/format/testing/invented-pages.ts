/** Pages that say nothing: strokes thrown like letters into lines, the same for the same numbers. */
import type { Raster } from '../../raster.ts';
import { xorshift32 } from '../xorshift.ts';

const WIDTH = 1654;
const HEIGHT = 2339;
const MARGIN = 150;

/** A4 at 200 dpi with so many signs of `em` pixels, of about eight strokes each. */
export function inventedPage({ signs, em, seed }: { signs: number; em: number; seed: number }): Raster {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(255);
  const next = xorshift32(seed);
  const below = (limit: number) => next() % limit;
  const columns = Math.floor((WIDTH - 2 * MARGIN) / em);
  // As in a language: some hundred signs that come again and again.
  const alphabet = Array.from({ length: 120 }, () =>
    Array.from({ length: 5 + below(6) }, () => ({
      x: below(em - 8),
      y: below(em - 8),
      length: 5 + below(em - 12),
      upright: below(2) === 1,
    })),
  );
  for (let sign = 0; sign < signs; sign++) {
    const left = MARGIN + (sign % columns) * em;
    const top = MARGIN + Math.floor(sign / columns) * Math.round(em * 1.4);
    for (const { x, y, length, upright } of alphabet[below(alphabet.length)] ?? [])
      for (let i = 0; i < Math.min(length, em - 4 - (upright ? y : x)); i++)
        for (const [across, grey] of [20, 110, 230].entries()) {
          const at = (top + y + (upright ? i : across)) * WIDTH + left + x + (upright ? across : i);
          data[at] = Math.min(data[at] ?? 0, grey);
        }
  }
  return { width: WIDTH, height: HEIGHT, data };
}
