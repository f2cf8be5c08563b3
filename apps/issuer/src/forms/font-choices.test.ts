import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPdfReader } from '@machikado/inspection';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseFonts } from './font-choices.ts';
import { defaultFonts, type Font, loadFonts } from './font-manifest.ts';
import { municipalFonts } from './letters-table.ts';
import { missingGlyphs } from './missing-glyphs.ts';
import { builtInFont, renamed, withoutSequences, withPrivateUse, writeFontFolder } from './testing/altered-fonts.ts';
import { createLetterSheets } from './testing/letter-sheets.ts';

const reader = createPdfReader({ workers: 1 });
let folder: string;
/** A font without any sequence before the built-in one, and a 外字 font of one town. */
let fonts: readonly Font[];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fonts-'));
  const plain = writeFontFolder(path.join(folder, 'plain'), renamed(withoutSequences(builtInFont()), 'Moto Serif JP'), {
    family: 'Moto Serif JP',
  });
  const gaiji = writeFontFolder(
    path.join(folder, 'own'),
    renamed(withPrivateUse(builtInFont(), 0xf0000), 'YunagiGaijiJP'),
    {
      family: 'YunagiGaijiJP',
      privateUse: ['U+F0000-F00FF'],
    },
  );
  fonts = loadFonts([gaiji, plain]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await reader.close();
});

const table = { privateUse: [{ letters: 'U+F0000-F00FF', font: 'YunagiGaijiJP' }] };

test('a form in which every letter comes from the first font is told nothing', () => {
  expect(chooseFonts('夕凪　葛\u{E0100}子 𠮷 か\u3099', defaultFonts())).toEqual({
    fonts: ['Noto Serif JP'],
    letters: [],
  });
});

test('a sequence that only the second font has is drawn by the second font', () => {
  const text = '葛\u{E0100}葛辻\u{E0100}';
  expect(missingGlyphs(text, fonts)).toEqual([]);
  expect(chooseFonts(text, fonts)).toEqual({
    fonts: ['Moto Serif JP', 'Noto Serif JP'],
    letters: [{ font: 'Noto Serif JP', pattern: '\\x{845b}\\x{e0100}|\\x{8fbb}\\x{e0100}' }],
  });
});

test('a 外字 is drawn by the font of the table, which draws nothing else', () => {
  const own = municipalFonts(fonts, [table]);
  expect(chooseFonts('\u{F0000}一', own)).toEqual({
    fonts: ['Moto Serif JP', 'Noto Serif JP'],
    letters: [{ font: 'YunagiGaijiJP', pattern: '\\x{f0000}' }],
  });
});

describe('what Typst draws by these choices', () => {
  const letters = [
    '葛',
    '葛\u{E0100}',
    '辻',
    '辻\u{E0100}',
    '神',
    '神\uFE00',
    '\uFA19',
    '𠮷',
    '一',
    'か\u3099',
    'が',
    '＊',
    'A',
  ];

  test('is the exact form of each letter, wherever its font stands in the order', async () => {
    const sheets = createLetterSheets(municipalFonts(fonts, [table]), reader);
    expect((await sheets.inspect([...letters, '\u{F0000}'])).found).toEqual([]);
  });

  test('would be the bare base without them', async () => {
    const first = fonts.find(({ family }) => family === 'Moto Serif JP') as Font;
    const asFirst = { ...(defaultFonts()[0] as Font), family: first.family };
    const sheets = createLetterSheets([asFirst], reader, [first.file]);
    expect((await sheets.inspect(['葛\u{E0100}', '葛', '夕'])).found).toEqual([
      { letter: '葛\u{E0100}', codePoints: 'U+845B U+E0100', codes: ['shape-differs'] },
    ]);
  });
});

test('two letters of one glyph on one page are read back each as itself', async () => {
  const twins = ['一', '一\u{E0100}', '\u2F00', '神', '神\u{E0100}', 'が', 'か\u3099', '𠮷', '𠮷\u{E0100}'];
  expect(missingGlyphs(twins.join(''))).toEqual([]);
  const sheets = createLetterSheets(defaultFonts(), reader);
  expect((await sheets.inspect([...twins, ...twins.toReversed()])).found).toEqual([]);
  expect((await sheets.inspect(twins.toReversed())).found).toEqual([]);
});
