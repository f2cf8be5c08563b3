/** Font files as nobody should make them: the built-in one with a change inside, each in a folder with its own `fonts.json`. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CharacterMap } from '../character-map.ts';
import { defaultFonts, type Font, type ManifestRow } from '../font-manifest.ts';
import { getTable } from '../font-tables.ts';

/** Writes the font and its manifest; gives the folder for `fontDirs`. */
export function writeFontFolder(folder: string, font: Buffer, row: Partial<ManifestRow> = {}): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'font.ttf'), font);
  const sha256 = createHash('sha256').update(font).digest('hex');
  const said = { family: 'Noto Serif JP', file: 'font.ttf', sha256, licence: 'OFL-1.1', covers: 'a test', ...row };
  writeFileSync(path.join(folder, 'fonts.json'), JSON.stringify({ fonts: [said] }));
  return folder;
}

const [builtIn] = defaultFonts() as readonly [Font];

export function builtInFont(): Buffer {
  return readFileSync(builtIn.file);
}

/** The number of the glyph that the built-in font draws. */
export function glyphNumber(letter: string): number {
  const [base, selector] = Array.from(letter, (part) => part.codePointAt(0) as number);
  return builtIn.characters.glyphOf(base as number, selector) as number;
}

/** Under another family name of the same length. */
export function renamed(font: Buffer, family: string): Buffer {
  const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16();
  const [from, to] = [utf16(builtIn.family), utf16(family)];
  if (from.length !== to.length) throw new RangeError('the name needs the same length');
  for (let at = font.indexOf(from); at !== -1; at = font.indexOf(from, at + 1)) to.copy(font, at);
  return font;
}

/** Glyphs that draw nothing. Their bytes stay behind those of the glyph before, where nothing reads them. */
export function blanked(font: Buffer, letters: string): Buffer {
  return redrawn(font, (glyphs) => {
    for (const glyph of Array.from(letters, glyphNumber)) {
      glyphs[glyph - 1] = Buffer.concat([glyphs[glyph - 1] as Buffer, glyphs[glyph] as Buffer]);
      glyphs[glyph] = Buffer.alloc(0);
    }
  });
}

/** Two glyphs in each other’s place. */
export function swapped(font: Buffer, one: string, other: string): Buffer {
  const [a, b] = [glyphNumber(one), glyphNumber(other)];
  return redrawn(font, (glyphs) => {
    [glyphs[a], glyphs[b]] = [glyphs[b] as Buffer, glyphs[a] as Buffer];
  });
}

/** A variation sequence that means the glyph of another letter. */
export function resequenced(font: Buffer, sequence: string, meant: string): Buffer {
  const [base, selector] = Array.from(sequence, (part) => part.codePointAt(0) as number) as [number, number];
  eachSequence(font, (row, itsSelector) => {
    if (itsSelector === selector && font.readUIntBE(row, 3) === base) font.writeUInt16BE(glyphNumber(meant), row + 3);
  });
  return font;
}

/** All of them mean the ordinary glyph of their base. */
export function resequencedToBase(font: Buffer, { glyphOf }: CharacterMap): Buffer {
  eachSequence(font, (row) => void font.writeUInt16BE(glyphOf(font.readUIntBE(row, 3)) as number, row + 3));
  return font;
}

/** Rows of the sequences that have a glyph of their own: base (three bytes), glyph (two). */
function eachSequence(font: Buffer, visit: (row: number, selector: number) => void): void {
  const table = cmapTable(font, 14);
  for (let i = 0; i < font.readUInt32BE(table + 6); i += 1) {
    const record = table + 10 + i * 11;
    const own = font.readUInt32BE(record + 7);
    if (own === 0) continue;
    const rows = font.readUInt32BE(table + own);
    for (let n = 0; n < rows; n += 1) visit(table + own + 4 + n * 5, font.readUIntBE(record, 3));
  }
}

export function withoutSequences(font: Buffer): Buffer {
  font.writeUInt32BE(0, cmapTable(font, 14) + 6);
  return font;
}

/** With a private-use letter in the place of the last letter that the font has (U+2F9F4). */
export function withPrivateUse(font: Buffer, point: number): Buffer {
  const table = cmapTable(font, 12);
  const last = table + 16 + (font.readUInt32BE(table + 12) - 1) * 12;
  font.writeUInt32BE(point, last);
  font.writeUInt32BE(point, last + 4);
  return font;
}

function viewOf(font: Buffer): DataView {
  return new DataView(font.buffer, font.byteOffset, font.byteLength);
}

function cmapTable(font: Buffer, format: number): number {
  const cmap = getTable(viewOf(font), 'cmap');
  const tables = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, i) => cmap + font.readUInt32BE(cmap + 8 + i * 8),
  );
  return tables.find((table) => font.readUInt16BE(table) === format) as number;
}

/** All glyphs together keep their length, so no other table has to move. */
function redrawn(font: Buffer, change: (glyphs: Buffer[]) => void): Buffer {
  const [glyf, loca, maxp] = ['glyf', 'loca', 'maxp'].map((tag) => getTable(viewOf(font), tag)) as [
    number,
    number,
    number,
  ];
  const offset = (glyph: number) => font.readUInt32BE(loca + glyph * 4);
  const glyphs = Array.from({ length: font.readUInt16BE(maxp + 4) }, (_, i) =>
    Buffer.from(font.subarray(glyf + offset(i), glyf + offset(i + 1))),
  );
  change(glyphs);
  Buffer.concat(glyphs).copy(font, glyf);
  let at = 0;
  glyphs.forEach(({ length }, i) => {
    font.writeUInt32BE(at, loca + i * 4);
    at += length;
  });
  return font;
}
