/** docs/security.md and docs/security-asvs.md say what is true: what they name is there, and every requirement has its line. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const THREATS = 'docs/security.md';
const ASVS = 'docs/security-asvs.md';
const pages = [THREATS, ASVS];

/** `path` or `path#name`, and behind a path the words of titles: `: "one"; "another"`. */
const NAMED = /`((?:[\w.-]+\/)*[\w.-]+\.(?:ts|tsx|mjs|cjs|sql|json|md|yml))(?:#(\w+))?`((?:[:;] "[^"]+")*)/g;

const named = pages.flatMap((page) =>
  [...text(page).matchAll(NAMED)].map(([, path = '', name, titles = '']) => ({
    where: `${page}: ${path}`,
    path,
    name,
    titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
  })),
);

test('every file that they name is there', () => {
  expect(named.length).toBeGreaterThan(200);
  expect(named.filter(({ path }) => !existsSync(new URL(path, import.meta.url))).map(({ where }) => where)).toEqual([]);
});

test('every name and every title stands in the file that they say', () => {
  const missing = named.flatMap(({ where, path, name, titles }) => {
    const code = text(path);
    const words = new Set(code.match(/\w+/g));
    return [
      ...(name === undefined || words.has(name) ? [] : [`${where}#${name}`]),
      ...titles.filter((title) => !code.includes(title)).map((title) => `${where}: ${title}`),
    ];
  });
  expect(missing).toEqual([]);
});

test('words in quotation marks stand behind a file', () => {
  const loose = pages.flatMap((page) =>
    text(page)
      .split('\n')
      .filter((line) => /\.test\.ts/.test(line))
      .flatMap((line) => line.replace(NAMED, '').match(/[:;] "[^"]+"/g) ?? []),
  );
  expect(loose).toEqual([]);
});

/** ASVS 5.0.0, levels 1 and 2: the requirements of each section by number. */
const requirements: Readonly<Record<string, string>> = {
  ...{ '1.1': '1-2', '1.2': '1-9', '1.3': '1-11', '1.4': '1-3', '1.5': '1-2' },
  ...{ '2.1': '1-3', '2.2': '1-3', '2.3': '1-4', '2.4': '1-1' },
  ...{ '3.2': '1-2', '3.3': '1-4', '3.4': '1-6', '3.5': '1-5', '3.7': '1-2' },
  ...{ '4.1': '1-3', '4.2': '1-1', '4.3': '1-2', '4.4': '1-4' },
  ...{ '5.1': '1-1', '5.2': '1-3', '5.3': '1-2', '5.4': '1-3' },
  ...{ '6.1': '1-3', '6.2': '1-12', '6.3': '1-4', '6.4': '1-4', '6.5': '1-5', '6.6': '1-3', '6.8': '1-4' },
  ...{ '7.1': '1-3', '7.2': '1-4', '7.3': '1-2', '7.4': '1-5', '7.5': '1-2', '7.6': '1-2' },
  ...{ '8.1': '1-2', '8.2': '1-3', '8.3': '1-1', '8.4': '1-1' },
  ...{ '9.1': '1-3', '9.2': '1-4' },
  ...{ '10.1': '1-2', '10.2': '1-2', '10.3': '1-4', '10.4': '1-11', '10.5': '1-5', '10.6': '1-2', '10.7': '1-3' },
  ...{ '11.1': '1-2', '11.2': '1-3', '11.3': '1-3', '11.4': '1-4', '11.5': '1-1', '11.6': '1-1' },
  ...{ '12.1': '1-3', '12.2': '1-2', '12.3': '1-4' },
  ...{ '13.1': '1-1', '13.2': '1-5', '13.3': '1-2', '13.4': '1-5' },
  ...{ '14.1': '1-2', '14.2': '1-4', '14.3': '1-3' },
  ...{ '15.1': '1-3', '15.2': '1-3', '15.3': '1-7' },
  ...{ '16.1': '1-1', '16.2': '1-5', '16.3': '1-4', '16.4': '1-3', '16.5': '1-3' },
  ...{ '17.1': '1-1', '17.2': '1-4', '17.3': '1-2' },
};

function numbersOf([section, range]: readonly [string, string]): string[] {
  const [first = 0, last = 0] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, i) => `${section}.${first + i}`);
}

test('every requirement of level 2 has one line, in its order, with a standing and words', () => {
  const lines = [...text(ASVS).matchAll(/^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (.+) \|$/gm)];
  expect(lines.map(([, number]) => number)).toEqual(Object.entries(requirements).flatMap(numbersOf));
  expect(lines).toHaveLength(253);
  const standings = ['met', 'partly', 'not met', 'n/a'];
  expect(lines.filter(([, , standing = '']) => !standings.includes(standing)).map(([line]) => line)).toEqual([]);
  const counts = standings.map((standing) => lines.filter(([, , s]) => s === standing).length);
  expect(text(ASVS)).toContain(`| ${counts.join(' | ')} | 253 |`);
});
