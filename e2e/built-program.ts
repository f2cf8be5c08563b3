/**
 * A program in one file, made once for all who start it again and again in this process: loading its sources one by one takes most of the time that
 * an ordinary start needs. Every source still believes to lie where it lies.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const programs = new Map<string, Promise<string>>();

/** `module` and the answer are paths from the root of the repository. */
export function builtProgram(module: string): Promise<string> {
  const known = programs.get(module) ?? buildProgram(module);
  programs.set(module, known);
  return known;
}

async function buildProgram(module: string): Promise<string> {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  // Inside of the repository, so that packages are found from there.
  const dir = mkdtempSync(join(cache, 'program-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const outfile = join(dir, `${basename(module, '.ts')}.mjs`);
  await build({
    ...{ entryPoints: [join(root, module)], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
    plugins: [sourcesStayWhereTheyAre],
  });
  return relative(root, outfile);
}

/** Sources of ours go into the file, packages of others stay outside of it. */
const sourcesStayWhereTheyAre: Plugin = {
  name: 'sources stay where they are',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) => (path.startsWith('@machikado/') ? undefined : { external: true }));
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};
