/** Functions that run inside the page: bundled from the folder `in-page`, where the browser’s types hold, and handed over as text. */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Page } from 'playwright-core';

const bundles = new Map<string, string>();

export function inPage<T>(page: Page, file: string, name: string, argument: unknown): Promise<T> {
  return inWhatever(page, callOf(file, name, argument));
}

/** In the page that is there: one that is just being loaded anew is asked afterwards. */
export async function inWhatever<T>(page: Page, source: string): Promise<T> {
  for (;;) {
    try {
      return await page.evaluate<T>(source);
    } catch (error) {
      if (!/context was destroyed|navigation/i.test(String(error))) throw error;
      await page.waitForLoadState();
    }
  }
}

/** The same as text, for what has to run before the page’s own script. */
export function callOf(file: string, name: string, argument: unknown): string {
  const bundle = bundles.get(file) ?? bundled(file);
  bundles.set(file, bundle);
  return `(() => { ${bundle}\nreturn parts.${name}(${JSON.stringify(argument)}); })()`;
}

function bundled(file: string): string {
  const entry = fileURLToPath(new URL(`in-page/${file}.ts`, import.meta.url));
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'parts',
  });
  return outputFiles[0]?.text ?? '';
}
