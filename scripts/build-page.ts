/**
 * Bundles one page (screen of the kiosk, workbench, verification site) into a folder: `index.html`, scripts and styles under names that change with their content, fonts
 * beside them. Half a second, so `npm start` and the tests simply build what they show.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

export interface Page {
  /** The first script, `….tsx`; its styles are imported from it. */
  readonly entry: string;
  /** A style sheet of its own, in which nothing stands but fonts. */
  readonly fonts?: string;
  /** `<!-- styles -->` and `<!-- scripts -->` in it are replaced. */
  readonly html: string;
}

export interface BuiltPage {
  readonly outDir: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

export async function buildPage({ entry, fonts, html }: Page, outDir: string): Promise<BuiltPage> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const { metafile } = await build({
    entryPoints: fonts ? [entry, fonts] : [entry],
    outdir: outDir,
    entryNames: '[name]-[hash]',
    assetNames: 'fonts/[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
    metafile: true,
    logLevel: 'warning',
  });
  const files = Object.entries(metafile.outputs).map(([path, { bytes }]) => ({ path, bytes }));
  const named = (extension: string) =>
    files.map(({ path }) => basename(path)).filter((name) => name.endsWith(extension));
  const page = (await readFile(html, 'utf8'))
    .replace(
      '<!-- styles -->',
      named('.css')
        .map((name) => `<link rel="stylesheet" href="/${name}">`)
        .join(''),
    )
    .replace(
      '<!-- scripts -->',
      named('.js')
        .map((name) => `<script type="module" src="/${name}"></script>`)
        .join(''),
    );
  await writeFile(join(outDir, 'index.html'), page);
  return { outDir, files };
}
