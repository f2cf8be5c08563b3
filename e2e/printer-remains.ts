/** 痕跡 at a printer: what the folders of its programs hold, as bytes, and the documents among them as a reader of PDF sees them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Spooled as it came, or as a filter made it. */
const DOCUMENT = /%PDF-|RaS[23]|UNIRAST|%!PS/;

/** The letters of each. */
export function documentsIn(folders: readonly string[]): readonly string[] {
  return filesWhere(folders, (text) => DOCUMENT.test(text)).map(lettersIn);
}

/** Names of the files in which it stands. */
export function filesWith(folders: readonly string[], wanted: RegExp): readonly string[] {
  return filesWhere(folders, (text) => wanted.test(text)).map((file) => basename(file));
}

/** Without spaces: where a line breaks, the layout decides. */
export function lettersIn(pdf: string): string {
  return execFileSync('pdftotext', ['-raw', '-q', pdf, '-'], { encoding: 'utf8' }).replace(/\s/gu, '');
}

function filesWhere(folders: readonly string[], wanted: (text: string) => boolean): string[] {
  return folders.flatMap(filesBelow).filter((file) => wanted(readFileSync(file).toString('latin1')));
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry?.isDirectory()) return filesBelow(path);
    return entry?.isFile() ? [path] : [];
  });
}
