/**
 * 公印 of an invented town, drawn by code: up to nine letters in columns from right to left inside a double frame, as seals
 * are cut. A real municipality puts the scan of its own seal in its place. Letters are outlines, not text: nobody can copy the
 * words of a seal out of a PDF, and the inspection reads the seal as ink.
 */
import { graphemesOf } from '@machikado/domain';
import { defaultFonts, type Font } from './font-manifest.ts';

const VERMILION = '#c8321e';
const SIDE = 1000;
const FRAME = 70;

export function drawSeal(letters: string): string {
  const [font] = defaultFonts();
  if (!font) throw new Error('the font manifest is empty');
  const cells = graphemesOf(letters);
  const rows = Math.ceil(Math.sqrt(cells.length));
  const columns = Math.ceil(cells.length / rows);
  const width = (SIDE - 2 * FRAME) / columns;
  const height = (SIDE - 2 * FRAME) / rows;
  const paths = cells.map((letter, i) => {
    const x = FRAME + (columns - 1 - Math.floor(i / rows)) * width;
    const y = FRAME + (i % rows) * height;
    return letterPath(font, letter, { x, y, width, height });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">`,
    `<rect width="${SIDE}" height="${SIDE}" fill="#ffffff"/>`,
    `<rect x="20" y="20" width="${SIDE - 40}" height="${SIDE - 40}" fill="none" stroke="${VERMILION}" stroke-width="40"/>`,
    `<g fill="${VERMILION}" stroke="${VERMILION}" stroke-linejoin="round">${paths.join('')}</g>`,
    '</svg>',
  ].join('');
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Seal letters fill their cell to the edge, so each outline is stretched to it; a stroke makes thin lines as thick as cut ones. */
function letterPath({ characters, outlines }: Font, letter: string, cell: Cell): string {
  const glyph = characters.glyphOf(letter.codePointAt(0) as number);
  const box = glyph === undefined ? undefined : outlines.boxOf(glyph);
  if (!box || glyph === undefined) throw new RangeError('the default font cannot draw this letter');
  const { left, right, bottom, top } = box;
  const margin = 0.06;
  const scaleX = (cell.width * (1 - 2 * margin)) / (right - left);
  const scaleY = (cell.height * (1 - 2 * margin)) / (top - bottom);
  const x = cell.x + cell.width * margin - left * scaleX;
  const y = cell.y + cell.height * margin + top * scaleY;
  const matrix = [scaleX, 0, 0, -scaleY, x, y].map((value) => Number(value.toFixed(4))).join(' ');
  return `<path transform="matrix(${matrix})" stroke-width="16" d="${outlines.pathOf(glyph)}"/>`;
}
