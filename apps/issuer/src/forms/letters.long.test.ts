/**
 * Every letter of every font that is at hand, through typesetting and inspection: exactly set, drawn right, read back; or refused
 * before with its code points. And each form of a letter drawn as its base, as tools silently do.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPdfReader } from '@machikado/inspection';
import { afterAll, describe, expect, test } from 'vitest';
import { defaultFonts, type Font } from './font-manifest.ts';
import { codePointsOf, missingGlyphs } from './missing-glyphs.ts';
import { resequencedToBase } from './testing/altered-fonts.ts';
import { ipamjFonts, lettersOfFont, withIpamj } from './testing/ipamj.ts';
import { createLetterSheets, type LetterSheets, lettersPerSheet } from './testing/letter-sheets.ts';

const reader = createPdfReader({ workers: 1 });
const folder = mkdtempSync(path.join(tmpdir(), 'fonts-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await reader.close();
});

const SHEETS = 8;
/** Dashes of two and three ems reach into the next cell. */
const widerThanACell = /[\u2E3A\u2E3B]/;

async function inspectAll(sheets: LetterSheets, letters: readonly string[], pt?: number) {
  const found: string[] = [];
  for (let i = 0; i < letters.length; i += SHEETS * lettersPerSheet) {
    const some = await sheets.inspect(letters.slice(i, i + SHEETS * lettersPerSheet), pt);
    found.push(...some.found.map(({ codePoints, codes }) => `${codePoints} ${codes.join(' ')}`));
  }
  return found;
}

/** `least`: share of the forms drawn as their base that must be found; the rest differ by less than hinting moves a stroke. */
function everyLetter(load: () => readonly Font[], known: { ideographs: number; sequences: number }, least: number) {
  const fonts = load();
  const [first] = fonts as readonly [Font];
  const { letters, ideographs, sequences } = lettersOfFont(first);
  const isPrintable = (letter: string) => missingGlyphs(letter, fonts).length === 0;

  test('has what it is known to have', () => {
    expect({ ideographs: ideographs.length, sequences: sequences.length }).toEqual(known);
  });

  test.each([10.5, 6])('each letter and each sequence, at %s pt', async (pt) => {
    const all = [...letters, ...sequences];
    const printable = all.filter((letter) => isPrintable(letter) && !widerThanACell.test(letter));
    const refused = all.filter((letter) => !isPrintable(letter));
    console.log(
      `${first.family} ${pt} pt: ${printable.length} letters; refused: ${refused.map(codePointsOf).join(', ')}`,
    );
    expect(refused.filter((letter) => /^[\p{Ideographic}\p{Script=Kana}\p{Script=Hira}A-Z]/u.test(letter))).toEqual([]);
    expect(await inspectAll(createLetterSheets(fonts, reader), printable, pt)).toEqual([]);
  });

  test('a form drawn as its base is found', async () => {
    const { characters } = first;
    const forms = sequences.filter((letter) => {
      const [base, selector] = Array.from(letter, (part) => part.codePointAt(0)) as [number, number];
      return characters.glyphOf(base, selector) !== characters.glyphOf(base);
    });
    const file = path.join(folder, `${first.family}.ttf`);
    writeFileSync(file, resequencedToBase(readFileSync(first.file), characters));
    const found = await inspectAll(createLetterSheets([first], reader, [file]), forms);
    console.log(`${first.family}: ${found.length} of ${forms.length} forms drawn as their base are found`);
    expect(found.length / forms.length).toBeGreaterThan(least);
  });
}

describe('the built-in font', () => everyLetter(defaultFonts, { ideographs: 13_736, sequences: 13_416 }, 0.95));

describe('IPAmj明朝', () => {
  withIpamj(() => everyLetter(ipamjFonts, { ideographs: 52_605, sequences: 11_474 }, 0.9));
});
