/**
 * A program in one file, and each of its worker threads in another, made once for all who start it again and again in this process: loading sources
 * and packages one by one takes most of the time that an ordinary start needs. Every source still believes to lie where it lies.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const programs = new Map<string, Promise<string>>();
const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

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
  folders.push(dir);
  const outfile = join(dir, `${basename(module, '.ts')}.mjs`);
  await build({
    ...{ entryPoints: [join(root, module)], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
    banner: { js: REQUIRE },
    external: [...ownFiles],
    plugins: [sourcesStayWhereTheyAre],
  });
  return relative(root, outfile);
}

/** Packages that are no modules ask for what Node has by `require`. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;
/** Packages with files of their own beside them: programs, WebAssembly, what is built for one machine. */
const ownFiles = [
  'tinypool',
  'tsx',
  'esbuild',
  '@hyzyla/pdfium',
  '@myriaddreamin/*',
  'smartcard',
  'pg-native',
  '*.node',
];
/** How a worker thread is named that first has to learn TypeScript. */
const WORKER = /new URL\('(\.\/[\w-]+)\.mjs', import\.meta\.url\)/g;

const sourcesStayWhereTheyAre: Plugin = {
  name: 'sources stay where they are',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [named, worker] of contents.matchAll(WORKER)) {
        const source = resolve(dirname(path), `${worker}.ts`);
        if (!existsSync(source)) continue;
        const built = join(root, await builtProgram(relative(root, source)));
        contents = contents.replace(named, `new URL(${JSON.stringify(pathToFileURL(built).href)})`);
      }
      return {
        loader: 'ts',
        contents: contents.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      };
    });
  },
};
