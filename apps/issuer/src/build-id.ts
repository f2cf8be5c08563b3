/**
 * Which build is this? SHA-256 over everything by which it could print something else: the sources and forms of the issuer, the
 * packages of this repository that it uses, and the lock file. The center refuses a build other than the one that passed the
 * pre-evaluation. This finds mistakes (a forgotten update on one machine of several), not attackers.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDERS = [
  ...['apps/issuer/src', 'apps/issuer/forms', 'apps/issuer/db'],
  ...['database', 'domain', 'inspection', 'pki', 'protocol', 'server'].map((name) => `packages/${name}/src`),
];

export function readBuildId(root: string = ROOT): string {
  const files = ['package-lock.json', ...FOLDERS.flatMap((folder) => filesUnder(root, folder))];
  return buildIdOf(files.map((file) => ({ file, content: readFileSync(path.join(root, file)) })));
}

export function buildIdOf(files: readonly { readonly file: string; readonly content: Uint8Array }[]): string {
  const whole = createHash('sha256');
  for (const { file, content } of [...files].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const digest = createHash('sha256').update(content).digest('hex');
    whole.update(`${file}\0${digest}\n`);
  }
  return whole.digest('hex');
}

function filesUnder(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isPartOfBuild(path.join(entry.parentPath, entry.name)))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/** Tests are not. */
function isPartOfBuild(file: string): boolean {
  return !file.endsWith('.test.ts') && !file.split(path.sep).includes('testing');
}
