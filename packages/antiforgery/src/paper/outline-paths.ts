/** Outlines of letters as operators of a page, and as polygons for whoever must know what lies inside. */
import { strict as assert } from 'node:assert';
import type { Outline } from './glyph-outlines.ts';

export type Outlines = Readonly<Record<string, Outline>>;
export interface Pen {
  readonly x: number;
  /** The base line; y grows downwards, as on every picture here. */
  readonly y: number;
  /** One em. */
  readonly size: number;
}
type Point = readonly [x: number, y: number];

/** How wide a line comes out. */
export const lineWidth = (text: string, outlines: Outlines, size: number): number =>
  [...text].reduce((width, letter) => width + (outlineOf(letter, outlines).advance * size) / 1000, 0);

/** A line of text as filled paths, each letter in a space of its own: the same letter is then the same bytes, which deflate well. */
export function drawnText(text: string, outlines: Outlines, { x, y, size }: Pen): string {
  let along = x;
  return [...text]
    .map((letter) => {
      const outline = outlineOf(letter, outlines);
      const path = rememberedPath(outline, size);
      const drawn = path && `q ${GRAIN} 0 0 ${-GRAIN} ${decimal(along)} ${decimal(y)} cm\n${path}f Q\n`;
      along += (outline.advance * size) / 1000;
      return drawn;
    })
    .join('');
}

/** Curves as chords: the corners of each contour, placed by `place` from thousandths of an em, y upwards. */
export function polygonsOf(outline: Outline, place: (x: number, y: number) => Point): Point[][] {
  const polygons: Point[][] = [];
  let from: Point = [0, 0];
  for (const { kind, points } of commandsOf(outline)) {
    const [to] = points.slice(-1);
    if (to === undefined) continue;
    if (kind === 'M') polygons.push([]);
    const polygon = polygons.at(-1);
    const [control] = points;
    if (kind === 'Q' && control) {
      for (let i = 1; i < CHORDS; i++) polygon?.push(place(...onCurve(from, control, to, i / CHORDS)));
    }
    polygon?.push(place(...to));
    from = to;
  }
  return polygons;
}

/** Chords of one curve. At the size of けん制文字 the error is far below a pixel. */
const CHORDS = 8;

function onCurve(from: Point, control: Point, to: Point, t: number): Point {
  const at = (i: 0 | 1) => (1 - t) ** 2 * from[i] + 2 * t * (1 - t) * control[i] + t ** 2 * to[i];
  return [at(0), at(1)];
}

/** The same letters come again on every sheet; there are few sizes, and fewer letters than a font has. */
const remembered = new Map<number, Map<Outline, string>>();

function rememberedPath(outline: Outline, size: number): string {
  const ofSize = remembered.get(size) ?? new Map<Outline, string>();
  remembered.set(size, ofSize);
  const path = ofSize.get(outline) ?? pathOf(outline, size);
  ofSize.set(outline, path);
  return path;
}

/** In whole numbers of GRAIN. */
function pathOf(outline: Outline, size: number): string {
  const em = size / 1000 / GRAIN;
  const written = ([x, y]: Point) => `${Math.round(x * em)} ${Math.round(y * em)}`;
  let from: Point = [0, 0];
  let path = '';
  for (const { kind, points } of commandsOf(outline)) {
    const [first, to = first] = points;
    if (kind === 'Z' || !first || !to) path += 'h\n';
    else if (kind === 'Q') path += `${written(towards(from, first))} ${written(towards(to, first))} ${written(to)} c\n`;
    else path += `${written(to)} ${kind === 'M' ? 'm' : 'l'}\n`;
    from = to ?? from;
  }
  return path;
}

/** Pixels: 4 µm at 600 dpi. */
const GRAIN = 0.1;

/** PDF knows cubic curves only: their control points lie two thirds of the way to the quadratic one. */
const towards = ([x, y]: Point, [cx, cy]: Point): Point => [x + (2 / 3) * (cx - x), y + (2 / 3) * (cy - y)];

const decimal = (value: number): string => String(Math.round(value * 100) / 100);

function* commandsOf({ contour }: Outline): Generator<{ kind: string; points: Point[] }> {
  for (const [, kind = '', numbers = ''] of contour.matchAll(/([MLQZ])([^MLQZ]*)/g)) {
    const values = numbers === '' ? [] : numbers.split(' ').map(Number);
    const points: Point[] = [];
    for (let i = 0; i + 1 < values.length; i += 2) points.push([values[i] as number, values[i + 1] as number]);
    yield { kind, points };
  }
}

function outlineOf(letter: string, outlines: Outlines): Outline {
  const outline = outlines[letter];
  assert(outline, `there is no outline of U+${letter.codePointAt(0)?.toString(16)}`);
  return outline;
}
