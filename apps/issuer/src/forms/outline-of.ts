/**
 * The shape that a letter must have on the paper, from the font files: what the inspection compares with what was really drawn.
 * A typesetter that silently takes the base for a variation sequence, or whose subset maps to a neighbour, is found by this.
 */
import type { Outline } from '@machikado/inspection';
import type { Font } from './font-manifest.ts';
import { glyphOfLetter } from './letter-glyph.ts';

export function outlineOf(letter: string, fonts: readonly Font[]): Outline | undefined {
  const found = glyphOfLetter(letter, fonts);
  return found && outlineIn(found.font, found.base, found.glyph);
}

const remembered = new WeakMap<Font, Map<string, Outline>>();

/** The same object each time, so that whoever draws it can remember the picture. */
function outlineIn(font: Font, base: number, glyph: number): Outline | undefined {
  const known = remembered.get(font) ?? new Map<string, Outline>();
  const key = `${base} ${glyph}`;
  const outline = known.get(key) ?? readOutline(font, base, glyph);
  if (outline) remembered.set(font, known.set(key, outline));
  return outline;
}

function readOutline(font: Font, base: number, glyph: number): Outline | undefined {
  const box = font.outlines.boxOf(glyph);
  if (!box) return undefined;
  const em = font.outlines.unitsPerEm;
  let lookalikes: readonly Outline[] | undefined;
  return {
    ...{ left: box.left / em, bottom: box.bottom / em, right: box.right / em, top: box.top / em },
    contours: () => font.outlines.contoursOf(glyph).map((points) => points.map((value) => value / em)),
    lookalikes() {
      lookalikes ??= otherForms(font, base, glyph).filter((other) => haveLikeBoxes(other, this));
      return lookalikes;
    },
  };
}

function otherForms(font: Font, base: number, glyph: number): Outline[] {
  const { characters } = font;
  const glyphs = [undefined, ...characters.selectorsOf(base)].map((selector) => characters.glyphOf(base, selector));
  const others = [...new Set(glyphs)].filter((other) => other !== undefined && other !== glyph);
  return others.flatMap((other) => outlineIn(font, base, other as number) ?? []);
}

/** So like that the measured box, which may be off by half as much, does not tell them apart. */
const LIKE_EM = 0.0035;

function haveLikeBoxes(a: Outline, b: Outline): boolean {
  const sides = ['left', 'bottom', 'right', 'top'] as const;
  return sides.every((side) => Math.abs(a[side] - b[side]) <= LIKE_EM);
}
