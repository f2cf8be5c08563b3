/**
 * 網点 (halftone): a printer has ink or none. Greys become clustered dots at 45°, 106 to the inch at 600 dpi; what is black or white stays
 * as it is.
 */
import type { Raster } from '@machikado/antiforgery';

const PERIOD = 8;
/** For each place of the screen the grey below which it gets ink. Two dots a period, grown from their centers. */
const thresholds: Uint8Array = dotScreen();

export function screenTones({ width, height, data }: Raster): Raster {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    const line = (y % PERIOD) * PERIOD;
    for (let x = 0; x < width; x += 1) {
      out[row + x] = (data[row + x] as number) < (thresholds[line + (x & (PERIOD - 1))] as number) ? 0 : 255;
    }
  }
  return { width, height, data: out };
}

function dotScreen(): Uint8Array {
  const places = Array.from({ length: PERIOD * PERIOD }, (_, at) => {
    const angle = (offset: number) => (2 * Math.PI * (offset + 0.5)) / PERIOD;
    const x = at % PERIOD;
    const y = Math.floor(at / PERIOD);
    // A product of cosines has its dots on a quincunx; the rest breaks ties.
    return { at, height: Math.cos(angle(x)) * Math.cos(angle(y)) + 1e-3 * Math.sin(1 + 5 * x + 3 * y) };
  }).sort((one, other) => other.height - one.height);
  const screen = new Uint8Array(places.length);
  places.forEach(({ at }, rank) => {
    screen[at] = Math.round(255 - (255 * (rank + 0.5)) / places.length);
  });
  return screen;
}
