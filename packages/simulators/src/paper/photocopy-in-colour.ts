/**
 * A colour copy: the glass is read as red, green and blue, and the copier separates anew. It cannot know which toners the greys of the original
 * were made of; here every grey becomes black (full 墨版生成, GCR), which keeps more of a difference in black than any other way.
 */
import type { Raster } from '@machikado/antiforgery';
import type { ColourPlanes, Separations } from './colour-planes.ts';
import { readGlass } from './photocopy.ts';

export async function photocopyInColour(page: ColourPlanes, seed: number): Promise<Separations> {
  const [red, green, blue] = [
    await readGlass(page.red, seed),
    await readGlass(page.green, seed + 1),
    await readGlass(page.blue, seed + 2),
  ];
  const { width, height } = red;
  const plane = (): Raster => ({ width, height, data: new Uint8Array(red.data.length) });
  const inks = { cyan: plane(), magenta: plane(), yellow: plane(), black: plane() };
  for (let at = 0; at < red.data.length; at += 1) {
    const r = red.data[at] as number;
    const g = green.data[at] as number;
    const b = blue.data[at] as number;
    const black = Math.max(r, g, b);
    inks.black.data[at] = black;
    if (black === 0) continue;
    inks.cyan.data[at] = (r * 255) / black;
    inks.magenta.data[at] = (g * 255) / black;
    inks.yellow.data[at] = (b * 255) / black;
  }
  return inks;
}
