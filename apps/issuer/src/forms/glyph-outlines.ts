/** Outlines of a TrueType font (OpenType 1.9: `loca`, `glyf`) as SVG paths; simple glyphs only, as all kanji here are. */
export interface GlyphOutline {
  readonly path: string;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}
export interface GlyphOutlines {
  of(codePoint: number): GlyphOutline;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}

export function readGlyphOutlines(font: Uint8Array): GlyphOutlines {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = tableOffsets(view);
  const long = view.getInt16(at(tables, 'head') + 50) === 1;
  const loca = at(tables, 'loca');
  return {
    of(codePoint) {
      const id = glyphId(view, at(tables, 'cmap'), codePoint);
      const offset = long ? view.getUint32(loca + id * 4) : view.getUint16(loca + id * 2) * 2;
      return readGlyph(view, at(tables, 'glyf') + offset);
    },
  };
}

function tableOffsets(view: DataView): Map<string, number> {
  const tables = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i += 1) {
    const record = 12 + i * 16;
    tables.set(String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(record + n))), view.getUint32(record + 8));
  }
  return tables;
}

function at(tables: ReadonlyMap<string, number>, tag: string): number {
  const offset = tables.get(tag);
  if (offset === undefined) throw new Error(`the font has no ${tag} table`);
  return offset;
}

/** cmap format 12. */
function glyphId(view: DataView, cmap: number, codePoint: number): number {
  for (let i = 0; i < view.getUint16(cmap + 2); i += 1) {
    const table = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
    if (view.getUint16(table) !== 12) continue;
    for (let n = 0; n < view.getUint32(table + 12); n += 1) {
      const group = table + 16 + n * 12;
      const start = view.getUint32(group);
      if (codePoint >= start && codePoint <= view.getUint32(group + 4))
        return view.getUint32(group + 8) + codePoint - start;
    }
  }
  throw new RangeError('the font does not have this letter');
}

function readGlyph(view: DataView, glyph: number): GlyphOutline {
  const contours = view.getInt16(glyph);
  if (contours <= 0) throw new RangeError('not a simple glyph');
  const [left, bottom, right, top] = [2, 4, 6, 8].map((n) => view.getInt16(glyph + n)) as [
    number,
    number,
    number,
    number,
  ];
  const ends = Array.from({ length: contours }, (_, i) => view.getUint16(glyph + 10 + i * 2));
  const points = readPoints(view, glyph + 10 + contours * 2, (ends.at(-1) as number) + 1);
  const path = ends.map((end, i) => contourPath(points.slice(i === 0 ? 0 : (ends[i - 1] as number) + 1, end + 1)));
  return { path: path.join(''), left, right, bottom, top };
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
