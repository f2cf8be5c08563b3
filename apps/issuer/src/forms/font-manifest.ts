/**
 * フォント一覧 (font manifest): which font files the forms may use, in order, each pinned by its digest. The default one comes from
 * npm; a municipality that needs Moji_Joho sequences puts IPAmj明朝 before it with a `fonts.json` of its own.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CharacterMap, onlyLetters, readCharacterMap } from './character-map.ts';
import { type CodePoints, includes, isPrivateUse, parseCodePoints } from './code-points.ts';
import { readFamily } from './font-names.ts';
import { type GlyphOutlines, readGlyphOutlines } from './glyph-outlines.ts';

export interface Font {
  readonly family: string;
  readonly file: string;
  /** Never a private-use letter. */
  readonly characters: CharacterMap;
  readonly outlines: GlyphOutlines;
  /** A 外字 font: its private-use letters, and nothing else of it, for municipalities whose table names it (letters-table.ts). */
  readonly privateUse?: CharacterMap;
}

export interface ManifestRow {
  readonly family: string;
  /** Absolute, relative to the manifest, or `npm:package/path`. */
  readonly file: string;
  readonly sha256: string;
  readonly licence: string;
  readonly covers: string;
  /** 「U+E000-E0FF」: private-use letters that it draws. Such a font is used for these alone. */
  readonly privateUse?: readonly string[];
}

const DEFAULT_MANIFEST = fileURLToPath(new URL('../../forms/fonts.json', import.meta.url));

/** Fonts of the given folders (each with a `fonts.json`) first, then the default ones. */
export function loadFonts(fontDirs: readonly string[] = []): Font[] {
  const fonts = [...fontDirs.map((dir) => resolve(dir, 'fonts.json')), DEFAULT_MANIFEST].flatMap(readManifest);
  for (const { family, file } of fonts)
    if (fonts.some((other) => other.family === family && other.file !== file))
      throw new Error(`two font files of the family ${family}: the forms could not tell them apart`);
  return fonts;
}

let defaults: readonly Font[] | undefined;

export function defaultFonts(): readonly Font[] {
  defaults ??= loadFonts();
  return defaults;
}

function readManifest(manifest: string): Font[] {
  const { fonts } = JSON.parse(readFileSync(manifest, 'utf8')) as { fonts: ManifestRow[] };
  return fonts.map(({ family, file, sha256, privateUse }) => {
    const path = file.startsWith('npm:')
      ? createRequire(import.meta.url).resolve(file.slice('npm:'.length))
      : resolve(dirname(manifest), file);
    const bytes = readFileSync(path);
    if (digestOf(bytes) !== sha256) throw new Error(`font ${family} is not the file that its manifest names`);
    if (readFamily(bytes) !== family) throw new Error(`font ${family} is ${readFamily(bytes)} by its own name`);
    return { family, file: path, ...readLetters(bytes, privateUse?.map(parseCodePoints)) };
  });
}

function readLetters(bytes: Uint8Array, privateUse: readonly CodePoints[] | undefined) {
  const all = readCharacterMap(bytes);
  const outlines = readGlyphOutlines(bytes);
  const listed = (point: number) => isPrivateUse(point) && includes(privateUse ?? [], point);
  if (privateUse) return { outlines, characters: onlyLetters(all, () => false), privateUse: onlyLetters(all, listed) };
  return { outlines, characters: onlyLetters(all, (point) => !isPrivateUse(point)) };
}

/** What a manifest says of a font file that is at hand. */
export function describeFont(file: string): Omit<ManifestRow, 'licence'> {
  const bytes = readFileSync(file);
  const characters = readCharacterMap(bytes);
  readGlyphOutlines(bytes);
  const points = [...characters.codePoints];
  const sequences = points.reduce((sum, point) => sum + characters.selectorsOf(point).length, 0);
  const own = points.filter(isPrivateUse).length;
  const covers = `${points.length - own} letters, ${sequences} variation sequences, ${own} private-use letters`;
  return { family: readFamily(bytes), file: resolve(file), sha256: digestOf(bytes), covers };
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
