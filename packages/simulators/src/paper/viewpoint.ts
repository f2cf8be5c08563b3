/** Where a camera stands: for each place of the picture the place of the page that is seen there. */
import type { Chance } from './chance.ts';
import type { FlatbedParameters, PhoneParameters } from './channel-parameters.ts';

export interface Viewpoint {
  readonly width: number;
  readonly height: number;
  /** Page pixels in one pixel of the picture, in its middle. */
  readonly pagePx: number;
  /** Writes x and y of the page, in its pixels, for a point of the picture. */
  toPage(u: number, v: number, out: Float64Array): void;
  /** The sensor moves from line to line, so nothing may be interpolated between lines. */
  readonly lineByLine: boolean;
}

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

const A4_WIDTH_IN = 210 / 25.4;

export function viewpointOf(camera: FlatbedParameters | PhoneParameters, page: PageSize, chance: Chance): Viewpoint {
  return camera.kind === 'flatbed' ? flatbed(camera, page, chance) : phone(camera, page, chance);
}

function turnOf({ rotationDegrees, quarterTurns }: FlatbedParameters | PhoneParameters) {
  const angle = (rotationDegrees * Math.PI) / 180 + (quarterTurns * Math.PI) / 2;
  return { cos: Math.cos(angle), sin: Math.sin(angle), lying: quarterTurns % 2 === 1 };
}

/** 24 mm of a roll: the lid is open a little, the carriage shakes, and the frame cuts something off or shows what lies behind. */
function flatbed(camera: FlatbedParameters, page: PageSize, chance: Chance): Viewpoint {
  const pageDpi = page.width / A4_WIDTH_IN;
  const pagePx = pageDpi / camera.dpi;
  const { cos, sin, lying } = turnOf(camera);
  const crop = (camera.cropMm / 25.4) * pageDpi;
  const shiftX = chance.between(-0.5, 0.5) * crop;
  const shiftY = chance.between(-0.5, 0.5) * crop;
  const grown = chance.unit() < 0.5 ? -crop / 2 : crop / 2;
  const width = Math.round(((lying ? page.height : page.width) + grown) / pagePx);
  const height = Math.round(((lying ? page.width : page.height) + grown) / pagePx);
  const shake = carriage(height, pagePx, pageDpi, chance);
  return {
    width,
    height,
    pagePx,
    lineByLine: true,
    toPage(u, v, out) {
      const x = (u - width / 2) * pagePx + shiftX;
      const y = (v - height / 2) * pagePx + shiftY + (shake[Math.min(height - 1, Math.floor(v))] as number);
      out[0] = page.width / 2 + cos * x + sin * y;
      out[1] = page.height / 2 - sin * x + cos * y;
    },
  };
}

/** How far each line of a scan lies from where it should. */
function carriage(lines: number, pagePx: number, pageDpi: number, chance: Chance): Float64Array {
  let drift = 0;
  return Float64Array.from({ length: lines }, (_, line) => {
    drift = drift * 0.98 + chance.normal() * 0.02;
    return drift * pagePx * 0.5 + Math.sin(line / 170) * 0.002 * pageDpi;
  });
}

const LONG_SIDE = { 8: 3264, 12: 4032 } as const;
const SHORT_SIDE = { 8: 2448, 12: 3024 } as const;

/** A pin-hole that is held obliquely, a lens that bends, a sheet that does not lie flat. */
function phone(camera: PhoneParameters, page: PageSize, chance: Chance): Viewpoint {
  const { cos, sin, lying } = turnOf(camera);
  const long = LONG_SIDE[camera.megapixels];
  const short = SHORT_SIDE[camera.megapixels];
  const width = lying ? long : short;
  const height = lying ? short : long;
  const scale = (long * camera.fill) / page.height;
  // About what a 26 mm lens needs.
  const distance = page.height * 1.15;
  const focus = distance * scale;
  const plane = tiltedPlane(chance.unit() * 2 * Math.PI, (camera.tiltDegrees * Math.PI) / 180);
  const half = Math.hypot(width, height) / 2;
  const offX = chance.between(-40, 40);
  const offY = chance.between(-40, 40);
  const { radial, curl } = camera;
  return {
    width,
    height,
    pagePx: 1 / scale,
    lineByLine: false,
    toPage(u, v, out) {
      let x = (u - width / 2 - offX) / half;
      let y = (v - height / 2 - offY) / half;
      const bent = (1 + radial * (x * x + y * y)) * half;
      x *= bent;
      y *= bent;
      const { right, down, away } = plane;
      // Where the ray through the lens meets the tilted page.
      const reach = (distance * away[2]) / (x * away[0] + y * away[1] + focus * away[2]);
      const px = reach * x;
      const py = reach * y;
      const pz = reach * focus - distance;
      x = px * right[0] + py * right[1] + pz * right[2];
      y = px * down[0] + py * down[1] + pz * down[2];
      if (curl !== 0) {
        x *= 1 + curl * Math.sin((y / page.height) * 5);
        y += curl * page.height * 0.5 * Math.sin((x / page.width) * 3);
      }
      out[0] = page.width / 2 + cos * x + sin * y;
      out[1] = page.height / 2 - sin * x + cos * y;
    },
  };
}

type Vector = readonly [number, number, number];

/** Axes of a page that is tilted round a line in its own plane. */
function tiltedPlane(azimuth: number, tilt: number): { right: Vector; down: Vector; away: Vector } {
  const ax = Math.cos(azimuth);
  const ay = Math.sin(azimuth);
  const cos = Math.cos(tilt);
  const sin = Math.sin(tilt);
  const less = 1 - cos;
  return {
    right: [cos + ax * ax * less, ax * ay * less, -ay * sin],
    down: [ax * ay * less, cos + ay * ay * less, ax * sin],
    away: [ay * sin, -ax * sin, cos],
  };
}
