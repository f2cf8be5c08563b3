/** Outlines of a TrueType font (OpenType 1.9: `loca`, `glyf`): the box round a glyph, its path for SVG, its lines for comparing. */
import { getTable } from './font-tables.ts';

export interface GlyphOutlines {
  /** Nothing for a glyph that draws nothing. In units of the font. */
  boxOf(glyph: number): GlyphBox | undefined;
  /** Simple glyphs only, as all are in the default font and in IPAmj明朝. */
  pathOf(glyph: number): string;
  /** The same with straight pieces for curves: x, y, x, y, … of each contour. */
  contoursOf(glyph: number): number[][];
  readonly unitsPerEm: number;
}

export interface GlyphBox {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}

export function readGlyphOutlines(font: Uint8Array): GlyphOutlines {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const glyf = getTable(view, 'glyf');
  const head = getTable(view, 'head');
  const loca = getTable(view, 'loca');
  const long = view.getInt16(head + 50) === 1;
  const offset = (glyph: number) => (long ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2);
  return {
    unitsPerEm: view.getUint16(head + 18),
    boxOf(glyph) {
      if (offset(glyph) === offset(glyph + 1) || view.getInt16(glyf + offset(glyph)) === 0) return undefined;
      const [left, bottom, right, top] = [2, 4, 6, 8].map((n) => view.getInt16(glyf + offset(glyph) + n));
      return { left, bottom, right, top } as GlyphBox;
    },
    pathOf: (glyph) =>
      readRings(view, glyf + offset(glyph))
        .map(pathOfRing)
        .join(''),
    contoursOf: (glyph) => readRings(view, glyf + offset(glyph)).map(linesOfRing),
  };
}

/** Each contour from a point of its curve back to the same. */
function readRings(view: DataView, glyph: number): Point[][] {
  const contours = view.getInt16(glyph);
  if (contours <= 0) throw new RangeError('not a simple glyph');
  const ends = Array.from({ length: contours }, (_, i) => view.getUint16(glyph + 10 + i * 2));
  const points = readPoints(view, glyph + 10 + contours * 2, (ends.at(-1) as number) + 1);
  return ends.map((end, i) => toRing(points.slice(i === 0 ? 0 : (ends[i - 1] as number) + 1, end + 1)));
}

function readPoints(view: DataView, instructions: number, count: number): Point[] {
  let p = instructions + 2 + view.getUint16(instructions);
  const flags: number[] = [];
  while (flags.length < count) {
    const flag = view.getUint8(p++);
    const repeats = flag & 8 ? view.getUint8(p++) : 0;
    for (let i = 0; i <= repeats; i += 1) flags.push(flag);
  }
  const axis = (short: number, same: number): number[] => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? view.getUint8(p++) : -view.getUint8(p++);
      else if (!(flag & same)) {
        value += view.getInt16(p);
        p += 2;
      }
      return value;
    });
  };
  const xs = axis(2, 16);
  const ys = axis(4, 32);
  return flags.map((flag, i) => ({ x: xs[i] as number, y: ys[i] as number, onCurve: (flag & 1) === 1 }));
}

/** Between two control points lies a point of the curve that the font does not store. */
function toRing(points: readonly Point[]): Point[] {
  const whole = points.flatMap((point, i) => {
    const next = points[(i + 1) % points.length] as Point;
    if (point.onCurve || next.onCurve) return [point];
    return [point, { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2, onCurve: true }];
  });
  const first = whole.findIndex((point) => point.onCurve);
  return [...whole.slice(first), ...whole.slice(0, first + 1)];
}

function pathOfRing([start, ...rest]: readonly Point[]): string {
  const parts = rest.map((point, i) => {
    const next = rest[i + 1];
    if (!point.onCurve && next) return `Q${point.x} ${point.y} ${next.x} ${next.y}`;
    return i === 0 || rest[i - 1]?.onCurve ? `L${point.x} ${point.y}` : '';
  });
  return `M${start?.x} ${start?.y}${parts.join('')}Z`;
}

const PIECES = 4;

function linesOfRing(ring: readonly Point[]): number[] {
  return ring.flatMap((point, i) => {
    const [from, to] = [ring[i - 1], ring[i + 1]];
    if (point.onCurve || !from || !to) return [point.x, point.y];
    return Array.from({ length: PIECES - 1 }, (_, n) => (n + 1) / PIECES).flatMap((t) => {
      const along = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c;
      return [along(from.x, point.x, to.x), along(from.y, point.y, to.y)];
    });
  });
}
