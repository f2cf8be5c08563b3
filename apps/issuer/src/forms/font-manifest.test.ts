import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultFonts, describeFont, loadFonts } from './font-manifest.ts';
import { builtInFont, renamed, writeFontFolder } from './testing/altered-fonts.ts';

const { file: builtIn } = defaultFonts()[0] as { file: string };
const family = 'Moto Serif JP';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fonts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, row: Parameters<typeof writeFontFolder>[2], font = renamed(builtInFont(), family)) =>
  writeFontFolder(path.join(folder, name), font, { family, ...row });

test('fonts of the folders come before the built-in one, in order', () => {
  const fonts = loadFonts([
    write('own', {}),
    write('more', { family: 'Soko Serif JP' }, renamed(builtInFont(), 'Soko Serif JP')),
  ]);
  expect(fonts.map((font) => font.family)).toEqual([family, 'Soko Serif JP', 'Noto Serif JP']);
  expect(fonts[0]?.file).toBe(path.join(folder, 'own/font.ttf'));
});

test('a manifest may name a file anywhere on the machine', () => {
  copyFileSync(path.join(write('own', {}), 'font.ttf'), path.join(folder, 'elsewhere.ttf'));
  const [font] = loadFonts([write('far', { file: path.join(folder, 'elsewhere.ttf') })]);
  expect(font?.file).toBe(path.join(folder, 'elsewhere.ttf'));
});

test('a font other than the one that was written down is not used', () => {
  expect(() => loadFonts([write('other', { sha256: '0'.repeat(64) })])).toThrow(family);
});

test('a font under another name than its own is not used: the typesetter would not find it', () => {
  expect(() => loadFonts([write('misnamed', { family: 'Some Serif JP' })])).toThrow('Moto Serif JP by its own name');
});

test('two files of one family are refused', () => {
  const fonts = [write('one', {}), write('two', {})];
  expect(() => loadFonts(fonts)).toThrow('two font files of the family Moto Serif JP');
});

test('collections and fonts without TrueType outlines are refused', () => {
  for (const tag of ['ttcf', 'OTTO']) {
    const font = builtInFont();
    font.write(tag, 0, 'latin1');
    expect(() => loadFonts([write(tag, {}, font)])).toThrow('not a single font with TrueType outlines');
  }
});

test('says what a manifest needs to say of a font', () => {
  expect(describeFont(builtIn)).toEqual({
    family: 'Noto Serif JP',
    file: builtIn,
    sha256: '5a04846a0e23acefae825f2f459205036a166f5a63462019ce3492d07bd20e92',
    covers: '16726 letters, 13416 variation sequences, 0 private-use letters',
  });
  const file = path.join(folder, 'no-font.ttf');
  writeFileSync(file, 'this is no font');
  expect(() => describeFont(file)).toThrow('TrueType');
});
