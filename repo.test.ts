import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));
const SKIPPED = new Set(['node_modules', '.git', '.machikado', 'out', 'dist', 'coverage']);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const files = filesBelow(root).map((path) => relative(root, path));
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const isTest = (path: string) => /\.test\.ts$|\/test\/|\/testing\//.test(path);

const PURE = ['protocol', 'domain', 'card', 'pki', 'ui'];
const CLOCK_OR_CHANCE =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b|\bperformance\.now\(|\bsetTimeout\(|\brandomBytes\(|\brandomUUID\(/;

/** A chip draws its own random numbers, as it has its own keys. */
const CHIP = 'packages/card/src/card-signature.ts';

for (const name of PURE) {
  test(`packages/${name} reads no clock, draws no chance, sees no environment`, () => {
    for (const path of files.filter(
      (f) => f.startsWith(`packages/${name}/src/`) && f.endsWith('.ts') && !isTest(f) && f !== CHIP,
    )) {
      expect(text(path), path).not.toMatch(CLOCK_OR_CHANCE);
    }
  });
}

test('use cases get time and chance from their ports', () => {
  for (const path of files.filter((f) => /^apps\/.*\/use-cases\/.*\.ts$/.test(f) && !isTest(f))) {
    expect(text(path), path).not.toMatch(CLOCK_OR_CHANCE);
  }
});

test('links in documents lead somewhere', () => {
  const broken = files
    .filter((f) => f.endsWith('.md'))
    .flatMap((path) =>
      [...text(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
        .map((match) => join(dirname(path), decodeURI(match[1] ?? '')))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${path} → ${target}`),
    );
  expect(broken).toEqual([]);
});

test('files and commands that the guides name are there, and both READMEs name the same', () => {
  const scripts: string[] = Object.keys(JSON.parse(text('package.json')).scripts);
  const guides = ['README.md', 'README.ja.md', 'docs/change-something.md', 'apps/issuer/forms/README.md'];
  for (const guide of guides) {
    for (const [, run = ''] of text(guide).matchAll(/npm run ([\w:-]+)/g)) expect(scripts, guide).toContain(run);
    for (const [, paths = ''] of text(guide).matchAll(/npx vitest run ((?:[\w./-]+\/[\w./-]+ ?)+)/g))
      for (const path of paths.trim().split(' ')) expect(existsSync(join(root, path)), `${guide}: ${path}`).toBe(true);
    for (const [, path = ''] of text(guide).matchAll(/`((?:apps|packages|stand-ins|e2e|scripts)\/[\w./-]+)`/g))
      expect(existsSync(join(root, path)), `${guide}: ${path}`).toBe(true);
  }
  const named = (guide: string) =>
    [...text(guide).matchAll(/^(?:\| `)?(np[mx] [\w:-]+(?: [\w:-]+)?)/gm)].map(([, run]) => run);
  expect(new Set(named('README.ja.md'))).toEqual(new Set(named('README.md')));
});

test('the page for operators names every alarm of the services, and no other', () => {
  const code = files
    .filter((f) => /^(packages\/server|apps)\/.*\.ts$/.test(f) && !isTest(f))
    .map(text)
    .join('\n');
  const raised = [...code.matchAll(/\balarm\(\s*'([\w-]+)'/g)].map(([, name = '']) => name);
  const [, page = ''] = text('docs/operations.md').split(/^## Watching$/m);
  const rows = [...(page.split(/^## /m)[0] ?? '').matchAll(/^\| (`[\w-]+`(?:, `[\w-]+`)*) \|/gm)];
  const listed = rows.flatMap(([, names = '']) => names.replaceAll('`', '').split(', '));
  expect(raised.filter((name) => !listed.includes(name))).toEqual([]);
  expect(listed.filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});

test('every decision stands in the index, and every app and stand-in says what it is', () => {
  for (const path of files.filter((f) => /^docs\/adr\/\d/.test(f)))
    expect(text('docs/adr/README.md')).toContain(path.slice('docs/adr/'.length));
  for (const folder of [
    'apps/center',
    'apps/issuer',
    'apps/kiosk/agent',
    'apps/kiosk/screen',
    'apps/verification',
    'stand-ins/jpki',
    'stand-ins/registry',
    'stand-ins/workbench',
    'town',
  ]) {
    expect(existsSync(join(root, folder, 'README.md')), folder).toBe(true);
  }
});

test('every identifier of the glossary is one of the code', () => {
  const code = files
    .filter((f) => /\.(tsx?|sql)$/.test(f) && !isTest(f))
    .map(text)
    .join('\n');
  const words = new Set(code.match(/\w+/g));
  const named = [...text('docs/glossary.md').matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
  expect(named.filter((word) => !words.has(word) && !/[-/]/.test(word))).toEqual([]);
});

test('every source file begins by saying what it is', () => {
  const silent = files.filter(
    (f) =>
      /^(packages|apps|stand-ins|town)\/.*\/(src|web)\/.*\.tsx?$/.test(f) &&
      !isTest(f) &&
      !f.endsWith('index.ts') &&
      !/^(\/\*\*|\/\/|#!)/.test(text(f)),
  );
  expect(silent).toEqual([]);
});

test('municipalities in test data and stand-ins are invented: prefecture 99', () => {
  for (const path of files.filter((f) => /^(town|stand-ins\/registry|e2e)\/.*\.(ts|json)$/.test(f) && !isTest(f))) {
    const codes = [...text(path).matchAll(/lgCode['"]?\s*[:=]\s*['"](\d{6})['"]/g)].map((m) => m[1]);
    for (const code of codes) expect(code, path).toMatch(/^99/);
  }
});

test('the lock file names no download addresses', () => {
  expect(text('package-lock.json')).not.toMatch(/"resolved": "https?:/);
});

test('there is no stray large file', () => {
  for (const path of files) expect(statSync(join(root, path)).size, path).toBeLessThan(1_500_000);
});
