import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildOne } from '../../../scripts/build-pages.ts';

const LIMIT_BYTES = 250_000;

test('the page is small, and keeps to its policy: no script and no style inside it, nothing from elsewhere', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-screen-'));
  try {
    const { files } = await buildOne('screen', dir);
    const styledAndScripted = files.map(({ path }) => path).filter((path) => /\.(js|css)$/.test(path));
    const own = styledAndScripted.filter((path) => !basename(path).startsWith('fonts-'));
    expect(own).toHaveLength(styledAndScripted.length - 1);
    const bytes = own.map((path) => gzipSync(readFileSync(path), { level: 9 }).length).reduce((a, b) => a + b, 0);
    console.log(`screen: ${Math.round(bytes / 1000)} kB gzip without fonts`);
    expect(bytes).toBeLessThan(LIMIT_BYTES);
    const html = readFileSync(join(dir, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*src="\/)|https?:/);
    const css = styledAndScripted.filter((path) => path.endsWith('.css')).map((path) => readFileSync(path, 'utf8'));
    expect(css.join('')).not.toMatch(/url\(["']?(https?:)?\/\//);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
