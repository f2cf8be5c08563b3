/**
 * The first guess how the sheet lies in the photo: turned by a quarter or not, a little askew, filling most of the picture. Both are
 * looked at from afar, where a page of text is a few grey patches, and every pose of a coarse grid is tried.
 */
import { meshFrom, type SheetMesh } from './mesh.ts';
import { emptyPlane, type Plane, shrunk } from './plane.ts';

/** Of the sealed picture’s long side, from afar. */
const FAR_PIXELS = 72;
const QUARTERS = [0, 1, 2, 3];
const ANGLES_DEGREES = [-6, -4.5, -3, -1.5, 0, 1.5, 3, 4.5, 6];
/** Share of the picture’s size that the sheet fills. */
const FILLS = [0.7, 0.74, 0.78, 0.82, 0.86, 0.9, 0.94, 0.98, 1.02, 1.06];
/** Of the sheet’s size that its middle may be away from that of the picture. */
const OFF_CENTER = 0.1;
const CANDIDATES = 6;

export interface Pose {
  readonly likeness: number;
  readonly mesh: SheetMesh;
}

/** The best guesses, best first. */
export function findPoses(sealed: Plane, photo: Plane, meshStep: number): Pose[] {
  const far = FAR_PIXELS / Math.max(sealed.width, sealed.height);
  const small = shrunk(sealed, 1 / far);
  const photoFar = FAR_PIXELS / Math.max(photo.width, photo.height);
  const smallPhoto = shrunk(photo, 1 / photoFar);
  const reach = Math.ceil(FAR_PIXELS * OFF_CENTER);
  const found: { likeness: number; quarter: number; angle: number; fill: number; dx: number; dy: number }[] = [];
  for (const quarter of QUARTERS) {
    const upright = quarter % 2 === 0;
    const fits = Math.min(
      smallPhoto.width / (upright ? small.width : small.height),
      smallPhoto.height / (upright ? small.height : small.width),
    );
    for (const angle of ANGLES_DEGREES)
      for (const fill of FILLS) {
        const turned = turnedBack(smallPhoto, small, reach, quarter * 90 + angle, fits * fill);
        const { likeness, dx, dy } = bestPlace(small, turned, reach);
        found.push({ likeness, quarter, angle, fill: fits * fill, dx, dy });
      }
  }
  found.sort((a, b) => b.likeness - a.likeness);
  return found.slice(0, CANDIDATES).map(({ likeness, quarter, angle, fill, dx, dy }) => {
    const place = placeIn(smallPhoto, small, quarter * 90 + angle, fill);
    return {
      likeness,
      mesh: meshFrom(sealed.width, sealed.height, meshStep, (x, y) => {
        const { x: u, y: v } = place(x * far + dx, y * far + dy);
        return { x: u / photoFar, y: v / photoFar };
      }),
    };
  });
}

/** Pixels of the small sealed picture → pixels of the small photo. */
function placeIn(photo: Plane, sealed: Plane, degrees: number, scale: number) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180) * scale, Math.sin((degrees * Math.PI) / 180) * scale];
  return (x: number, y: number) => {
    const [u, v] = [x - sealed.width / 2, y - sealed.height / 2];
    return { x: photo.width / 2 + u * cos - v * sin, y: photo.height / 2 + u * sin + v * cos };
  };
}

/** The photo as it looks in this pose, with a border of `reach`. */
function turnedBack(photo: Plane, sealed: Plane, reach: number, degrees: number, scale: number): Plane {
  const place = placeIn(photo, sealed, degrees, scale);
  const out = emptyPlane(sealed.width + 2 * reach, sealed.height + 2 * reach);
  for (let y = 0; y < out.height; y++)
    for (let x = 0; x < out.width; x++) {
      const { x: u, y: v } = place(x + 0.5 - reach, y + 0.5 - reach);
      const [i, j] = [Math.floor(u), Math.floor(v)];
      if (i >= 0 && j >= 0 && i < photo.width && j < photo.height)
        out.values[y * out.width + x] = photo.values[j * photo.width + i] as number;
    }
  return out;
}

function bestPlace(sealed: Plane, turned: Plane, reach: number) {
  const pattern = centered(sealed.values);
  let best = { likeness: -1, dx: 0, dy: 0 };
  const step = 2;
  for (let dy = -reach; dy <= reach; dy += step)
    for (let dx = -reach; dx <= reach; dx += step) {
      let sum = 0;
      let squares = 0;
      let product = 0;
      for (let y = 0, k = 0; y < sealed.height; y++) {
        const row = (y + reach + dy) * turned.width + reach + dx;
        for (let x = 0; x < sealed.width; x++, k++) {
          const value = turned.values[row + x] as number;
          sum += value;
          squares += value * value;
          product += value * (pattern.values[k] as number);
        }
      }
      const spread = squares - (sum * sum) / pattern.values.length;
      const likeness = spread <= 1e-9 ? -1 : product / Math.sqrt(spread * pattern.energy);
      if (likeness > best.likeness) best = { likeness, dx, dy };
    }
  return best;
}

function centered(values: Float32Array): { values: Float32Array; energy: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const around = values.map((value) => value - mean);
  return {
    values: around,
    energy: Math.max(
      1e-9,
      around.reduce((sum, value) => sum + value * value, 0),
    ),
  };
}
