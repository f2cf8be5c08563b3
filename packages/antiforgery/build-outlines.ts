/**
 * Writes src/paper/glyph-outlines.ts: the outlines of the letters that the paper shows, from BIZ UDPGothic (Morisawa, SIL Open Font
 * License 1.1), so that no font is needed when a sheet is treated.
 *
 *   node --import tsx packages/antiforgery/build-outlines.ts
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calibrationWords, sheetLine, stripWords } from './src/paper/words.ts';

interface Command {
  readonly type: 'M' | 'L' | 'Q' | 'C' | 'Z';
  readonly x: number;
  readonly y: number;
  readonly x1?: number;
  readonly y1?: number;
}
interface Font {
  readonly unitsPerEm: number;
  charToGlyph(letter: string): { index: number; advanceWidth: number; path: { commands: readonly Command[] } };
}

const require = createRequire(import.meta.url);
const opentype = require('opentype.js') as { parse(bytes: ArrayBuffer): Font };
const fontFolder = dirname(require.resolve('@expo-google-fonts/biz-udpgothic/package.json'));

/** What codes and addresses are written with, and all words. */
const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
const words = JSON.stringify([stripWords, calibrationWords]) + sheetLine('', 1, 1) + ascii;

const file = [
  '/**',
  ' * Written by build-outlines.ts; do not edit. Outlines of letters of BIZ UDPGothic, by letter: how far the pen moves on, and the contour in',
  ' * thousandths of an em, y upwards from the base line (M, L, Q and Z as in SVG).',
  ' *',
  ' * Copyright 2022 The BIZ UDGothic Project Authors (https://github.com/googlefonts/morisawa-biz-ud-mincho)',
  ' * This Font Software is licensed under the SIL Open Font License, Version 1.1: see OFL.txt beside this file.',
  ' */',
  'export interface Outline {',
  '  readonly advance: number;',
  '  readonly contour: string;',
  '}',
  '',
  tableOf('boldOutlines', '700Bold/BIZUDPGothic_700Bold.ttf', '複写証'),
  tableOf('regularOutlines', '400Regular/BIZUDPGothic_400Regular.ttf', words),
].join('\n');
const target = fileURLToPath(new URL('src/paper/glyph-outlines.ts', import.meta.url));
writeFileSync(target, file);
execFileSync('npx', ['biome', 'format', '--write', target], { stdio: 'inherit' });
writeFileSync(new URL('src/paper/OFL.txt', import.meta.url), readFileSync(join(fontFolder, 'LICENSE_FONT')));

function tableOf(name: string, font: string, letters: string): string {
  const { buffer, byteOffset, length } = readFileSync(join(fontFolder, font));
  const parsed = opentype.parse(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);
  const rows = [...new Set(letters)].sort().map((letter) => {
    const { advance, contour } = outlineOf(parsed, letter);
    const key = /[A-Za-z_\u3040-\u30ff\u4e00-\u9fff]/.test(letter) ? letter : quoted(letter);
    return `  ${key}: { advance: ${advance}, contour: '${contour}' },\n`;
  });
  return `export const ${name}: Readonly<Record<string, Outline>> = {\n${rows.join('')}};\n`;
}

function outlineOf(font: Font, letter: string): { advance: number; contour: string } {
  const { index, advanceWidth, path } = font.charToGlyph(letter);
  if (index === 0) throw new RangeError(`the font has no ${letter}`);
  const scaled = (value: number) => Math.round((value * 1000) / font.unitsPerEm);
  const contour = path.commands.map(({ type, x, y, x1 = 0, y1 = 0 }) => {
    if (type === 'C') throw new TypeError('a TrueType outline has no cubic curves');
    if (type === 'Z') return type;
    return type + (type === 'Q' ? [x1, y1, x, y] : [x, y]).map(scaled).join(' ');
  });
  // The font repeats the ends of curves as lines of no length.
  const drawn = contour.filter((one, i) => !(one.startsWith('L') && endOf(one) === endOf(contour[i - 1] ?? '')));
  return { advance: scaled(advanceWidth), contour: drawn.join('') };
}

function endOf(command: string): string {
  return command.slice(1).split(' ').slice(-2).join(' ');
}

function quoted(letter: string): string {
  if (/[0-9]/.test(letter)) return letter;
  return letter === "'" ? `"'"` : letter === '\\' ? `'\\\\'` : `'${letter}'`;
}
