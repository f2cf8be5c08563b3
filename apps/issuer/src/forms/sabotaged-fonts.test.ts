/** A font file that says one letter and draws another: text extraction would never notice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPdfReader } from '@machikado/inspection';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultFonts, loadFonts } from './font-manifest.ts';
import { missingGlyphs } from './missing-glyphs.ts';
import { blanked, builtInFont, renamed, resequenced, swapped, writeFontFolder } from './testing/altered-fonts.ts';
import { createLetterSheets, type LetterSheets } from './testing/letter-sheets.ts';

const reader = createPdfReader({ workers: 1 });
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fonts-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await reader.close();
});

const name = ['夕', '凪', '　', '葛\u{E0100}', '子', '葛', '辻\u{E0100}', '辻', '儲\u{E0100}', '儲'];
const fileOf = (kind: string, font: Buffer) => path.join(writeFontFolder(path.join(folder, kind), font), 'font.ttf');
/** Small, so that two letters stand in one cell: a blank alone in its text is not even extracted. */
const codesOn = async (sheets: LetterSheets, texts: readonly string[]) =>
  (await sheets.inspect(texts, 5)).found.map(({ letter, codes }) => [letter, ...codes]);
const letters = async (sheets: LetterSheets) =>
  (await sheets.inspect(name)).found.map(({ letter, codes }) => [letter, ...codes]);

test('the font that the manifest names passes', async () => {
  expect(await letters(createLetterSheets(defaultFonts(), reader))).toEqual([]);
});

describe('put in the place of the font that the manifest names', () => {
  const withFont = (file: string) => createLetterSheets(defaultFonts(), reader, [file]);

  test('blank glyphs are found', async () => {
    const file = fileOf('blank', blanked(builtInFont(), '凪子'));
    expect(await codesOn(withFont(file), ['夕凪', '夕子', '夕葛'])).toEqual([
      ['夕凪', 'ink-missing'],
      ['夕子', 'ink-missing'],
    ]);
  });

  test('two glyphs in each other’s place are found', async () => {
    const file = fileOf('swapped', swapped(builtInFont(), '凪', '汐'));
    expect(await letters(withFont(file))).toEqual([['凪', 'shape-differs']]);
  });

  test('and so are two whose boxes are alike', async () => {
    const [one, other] = ['夕', '子'];
    const file = fileOf('twins', swapped(builtInFont(), one, other));
    expect(await letters(withFont(file))).toEqual([
      [one, 'shape-differs'],
      [other, 'shape-differs'],
    ]);
  });

  test('a sequence that draws its base is found, also where base and form have the same box', async () => {
    let font = builtInFont();
    for (const letter of ['葛', '辻', '儲']) font = resequenced(font, `${letter}\u{E0100}`, letter);
    expect(await letters(withFont(fileOf('base', font)))).toEqual([
      ['葛\u{E0100}', 'shape-differs'],
      ['辻\u{E0100}', 'shape-differs'],
      ['儲\u{E0100}', 'shape-differs'],
    ]);
  });
});

test('with a manifest of its own, blank glyphs are refused before anything is typeset, and found if it is', async () => {
  const file = renamed(blanked(builtInFont(), '凪子'), 'Moto Serif JP');
  const fonts = loadFonts([writeFontFolder(path.join(folder, 'own'), file, { family: 'Moto Serif JP' })]);
  expect(missingGlyphs(name.join(''), fonts)).toEqual(['凪', '子']);
  expect(await codesOn(createLetterSheets(fonts, reader), ['夕凪', '夕葛'])).toEqual([['夕凪', 'ink-missing']]);
});
