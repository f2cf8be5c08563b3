/** docs/paper-robustness.md: the tables of one run, between words that stay. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { TreatedSheet } from './treated-sheets.ts';

const file = new URL('../../docs/paper-robustness.md', import.meta.url);
const MARKED = /(<!-- bench:paper -->\n)[\s\S]*(<!-- \/bench:paper -->)/;

export function writeReport(run: {
  readonly seed: number;
  readonly sheets: readonly TreatedSheet[];
  readonly levels: readonly string[];
  readonly failures: readonly string[];
  readonly cliffs?: readonly string[];
}): void {
  const sizes = run.sheets.map(({ coded }) => coded.bytes.length).sort((a, b) => a - b);
  const kb = (bytes = 0) => (bytes / 1000).toFixed(1);
  const lines = [
    `Seed ${run.seed}; ${run.sheets.length} sheets of every kind, ${kb(sizes[0])} to ${kb(sizes.at(-1))} kB sealed.`,
    '',
    ...run.levels,
    '',
    ...(run.failures.length > 0 ? run.failures.map((line) => `- ${line}`) : ['Every trial was read to the bit.']),
    ...(run.cliffs ? ['', '## Cliffs', '', ...run.cliffs] : []),
    '',
  ];
  const text = readFileSync(file, 'utf8');
  if (!MARKED.test(text)) throw new TypeError('docs/paper-robustness.md has no place for the tables');
  writeFileSync(
    file,
    text.replace(MARKED, (_, start, end) => `${start}${lines.join('\n')}${end}`),
  );
}
