/** 位置合わせ: the photo is laid over the sealed picture, from afar to near. Each step knows the way a little better than the one before. */
import { findPoses } from './find-pose.ts';
import { findShifts, type Shift, type ShiftSearch } from './find-shifts.ts';
import { fitBend } from './fit-bend.ts';
import { displaced, type SheetMesh } from './mesh.ts';
import { type Plane, shrunk } from './plane.ts';
import { median } from './quantile.ts';
import { type Pyramid, straighten } from './straighten.ts';

const MESH_STEP = 48;

interface Step extends ShiftSearch {
  readonly degree: number;
}

/** Enough to see which guess is right. */
const FIRST: Step = { perPixel: 8, side: 40, stride: 40, reach: 8, inkMin: 0.01, degree: 1 };
const THEN: readonly Step[] = [
  { perPixel: 8, side: 32, stride: 16, reach: 5, inkMin: 0.01, degree: 2 },
  { perPixel: 4, side: 40, stride: 20, reach: 6, inkMin: 0.01, degree: 3 },
  { perPixel: 2, side: 40, stride: 40, reach: 4, inkMin: 0.01, degree: 4 },
];

export interface Registration {
  readonly mesh: SheetMesh;
  /** Median likeness of the pieces of the last step, up to 1. */
  readonly likeness: number;
}

export function register(sealed: Plane, pyramid: Pyramid): Registration | undefined {
  const photo = pyramid[0] as Plane;
  const steps = new Map<number, Plane>();
  const sealedAt = (perPixel: number) => {
    const made = steps.get(perPixel) ?? shrunk(sealed, perPixel);
    steps.set(perPixel, made);
    return made;
  };
  const take = (from: Registration, step: Step): Registration | undefined => {
    const picture = sealedAt(step.perPixel);
    const shifts = findShifts(
      picture,
      straighten(pyramid, from.mesh, { ...picture, perPixel: step.perPixel, hasty: true }),
      step,
    );
    if (shifts.length < 6) return undefined;
    const bend = fitBend(shifts, sealed, step.degree);
    return { mesh: displaced(from.mesh, bend), likeness: likenessOf(shifts) };
  };
  const guesses = findPoses(sealed, photo, MESH_STEP).map((pose) => take(pose, FIRST));
  const best = guesses.reduce((a, b) => ((b?.likeness ?? -1) > (a?.likeness ?? -1) ? b : a), undefined);
  const registered = THEN.reduce<Registration | undefined>((now, step) => now && take(now, step), best);
  return SETTLING.reduce<Registration | undefined>(
    (now, reach) => now && settle(now, sealed, pyramid, reach),
    registered,
  );
}

const likenessOf = (shifts: readonly Shift[]): number => median(shifts.map(({ likeness }) => likeness));

/** Sealed pixels, first far, then near. */
const SETTLING = [5, 2];

/** What is left is local: the paper’s waves, the scanner’s jitter. Each node follows the pieces around it, as far as they agree. */
function settle(from: Registration, sealed: Plane, pyramid: Pyramid, reach: number): Registration {
  const step = { perPixel: 1, side: 40, stride: 40, reach, inkMin: 0.01 };
  const shifts = findShifts(sealed, straighten(pyramid, from.mesh, { ...sealed, perPixel: 1, hasty: true }), step);
  const sure = shifts.filter(({ likeness }) => likeness > 0.5);
  if (sure.length < 6) return from;
  const mesh = displaced(from.mesh, (x, y) => around(sure, x, y));
  return { mesh, likeness: likenessOf(shifts) };
}

const NEAR = 90;

function around(shifts: readonly Shift[], x: number, y: number) {
  const near: { dx: number; dy: number; weight: number }[] = [];
  for (const shift of shifts) {
    if (Math.abs(shift.x - x) > 2.5 * NEAR || Math.abs(shift.y - y) > 2.5 * NEAR) continue;
    const far = Math.hypot(shift.x - x, shift.y - y) / NEAR;
    if (far < 2.5) near.push({ ...shift, weight: Math.exp(-far * far) * shift.likeness ** 2 });
  }
  if (near.length === 0) return { x: 0, y: 0 };
  const middle = { dx: median(near.map(({ dx }) => dx)), dy: median(near.map(({ dy }) => dy)) };
  let [sum, dx, dy] = [0.05, 0, 0];
  for (const one of near) {
    if (Math.hypot(one.dx - middle.dx, one.dy - middle.dy) > 1.2) continue;
    sum += one.weight;
    dx += one.weight * one.dx;
    dy += one.weight * one.dy;
  }
  return { x: dx / sum, y: dy / sum };
}
