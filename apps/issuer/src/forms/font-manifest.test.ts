import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultFonts, loadFonts } from './font-manifest.ts';

const { file: builtIn } = defaultFonts()[0] as { file: string };
const sha256 = '5a04846a0e23acefae825f2f459205036a166f5a63462019ce3492d07bd20e92';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fonts-'));
  copyFileSync(builtIn, path.join(folder, 'own.ttf'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const describeOwn = (digest: string) => {
  const font = { family: 'Own', file: 'own.ttf', sha256: digest, licence: 'OFL-1.1', covers: 'a copy' };
  writeFileSync(path.join(folder, 'fonts.json'), JSON.stringify({ fonts: [font] }));
};

test('a font of a folder comes before the built-in one', () => {
  describeOwn(sha256);
  const fonts = loadFonts([folder]);
  expect(fonts.map(({ family }) => family)).toEqual(['Own', 'Noto Serif JP']);
  expect(fonts[0]?.file).toBe(path.join(folder, 'own.ttf'));
});

test('a font other than the one that was written down is not used', () => {
  describeOwn('0'.repeat(64));
  expect(() => loadFonts([folder])).toThrow('Own');
});
