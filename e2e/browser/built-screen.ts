/** The screen as `npm run build` makes it, built once for all who ask in this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOne } from '../../scripts/build-pages.ts';

let built: Promise<string> | undefined;

/** The folder with its `index.html`. */
export function builtScreen(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-screen-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  await buildOne('screen', join(dir, 'dist'));
  return join(dir, 'dist');
}
