/** A picture of a printed page: lens, viewpoint, light, tone and noise of the sensor. */
import type { Raster } from '@machikado/antiforgery';
import { chanceOf, noise, noiseMask } from './chance.ts';
import type { FlatbedParameters, PhoneParameters } from './channel-parameters.ts';
import { lightOn } from './light.ts';
import { throughLens } from './through-lens.ts';
import { type Viewpoint, viewpointOf } from './viewpoint.ts';

/** Columns between which places are interpolated, and lines where the camera allows it. */
const STEP = 8;

export async function takePicture(
  page: Raster,
  camera: FlatbedParameters | PhoneParameters,
  printedScale: number,
  seed: number,
): Promise<Raster> {
  const chance = chanceOf(seed, 'camera');
  const view = viewpointOf(camera, page, chance);
  const motionPx = camera.kind === 'phone' ? camera.motionPx * view.pagePx : 0;
  const { plane, reduction } = await throughLens(page, camera.blurPx * view.pagePx, motionPx);
  const places = placesSeen(view, page, printedScale, reduction);
  const light = lightOn(view, camera, chanceOf(seed, 'light'));
  const behind = camera.kind === 'phone' ? chance.between(40, 120) : chance.pick([8, 245]);
  const tone = toneOf(camera);
  const { width, height } = view;
  const out = new Uint8Array(width * height);
  const lit = new Float32Array(width);
  const inner = { x: plane.width - 1, y: plane.height - 1 };
  let n = chance.bits() & noiseMask;
  for (let v = 0; v < height; v += 1) {
    const line = places(v);
    light(v, lit);
    if ((v & 3) === 0) n = (n + chance.bits()) & noiseMask;
    for (let from = 0; from < width; from += STEP) {
      const at = (from / STEP) * 2;
      let x = line[at] as number;
      let y = line[at + 1] as number;
      const dx = ((line[at + 2] as number) - x) / STEP;
      const dy = ((line[at + 3] as number) - y) / STEP;
      const to = Math.min(width, from + STEP);
      for (let u = from; u < to; u += 1) {
        let value = behind;
        if (x >= 0 && y >= 0 && x < inner.x && y < inner.y) {
          const px = x | 0;
          const py = y | 0;
          const k = py * plane.width + px;
          const fx = x - px;
          const upper = plane.data[k] as number;
          const lower = plane.data[k + plane.width] as number;
          const high = upper + ((plane.data[k + 1] as number) - upper) * fx;
          const low = lower + ((plane.data[k + plane.width + 1] as number) - lower) * fx;
          value = high + (low - high) * (y - py);
        }
        value *= lit[u] as number;
        const seen = (tone[value > 255 ? 255 : value | 0] as number) + (noise[n] as number) * camera.noise;
        n = (n + 1) & noiseMask;
        out[v * width + u] = seen < 0 ? 0 : seen > 255 ? 255 : seen;
        x += dx;
        y += dy;
      }
    }
  }
  return { width, height, data: out };
}

function toneOf({ gamma, contrast, brightness }: FlatbedParameters | PhoneParameters): Float32Array {
  return Float32Array.from({ length: 256 }, (_, i) => 255 * (((i / 255) ** gamma - 0.5) * contrast + 0.5) + brightness);
}

/** For each line the places on the lens’s plane that every STEPth column sees; x and y by turns. */
function placesSeen(view: Viewpoint, page: Raster, printedScale: number, reduction: number) {
  const count = Math.ceil(view.width / STEP) + 2;
  const place = new Float64Array(2);
  const lineAt = (v: number, line: Float64Array) => {
    for (let i = 0; i < count; i += 1) {
      view.toPage(i * STEP + 0.5, v + 0.5, place);
      // A page printed smaller lies in the middle of its sheet.
      const x = page.width / 2 + ((place[0] as number) - page.width / 2) / printedScale;
      const y = page.height / 2 + ((place[1] as number) - page.height / 2) / printedScale;
      line[i * 2] = x / reduction - 0.5;
      line[i * 2 + 1] = y / reduction - 0.5;
    }
    return line;
  };
  const now = new Float64Array(count * 2);
  if (view.lineByLine) return (v: number) => lineAt(v, now);
  const above = new Float64Array(count * 2);
  const below = new Float64Array(count * 2);
  return (v: number) => {
    const share = (v % STEP) / STEP;
    if (share === 0) {
      lineAt(v, above);
      lineAt(v + STEP, below);
    }
    for (let i = 0; i < now.length; i += 1) {
      const one = above[i] as number;
      now[i] = one + ((below[i] as number) - one) * share;
    }
    return now;
  };
}
