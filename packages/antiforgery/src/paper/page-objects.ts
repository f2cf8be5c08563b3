/** Objects of a page that more than one document uses: けん制文字 as a pattern, and pictures of one bit a pixel. */
import { tileSize } from './copy-warning.ts';
import { patternToPixels, picture } from './operators.ts';
import { type PdfWriter, refTo } from './pdf-writer.ts';

export const flate = '/Filter /FlateDecode';

/**
 * A pattern without a colour of its own; origin and steps are whole device pixels, or seams would be seen. TilingType 1: the same pixels in
 * each tile (with 2, Ghostscript lays all but the first a pixel aside).
 */
export function writeWarning(writer: PdfWriter, deflatedTile: Uint8Array): number {
  const tile = writeMask(writer, deflatedTile, { ...tileSize, filter: flate });
  const { width, height } = tileSize;
  const operators = picture('Tile', { x: 0, y: 0, width, height });
  return writer.stream(
    `/Type /Pattern /PatternType 1 /PaintType 2 /TilingType 1 /BBox [0 0 ${width} ${height}] /XStep ${width} /YStep ${height} /Matrix [${patternToPixels}] /Resources <</XObject <</Tile ${refTo(tile)}>>>>`,
    Buffer.from(operators, 'latin1'),
  );
}

/** One bit a pixel, 1 = ink; never smoothed. */
export function writeMask(
  writer: PdfWriter,
  data: Uint8Array,
  { width, height, filter }: { width: number; height: number; filter: string },
): number {
  const kind = '/Type /XObject /Subtype /Image /ImageMask true /BitsPerComponent 1 /Decode [1 0] /Interpolate false';
  return writer.stream(`${kind} /Width ${width} /Height ${height} ${filter}`, data);
}
