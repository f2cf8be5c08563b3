/**
 * The same work with programs that everybody has. The file is checked (qpdf), its pages are rastered at 200 dpi (poppler), cut to black and white and compressed without loss (libvips), enciphered under a derived key and signed (openssl) and drawn as a field
 * of dots on a back with the line that says whose sheet it is (libvips). けん制文字 is laid over the front at 600 dpi except where its seal stands
 * (libvips), RGB becomes CMYK (Ghostscript: none of the others can), and all is put together (qpdf). What is the same on all sheets is made once.
 * No program of the chain protects the picture against dirt, as ours does.
 */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { picturePage } from './picture-page.ts';

const programs = ['pdftoppm', 'vips', 'openssl', 'gs', 'qpdf'];

export const missingPrograms = (): string[] =>
  programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);

export interface Chain {
  treat(pdf: Uint8Array): void;
}

const sheetPx = { width: 4961, height: 7016 };
/** Where no dots come: left, top. */
const seal = ['3921', '6047'];

export function chainOfPrograms(folder: string): Chain {
  const at = (name: string) => join(folder, name);
  run('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', at('signing.pem')]);
  run('vips', ['black', at('seal.v'), '520', '520']);
  const dots = Buffer.alloc(8 * sheetPx.width)
    .fill(255, 0, sheetPx.width * 2)
    .map((ink, i) => (i % 8 < 2 ? ink : 0));
  writeFileSync(at('rows.pgm'), Buffer.concat([Buffer.from(`P5\n${sheetPx.width} 8\n255\n`), dots]));
  run('vips', ['replicate', at('rows.pgm'), at('dots.v'), '1', String(sheetPx.height / 8)]);
  run('vips', ['copy', at('dots.v'), `${at('dots.tif')}${oneBit}`]);
  const warning = bitsPage(at, 'dots.tif', 'warning.pdf');

  return {
    treat(pdf) {
      writeFileSync(at('in.pdf'), pdf);
      run('qpdf', ['--check', at('in.pdf')]);
      run('pdftoppm', ['-r', '200', '-gray', at('in.pdf'), at('page')]);
      const pages = readdirSync(folder).filter((name) => /^page-\d+\.pgm$/.test(name));
      run('qpdf', ['--empty', '--pages', ...pages.map((page) => backOf(at, page)), '--', at('plain.pdf')]);
      run('qpdf', ['--empty', '--pages', ...pages.map((page) => warningFor(at, page)), '--', at('warnings.pdf')]);
      run('gs', [...toCmyk, '-o', at('inked.pdf'), at('in.pdf')]);
      run('qpdf', [at('inked.pdf'), '--overlay', at('warnings.pdf'), '--', at('fronts.pdf')]);
      run('qpdf', [at('plain.pdf'), '--underlay', warning, '--repeat=1', '--', at('backs.pdf')]);
      run('qpdf', ['--empty', '--collate', '--pages', at('fronts.pdf'), at('backs.pdf'), '--', at('treated.pdf')]);
      for (const page of pages) rmSync(at(page));
    },
  };
}

const toCmyk = [
  ...['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=pdfwrite'],
  ...['-sColorConversionStrategy=CMYK', '-sProcessColorModel=DeviceCMYK'],
];

type Place = (name: string) => string;

function warningFor(at: Place, page: string): string {
  run('vips', ['insert', at('dots.v'), at('seal.v'), `${at('front.tif')}${oneBit}`, ...seal]);
  return bitsPage(at, 'front.tif', page.replace('.pgm', '-warning.pdf'));
}

const oneBit = '[bitdepth=1,compression=none]';

/** libvips writes the rows of such a file one after the other, from its ninth byte on. */
function bitsPage(at: Place, tiff: string, name: string): string {
  const { width, height } = sheetPx;
  const bits = readFileSync(at(tiff)).subarray(8, 8 + Math.ceil(width / 8) * height);
  writeFileSync(at(name), picturePage({ bits, ...sheetPx, dpi: 600, leftPt: 0, topPt: 0 }));
  return at(name);
}

/** One page with the enciphered picture as a field of 704 × 896 dots. */
function backOf(at: Place, page: string): string {
  const coded = `${at('coded.tif')}[bitdepth=1,compression=ccittfax4]`;
  run('vips', ['relational_const', at(page), coded, 'more', '199']);
  const derived = run('openssl', [
    ...['kdf', '-keylen', '48', '-kdfopt', 'digest:SHA256', '-kdfopt', `hexkey:${'00'.repeat(32)}`],
    ...['-kdfopt', `hexsalt:${'00'.repeat(16)}`, '-kdfopt', 'info:scramble-v1', 'HKDF'],
  ]).replace(/[:\s]/g, '');
  const key = ['-K', derived.slice(0, 64), '-iv', derived.slice(64)];
  run('openssl', ['enc', '-aes-256-ctr', ...key, '-in', at('coded.tif'), '-out', at('enciphered')]);
  const files = ['-in', at('enciphered'), '-out', at('signature')];
  run('openssl', ['pkeyutl', '-sign', '-rawin', '-inkey', at('signing.pem'), ...files]);
  // Repeated until the field is full.
  const bits = Buffer.alloc((704 * 896) / 8, readFileSync(at('enciphered')));
  const field = at(page.replace('.pgm', '-field.pdf'));
  writeFileSync(field, picturePage({ bits, width: 704, height: 896, dpi: 100, leftPt: 44.64, topPt: 44.64 }));
  const line = at(page.replace('.pgm', '-line.pdf'));
  run('vips', [
    'text',
    `${at('line.tif')}${oneBit}`,
    '0f1e2d3c4b5a6978 1 / 2 裏面',
    '--dpi',
    '600',
    '--font',
    'sans 9',
  ]);
  const { width, height } = tiffSize(readFileSync(at('line.tif')));
  const letters = readFileSync(at('line.tif')).subarray(8, 8 + Math.ceil(width / 8) * height);
  writeFileSync(line, picturePage({ bits: letters, width, height, dpi: 600, leftPt: 44.64, topPt: 810 }));
  const back = at(page.replace('.pgm', '-back.pdf'));
  run('qpdf', [field, '--overlay', line, '--', back]);
  return back;
}

/** Tags 256 and 257 of the first directory. */
function tiffSize(tiff: Buffer): { width: number; height: number } {
  const directory = tiff.readUInt32LE(4);
  const entries = Array.from({ length: tiff.readUInt16LE(directory) }, (_, i) => directory + 2 + 12 * i);
  const fieldOf = (tag: number) => {
    const entry = entries.find((at) => tiff.readUInt16LE(at) === tag);
    assert(entry !== undefined);
    return tiff.readUInt16LE(entry + 2) === 3 ? tiff.readUInt16LE(entry + 8) : tiff.readUInt32LE(entry + 8);
  };
  return { width: fieldOf(256), height: fieldOf(257) };
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  assert(status === 0, `${program} ended with ${status}: ${stderr}`);
  return stdout;
}
