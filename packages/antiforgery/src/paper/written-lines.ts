/** Lines of text, one below the other. */
import { regularOutlines } from './glyph-outlines.ts';
import { drawnText, lineWidth } from './outline-paths.ts';

/** Lines of one size, which is smaller where the longest would not fit. */
export function writtenLines(
  lines: readonly string[],
  { x, y, width }: { x: number; y: number; width: number },
  wanted: number,
): string {
  const longest = Math.max(...lines.map((line) => lineWidth(line, regularOutlines, wanted)));
  const size = wanted * Math.min(1, width / longest);
  return lines
    .map((line, i) => drawnText(line, regularOutlines, { x, y: y + Math.round(i * size * 1.35), size }))
    .join('');
}
