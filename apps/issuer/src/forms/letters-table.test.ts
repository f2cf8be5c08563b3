import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Font, loadFonts } from './font-manifest.ts';
import { municipalFonts } from './letters-table.ts';
import { missingGlyphs } from './missing-glyphs.ts';
import { builtInFont, renamed, withPrivateUse, writeFontFolder } from './testing/altered-fonts.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fonts-'));
const family = 'YunagiGaijiJP';
let fonts: readonly Font[];
const load = (privateUse: readonly string[] | undefined, name = family) =>
  loadFonts([
    writeFontFolder(
      path.join(folder, privateUse?.join() ?? 'none'),
      renamed(withPrivateUse(builtInFont(), 0xf0001), name),
      {
        family: name,
        ...(privateUse && { privateUse }),
      },
    ),
  ]);
beforeAll(() => {
  fonts = load(['U+F0000-F00FF']);
});
afterAll(() => rmSync(folder, { recursive: true }));

const LETTER = '\u{F0001}';
const table = { privateUse: [{ letters: 'U+F0000-F0001', font: family }] };

test('a 外字 that the table of the municipality gives to a font is printed', () => {
  expect(missingGlyphs(`夕${LETTER}`, municipalFonts(fonts, [table]))).toEqual([]);
});

test('another municipality on the same server does not get it', () => {
  expect(missingGlyphs(LETTER, municipalFonts(fonts, []))).toEqual([LETTER]);
  expect(missingGlyphs(LETTER, fonts)).toEqual([LETTER]);
});

test('neither the table alone nor the manifest alone is enough', () => {
  const elsewhere = { privateUse: [{ letters: 'U+F0002-F00FF', font: family }] };
  expect(missingGlyphs(LETTER, municipalFonts(fonts, [elsewhere]))).toEqual([LETTER]);
  expect(missingGlyphs(LETTER, municipalFonts(load(['U+F0002']), [table]))).toEqual([LETTER]);
  expect(() => municipalFonts(load(undefined, 'Moto Serif JP'), [table])).toThrow(family);
});

test('what the table and the manifest give but the font does not have stays missing', () => {
  expect(missingGlyphs('\u{F0000}', municipalFonts(fonts, [table]))).toEqual(['\u{F0000}']);
});

test('with a selector or a mark it is another letter', () => {
  expect(missingGlyphs(`${LETTER}\u{E0100}`, municipalFonts(fonts, [table]))).toEqual([`${LETTER}\u{E0100}`]);
});

test('a 外字 font draws no ordinary letter', () => {
  const [own] = fonts as [Font];
  expect(own.characters.has(0x5915)).toBe(false);
  expect(own.privateUse?.has(0x5915)).toBe(false);
});

test('a table cannot give ordinary letters away', () => {
  expect(() => municipalFonts(fonts, [{ privateUse: [{ letters: 'U+5915', font: family }] }])).toThrow('private-use');
});

test('the national table and the municipality’s own hold together, the first one that names a letter first', () => {
  const national = { privateUse: [{ letters: 'U+F0001', font: family }] };
  expect(missingGlyphs(LETTER, municipalFonts(fonts, [national, table]))).toEqual([]);
});
