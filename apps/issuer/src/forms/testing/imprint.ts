/** 印影 of invented people: letters of the default font stretched into a ring, as a bilevel PNG of 600 dpi. */
import { deflateSync } from 'node:zlib';
import { graphemesOf } from '@machikado/domain';
import type { SealRegistration } from '@machikado/protocol';
import { defaultFonts } from '../font-manifest.ts';

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

/** Greyscale of one bit (ISO/IEC 15948): a bit that is set is white. */
function bilevelPng(width: number, height: number, ink: Ink): Buffer {
  const bytes = Math.ceil(width / 8) + 1;
  const rows = Buffer.alloc(bytes * height, 0xff);
  for (let y = 0; y < height; y += 1) {
    rows[y * bytes] = 0;
    for (let x = 0; x < width; x += 1) {
      const at = y * bytes + 1 + (x >> 3);
      if (ink((x + 0.5) / width, (y + 0.5) / height)) rows[at] = (rows[at] as number) & ~(0x80 >> (x & 7));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND')]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
