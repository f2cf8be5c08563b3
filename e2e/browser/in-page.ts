/** Functions that run inside the page: bundled from the folder `in-page`, where the browser’s types hold, and handed over as text. */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Page } from 'playwright-core';

const bundles = new Map<string, string>();

export function inPage<T>(page: Page, file: string, name: string, argument: unknown): Promise<T> {
  let bundle = bundles.get(file);
  if (bundle === undefined) {
    const entry = fileURLToPath(new URL(`in-page/${file}.ts`, import.meta.url));
    const { outputFiles } = buildSync({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'parts',
    });
    bundle = outputFiles[0]?.text ?? '';
    bundles.set(file, bundle);
  }
  return page.evaluate(`(() => { ${bundle}\nreturn parts.${name}(${JSON.stringify(argument)}); })()`);
}
