/** 印影 of invented people: letters of the default font stretched into a ring, as a bilevel PNG of 600 dpi. */
import { graphemesOf } from '@machikado/domain';
import type { SealRegistration } from '@machikado/protocol';
import { defaultFonts } from '../font-manifest.ts';
import { bilevelPng } from './png.ts';

const DPI = 600;
type Ink = (x: number, y: number) => boolean;
type Imprint = SealRegistration['imprint'];

/** Letters in columns from right to left. `across`: how much wider than high, for oval seals; `rim`: inner radius of the ring. */
export function imprintOf(letters: string, sizeMm = 15, across = 1, rim = 0.9): Imprint {
  const [width, height] = [dots(sizeMm * across), dots(sizeMm)];
  const ink = letterInk(graphemesOf(letters));
  const ring: Ink = (x, y) => {
    const radius = Math.hypot(x * 2 - 1, y * 2 - 1);
    return radius <= 1 && radius > rim;
  };
  return imprintOfInk(width, height, (x, y) => ring(x, y) || ink((x - 0.24) / 0.52, (y - 0.17) / 0.66));
}

/** The same seal, held the wrong way round. */
export function mirrored(letters: string, sizeMm = 15): Imprint {
  const side = dots(sizeMm);
  const ink = letterInk(graphemesOf(letters));
  const ring: Ink = (x, y) => Math.abs(Math.hypot(x * 2 - 1, y * 2 - 1) - 0.95) <= 0.05;
  return imprintOfInk(side, side, (x, y) => ring(x, y) || ink((1 - x - 0.24) / 0.52, (y - 0.17) / 0.66));
}

function dots(mm: number): number {
  return Math.round((mm / 25.4) * DPI);
}

function imprintOfInk(width: number, height: number, ink: Ink): Imprint {
  const mm = (count: number) => Number(((count / DPI) * 25.4).toFixed(3));
  return { png: bilevelPng(width, height, ink).toString('base64'), widthMm: mm(width), heightMm: mm(height) };
}

/** Each letter fills its share of the square from 0 to 1. */
function letterInk(letters: readonly string[]): Ink {
  const rows = letters.length > 3 ? Math.ceil(letters.length / 2) : letters.length;
  const columns = Math.ceil(letters.length / rows);
  const shapes = letters.map(shapeOf);
  return (x, y) => {
    const [column, row] = [Math.floor(x * columns), Math.floor(y * rows)];
    if (x < 0 || y < 0 || column >= columns || row >= rows) return false;
    const shape = shapes[(columns - 1 - column) * rows + row];
    return shape?.((x * columns - column) * 1.08 - 0.04, (y * rows - row) * 1.08 - 0.04) ?? false;
  };
}

/** Non-zero winding. */
function shapeOf(letter: string): Ink {
  const [font] = defaultFonts();
  const glyph = font?.characters.glyphOf(letter.codePointAt(0) as number);
  const box = glyph === undefined ? undefined : font?.outlines.boxOf(glyph);
  if (!font || glyph === undefined || !box) throw new RangeError('the default font cannot draw this letter');
  const contours = font.outlines.contoursOf(glyph);
  return (u, v) => {
    const x = box.left + u * (box.right - box.left);
    const y = box.top - v * (box.top - box.bottom);
    return contours.reduce((sum, points) => sum + windingOf(points, x, y), 0) !== 0;
  };
}

function windingOf(points: readonly number[], x: number, y: number): number {
  let winding = 0;
  for (let i = 0; i < points.length; i += 2) {
    const j = (i + 2) % points.length;
    const [ax, ay, bx, by] = [points[i], points[i + 1], points[j], points[j + 1]] as [number, number, number, number];
    if (ay > y === by > y) continue;
    if (ax + ((y - ay) / (by - ay)) * (bx - ax) > x) winding += by > ay ? 1 : -1;
  }
  return winding;
}
