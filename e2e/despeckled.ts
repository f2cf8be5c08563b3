/** What an OCR program does before it reads: black and white, and specks away. Grey at 600 dpi in, grey at 300 dpi out. */
import type { Raster } from '@machikado/antiforgery';

const INK_BELOW = 160;
/** Pixels of a speck: a dot of けん制文字 that has grown has 34, the smallest mark of a 10 pt letter (濁点) more than 40. */
const SPECK_MAX = 34;

export function despeckled({ width, height, data }: Raster): Raster {
  const ink = data.map((grey) => (grey < INK_BELOW ? 1 : 0));
  const pending = new Int32Array(width * height);
  for (let start = 0; start < ink.length; start += 1) {
    if (ink[start] !== 1) continue;
    // Everything that hangs together, from edge to edge; 2 = seen.
    let count = 1;
    pending[0] = start;
    ink[start] = 2;
    for (let next = 0; next < count; next += 1) {
      const at = pending[next] as number;
      for (const beside of [at - 1, at + 1, at - width, at + width]) {
        if (ink[beside] !== 1) continue;
        ink[beside] = 2;
        pending[count] = beside;
        count += 1;
      }
    }
    if (count <= SPECK_MAX) for (let i = 0; i < count; i += 1) ink[pending[i] as number] = 0;
  }
  return halved({ width, height, data: ink.map((one) => (one === 0 ? 255 : 0)) });
}

function halved({ width, height, data }: Raster): Raster {
  const half = { width: width >> 1, height: height >> 1 };
  const out = new Uint8Array(half.width * half.height).map((_, i) => {
    const at = 2 * Math.floor(i / half.width) * width + 2 * (i % half.width);
    const four = [at, at + 1, at + width, at + width + 1];
    return four.reduce((sum, one) => sum + (data[one] ?? 255), 0) >> 2;
  });
  return { ...half, data: out };
}
