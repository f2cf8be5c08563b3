/** `npm run build`: the pages of every app that has one, into its folder `dist`. */
import { fileURLToPath } from 'node:url';
import { type BuiltPage, buildPage } from './build-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = {
  screen: `${root}apps/kiosk/screen`,
  workbench: `${root}stand-ins/workbench/web`,
  verification: `${root}apps/verification/web`,
} as const;

export const distOf = (page: keyof typeof pages) => `${pages[page]}/dist`;

export async function buildOne(page: keyof typeof pages, outDir = distOf(page)): Promise<BuiltPage> {
  const html = `${pages[page]}/index.html`;
  if (page !== 'screen') return buildPage({ entry: `${pages[page]}/main.tsx`, html }, outDir);
  const src = `${pages[page]}/src`;
  return buildPage({ entry: `${src}/main.tsx`, fonts: `${src}/styles/fonts.css`, html }, outDir);
}

export async function buildPages(): Promise<void> {
  await Promise.all((Object.keys(pages) as (keyof typeof pages)[]).map((page) => buildOne(page)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages();
