/**
 * 外字表: which font draws which private-use letter, for one municipality. The national one (行政事務標準文字 MJ+ stands in private-use
 * planes) and the municipality’s own have the same shape; the settings of a municipality name those that hold for it. A
 * letter is drawn only where both the table and the font manifest say so, hence never with the 外字 of another town.
 */
import { type Static, Type } from 'typebox';
import { onlyLetters } from './character-map.ts';
import { includes, isPrivateUse, parseCodePoints } from './code-points.ts';
import type { Font } from './font-manifest.ts';

export const LettersTable = Type.Object(
  {
    privateUse: Type.Array(
      Type.Object(
        {
          letters: Type.String({ pattern: '^U\\+[0-9A-F]{4,6}(-[0-9A-F]{4,6})?$', description: '「U+E000-E0FF」.' }),
          font: Type.String({ minLength: 1, description: 'Family of a font in the manifest.' }),
        },
        { additionalProperties: false, description: 'Letters that one font draws.' },
      ),
      { description: 'The first row that names a letter counts.' },
    ),
  },
  { additionalProperties: false, description: '外字表.' },
);
export type LettersTable = Static<typeof LettersTable>;

/** The fonts of one municipality: those for all, then what its tables (in order) give it of the 外字 fonts. Keep the list: what was looked up is remembered by it. */
export function municipalFonts(fonts: readonly Font[], tables: readonly LettersTable[]): readonly Font[] {
  const common = fonts.filter(({ privateUse }) => !privateUse);
  const own = tables.flatMap(({ privateUse }) =>
    privateUse.map(({ letters, font: family }) => {
      const font = fonts.find((one) => one.family === family && one.privateUse);
      if (!font?.privateUse) throw new Error(`no font of the manifest draws private-use letters as ${family}`);
      const range = parseCodePoints(letters);
      if (!isPrivateUse(range.from) || !isPrivateUse(range.to))
        throw new Error(`${letters} are no private-use letters`);
      return { ...font, characters: onlyLetters(font.privateUse, (point) => includes([range], point)) };
    }),
  );
  return [...common, ...own];
}
