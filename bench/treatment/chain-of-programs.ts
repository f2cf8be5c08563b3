/**
 * The same work with programs that everybody has, as somebody writes it who wants it quick. The file is checked (qpdf), its pages are rastered at 200 dpi
 * (poppler), cut to black and white and compressed without loss (libvips), enciphered under a derived key and signed (openssl), given a code against
 * dirt (qrencode: QR codes that continue each other) and laid on a back with the line that says whose sheet it is (libvips). RGB becomes CMYK
 * (Ghostscript: none of the others can), and the fronts get けん制文字, cut out where their seal stands (qpdf). What is the same on all sheets is made
 * once, packed once, and only named on each page.
 *
 * It does less than ours: nothing foreign is thrown out of the document, けん制文字 is its ground alone, and there is no strip under the field.
 */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { type PagePicture, picturePage } from './picture-page.ts';

const programs = ['pdftoppm', 'vips', 'openssl', 'qrencode', 'gs', 'qpdf'];

export const missingPrograms = (): string[] =>
  programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);

export interface Chain {
  treat(pdf: Uint8Array): void;
}

const sheetPx = { width: 4961, height: 7016 };
/** Where no dots come: left, bottom, width, height. */
const sealPt = [470.6, 53.9, 62.4, 62.4] as const;

export function chainOfPrograms(folder: string): Chain {
  const at = (name: string) => join(folder, name);
  run('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', at('signing.pem')]);
  const tile = { bits: deflateSync(dots()), stored: 'deflated' } as const;
  const warning = { ...tile, ...sheetPx, dpi: 600, leftPt: 0, topPt: 0 };

  return {
    treat(pdf) {
      writeFileSync(at('in.pdf'), pdf);
      run('qpdf', ['--check', at('in.pdf')]);
      run('pdftoppm', ['-r', '200', '-gray', at('in.pdf'), at('page')]);
      const pages = readdirSync(folder).filter((name) => /^page-\d+\.pgm$/.test(name));
      const backs = pages.map((page) => backOf(at, page, warning));
      // The seal stands elsewhere on each form.
      writeFileSync(at('warning.pdf'), picturePage([{ ...warning, exceptPt: sealPt }]));
      run('gs', [...toCmyk, '-o', at('inked.pdf'), at('in.pdf')]);
      run('qpdf', [at('inked.pdf'), '--overlay', at('warning.pdf'), '--repeat=1', '--', at('fronts.pdf')]);
      const fronts = pages.flatMap((_, i) => [at('fronts.pdf'), String(i + 1), backs[i] as string, '1']);
      run('qpdf', ['--empty', '--pages', ...fronts, '--', at('treated.pdf')]);
      for (const page of pages) rmSync(at(page));
    },
  };
}

/** 2 × 2 dots on every eighth pixel and row, a bit each. */
function dots(): Uint8Array {
  const rowBytes = Math.ceil(sheetPx.width / 8);
  return Buffer.alloc(rowBytes * sheetPx.height).map((_, i) => (Math.floor(i / rowBytes) % 8 < 2 ? 0xc0 : 0));
}

const toCmyk = [
  ...['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=pdfwrite'],
  ...['-sColorConversionStrategy=CMYK', '-sProcessColorModel=DeviceCMYK'],
];

type Place = (name: string) => string;

/** One page with the enciphered picture in QR codes. */
function backOf(at: Place, page: string, warning: PagePicture): string {
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
  const back = at(page.replace('.pgm', '-back.pdf'));
  writeFileSync(back, picturePage([{ ...warning, exceptPt: fieldPt }, ...codesOf(at), lineOf(at)]));
  return back;
}

/** Left, bottom, width, height. */
const fieldPt = [31, 152, 533, 655] as const;
/** Of the largest QR code: modules on a side with its margin, and bytes by how much of it may be spoilt, the most first. */
const sideModules = 177 + 8;
const codeBytes = { Q: 1663, M: 2331, L: 2953 };
/** The first bytes of each say which it is. */
const headBytes = 5;
const codesMax = 16;
/** qrencode reads no more at once. */
const inputMax = 14_000;

function codesOf(at: Place): PagePicture[] {
  const enciphered = readFileSync(at('enciphered'));
  const parts = Array.from({ length: Math.ceil(enciphered.length / inputMax) }, (_, i) =>
    enciphered.subarray(i * inputMax, (i + 1) * inputMax),
  );
  const codesFor = (bytes: number) =>
    parts.reduce((sum, part) => sum + Math.ceil(part.length / (bytes - headBytes)), 0);
  const level = Object.entries(codeBytes).find(([, bytes]) => codesFor(bytes) <= codesMax)?.[0];
  assert(level, 'a usual front');
  const pictures = parts.flatMap((part) => {
    writeFileSync(at('part'), part);
    const large = ['-S', '-v', '40', '-8', '-l', level, '-s', '1', '-m', '4', '-t', 'PNG'];
    run('qrencode', [...large, '-r', at('part'), '-o', at('code.png')]);
    const names = readdirSync(dirname(at('part'))).filter((name) => /^code-\d+\.png$/.test(name));
    return names.sort().map((name) => {
      const picture = pngOf(readFileSync(at(name)));
      rmSync(at(name));
      return picture;
    });
  });
  assert(pictures.length <= codesMax);
  return pictures.map((picture, i) => {
    const place = { leftPt: 31 + (i % 4) * sidePt, topPt: 35 + Math.floor(i / 4) * sidePt };
    return { ...picture, ...place, ink: 0, stored: 'as in a PNG', dpi };
  });
}

/** A module is 0.254 mm, as a cell of ours. */
const dpi = 100;
const sidePt = (sideModules * 72) / dpi;

/** One bit a pixel, all in one or more IDAT. */
function pngOf(png: Buffer): { width: number; height: number; bits: Uint8Array } {
  const parts: Uint8Array[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  assert.equal(png[24], 1, 'one bit a pixel');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), bits: Buffer.concat(parts) };
}

const LINE = ['0f1e2d3c4b5a6978 1 / 2 裏面', '--dpi', '600', '--font', 'sans 9'];

/** libvips writes the rows of such a file one after the other, from its ninth byte on. */
function lineOf(at: Place): PagePicture {
  run('vips', ['text', `${at('line.tif')}[bitdepth=1,compression=none]`, ...LINE]);
  const tiff = readFileSync(at('line.tif'));
  const { width, height } = tiffSize(tiff);
  const bits = tiff.subarray(8, 8 + Math.ceil(width / 8) * height);
  return { bits, stored: 'plain', width, height, dpi: 600, leftPt: 44.64, topPt: 810 };
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
