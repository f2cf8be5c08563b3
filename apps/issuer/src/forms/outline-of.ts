/**
 * The shape that a letter must have on the paper, from the font files: what the inspection compares with what was really drawn.
 * A typesetter that silently takes the base for a variation sequence, or whose subset maps to a neighbour, is found by this.
 */
import type { Outline } from '@machikado/inspection';
import type { Font } from './font-manifest.ts';

export function outlineOf(letter: string, fonts: readonly Font[]): Outline | undefined {
  const [base, selector, more] = Array.from(letter, (part) => part.codePointAt(0) as number);
  if (base === undefined || more !== undefined) return undefined;
  const font = fonts.find(({ characters }) => characters.has(base));
  const glyph = font?.characters.glyphOf(base, selector);
  const box = glyph === undefined ? undefined : font?.outlines?.boxOf(glyph);
  if (!font?.outlines || !box) return undefined;
  const em = font.outlines.unitsPerEm;
  return { left: box.left / em, bottom: box.bottom / em, right: box.right / em, top: box.top / em };
}
