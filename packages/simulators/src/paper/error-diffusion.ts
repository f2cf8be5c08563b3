/** 誤差拡散 (error diffusion, Floyd and Steinberg): greys as scattered dots of the same mean. */
import type { Raster } from '@machikado/antiforgery';

/** `ink` gives the share of ink, 0 to 1, for each grey. */
export function diffuseError({ width, height, data }: Raster, ink: Float32Array): Raster {
  const out = new Uint8Array(data.length);
  let here = new Float32Array(width + 2);
  let below = new Float32Array(width + 2);
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    for (let x = 0; x < width; x += 1) {
      const wanted = (ink[data[row + x] as number] as number) + (here[x + 1] as number);
      const dot = wanted > 0.5;
      out[row + x] = dot ? 0 : 255;
      const error = dot ? wanted - 1 : wanted;
      if (error === 0) continue;
      here[x + 2] = (here[x + 2] as number) + (error * 7) / 16;
      below[x] = (below[x] as number) + (error * 3) / 16;
      below[x + 1] = (below[x + 1] as number) + (error * 5) / 16;
      below[x + 2] = (below[x + 2] as number) + error / 16;
    }
    [here, below] = [below, here];
    below.fill(0);
  }
  return { width, height, data: out };
}
