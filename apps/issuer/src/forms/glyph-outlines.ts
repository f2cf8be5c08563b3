/** Outlines of a TrueType font (OpenType 1.9: `loca`, `glyf`): the box round a glyph, and its path for SVG. */
import { findTable, getTable } from './font-tables.ts';

export interface GlyphOutlines {
  /** Nothing for a glyph that draws nothing. In units of the font. */
  boxOf(glyph: number): GlyphBox | undefined;
  /** Simple glyphs only, as all kanji of the default font are. */
  pathOf(glyph: number): string;
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

/** Nothing when the font has outlines of another kind (CFF). */
export function readGlyphOutlines(font: Uint8Array): GlyphOutlines | undefined {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const glyf = findTable(view, 'glyf');
  if (glyf === undefined) return undefined;
  const head = getTable(view, 'head');
  const loca = getTable(view, 'loca');
  const long = view.getInt16(head + 50) === 1;
  const offset = (glyph: number) => (long ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2);
  return {
    unitsPerEm: view.getUint16(head + 18),
    boxOf(glyph) {
      if (offset(glyph) === offset(glyph + 1)) return undefined;
      const [left, bottom, right, top] = [2, 4, 6, 8].map((n) => view.getInt16(glyf + offset(glyph) + n));
      return { left, bottom, right, top } as GlyphBox;
    },
    pathOf: (glyph) => readPath(view, glyf + offset(glyph)),
  };
}

function readPath(view: DataView, glyph: number): string {
  const contours = view.getInt16(glyph);
  if (contours <= 0) throw new RangeError('not a simple glyph');
  const ends = Array.from({ length: contours }, (_, i) => view.getUint16(glyph + 10 + i * 2));
  const points = readPoints(view, glyph + 10 + contours * 2, (ends.at(-1) as number) + 1);
  return ends.map((end, i) => contourPath(points.slice(i === 0 ? 0 : (ends[i - 1] as number) + 1, end + 1))).join('');
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

/** Quadratic curves; between two control points lies a point of the curve that the font does not store. */
function contourPath(points: readonly Point[]): string {
  const first = points.findIndex((point) => point.onCurve);
  const ring = [...points.slice(first), ...points.slice(0, first + 1)];
  const [start, ...rest] = ring as [Point, ...Point[]];
  let path = `M${start.x} ${start.y}`;
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    if (point.onCurve) path += ring[i]?.onCurve ? `L${point.x} ${point.y}` : '';
    else if (next?.onCurve) path += `Q${point.x} ${point.y} ${next.x} ${next.y}`;
    else if (next) path += `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  return `${path}Z`;
}
