/** コンタクトシート: all pictures of one kind on one page, small, each with its caption; the page stays, to be leafed through. */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from './launch-browser.ts';

export interface Shot {
  readonly file: string;
  readonly caption: string;
}

const COLUMNS = 8;
const THUMB_PX = 320;

/** `index.html` and `index.png` in the folder of the pictures. */
export async function makeContactSheet(browser: Browser, dir: string, shots: readonly Shot[]): Promise<string> {
  const figures = shots.map(
    ({ file, caption }) =>
      `<figure><a href="${basename(file)}"><img src="${basename(file)}"></a><figcaption>${caption}</figcaption></figure>`,
  );
  const html = join(dir, 'index.html');
  writeFileSync(
    html,
    `<!doctype html><meta charset="utf-8"><title>${basename(dir)}</title><style>
body { margin: 16px; font: 18px sans-serif; display: grid; grid-template-columns: repeat(${COLUMNS}, ${THUMB_PX}px); gap: 16px }
figure { margin: 0 } img { width: 100%; border: 1px solid #888 } figcaption { padding: 4px 0 }
</style>${figures.join('')}`,
  );
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: COLUMNS * (THUMB_PX + 16) + 16, height: 800 });
  await page.goto(pathToFileURL(html).href);
  const sheet = join(dir, 'index.png');
  await page.screenshot({ path: sheet, fullPage: true });
  await page.close();
  return sheet;
}
