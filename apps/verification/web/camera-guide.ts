/**
 * 撮影の案内: what to say about one frame of the camera. Four bullseyes that stand as the corners of an upright sheet do, large enough, in the same
 * places as a moment ago: then the photo is worth taking.
 */
import type { CameraHint } from '@machikado/ui';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** 0 = black, 255 = white. */
  readonly brightness: number;
  /** What looks like a bullseye, the likeliest first; often more than the four. */
  readonly found: readonly Point[];
}

export interface Seen {
  readonly hint: CameraHint;
  /** In the order round the sheet. */
  readonly corners: readonly Point[];
}

const DARK = 60;
/** Of the frame: with less, too few pixels fall on a cell. */
const AREA_MIN = 0.25;
/** Of the longer side of the frame. */
const MOVED_MAX = 0.02;
/** Width to height of the square between the bullseyes, 664 to 856 cells, seen at an angle, either way up. */
const SIDES_MIN = 0.5;

export function guideOn({ width, height, brightness, found }: Frame, before: Seen | undefined): Seen {
  const corners = roundTheMiddle(found.slice(0, 4));
  if (corners.length < 4 || !looksLikeSheet(corners))
    return { hint: brightness < DARK ? 'light' : 'searching', corners: [] };
  if (areaOf(corners) < AREA_MIN * width * height) return { hint: 'closer', corners };
  const steady =
    before?.corners.length === 4 && movedBetween(before.corners, corners) < MOVED_MAX * Math.max(width, height);
  return { hint: steady ? 'ready' : 'still', corners };
}

function roundTheMiddle(points: readonly Point[]): Point[] {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  const angle = (point: Point) => Math.atan2(point.y - y, point.x - x);
  return [...points].sort((a, b) => angle(a) - angle(b));
}

const next = (corners: readonly Point[], i: number) => corners[(i + 1) % 4] as Point;

function looksLikeSheet(corners: readonly Point[]): boolean {
  const sides = corners.map((corner, i) => distance(corner, next(corners, i)));
  return Math.min(...sides) > SIDES_MIN * Math.max(...sides);
}

function areaOf(corners: readonly Point[]): number {
  const twice = corners.reduce((sum, a, i) => sum + a.x * next(corners, i).y - next(corners, i).x * a.y, 0);
  return Math.abs(twice) / 2;
}

/** The first corner in the order may be another one now: each is compared with the nearest. */
function movedBetween(before: readonly Point[], now: readonly Point[]): number {
  return Math.max(...now.map((corner) => Math.min(...before.map((old) => distance(old, corner)))));
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
