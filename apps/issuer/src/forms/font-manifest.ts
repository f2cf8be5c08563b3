/**
 * フォント一覧 (font manifest): which font files a form may use, in order, each pinned by its digest. The default one comes from
 * npm; a municipality that needs Moji_Joho sequences puts IPAmj明朝 before it with a `fonts.json` of its own.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CharacterMap, readCharacterMap } from './character-map.ts';
import { type GlyphOutlines, readGlyphOutlines } from './glyph-outlines.ts';

export interface Font {
  readonly family: string;
  readonly file: string;
  readonly characters: CharacterMap;
  readonly outlines: GlyphOutlines | undefined;
}

interface ManifestRow {
  readonly family: string;
  /** Relative to the manifest, or `npm:package/path`. */
  readonly file: string;
  readonly sha256: string;
  readonly licence: string;
  readonly covers: string;
}

const DEFAULT_MANIFEST = fileURLToPath(new URL('../../forms/fonts.json', import.meta.url));

/** Fonts of the given folders (each with a `fonts.json`) first, then the default ones. */
export function loadFonts(fontDirs: readonly string[] = []): Font[] {
  return [...fontDirs.map((dir) => resolve(dir, 'fonts.json')), DEFAULT_MANIFEST].flatMap(readManifest);
}

let defaults: readonly Font[] | undefined;

export function defaultFonts(): readonly Font[] {
  defaults ??= loadFonts();
  return defaults;
}

function readManifest(manifest: string): Font[] {
  const { fonts } = JSON.parse(readFileSync(manifest, 'utf8')) as { fonts: ManifestRow[] };
  return fonts.map(({ family, file, sha256 }) => {
    const path = file.startsWith('npm:')
      ? createRequire(import.meta.url).resolve(file.slice('npm:'.length))
      : resolve(dirname(manifest), file);
    const bytes = readFileSync(path);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new Error(`font ${family} is not the file that its manifest names`);
    return { family, file: path, characters: readCharacterMap(bytes), outlines: readGlyphOutlines(bytes) };
  });
}
