/** docs/forgeries.md: the table of one run, between words that stay. */
import { readFileSync, writeFileSync } from 'node:fs';
import { isSuspect, told } from './rates.ts';
import type { TrialResult } from './trial.ts';

const file = new URL('../../docs/forgeries.md', import.meta.url);
const MARKED = /(<!-- bench:forgeries -->\n)[\s\S]*(<!-- \/bench:forgeries -->)/;

export function writeReport(run: {
  readonly seed: number;
  readonly levels: readonly string[];
  readonly table: readonly string[];
  readonly results: readonly TrialResult[];
}): void {
  const suspects = run.results.filter(isSuspect).map((one) => `- ${told(one)}`);
  const lines = [
    `Seed ${run.seed}; ${run.levels.join(' and ')}.`,
    '',
    ...run.table,
    ...(suspects.length > 0 ? ['', 'Neither right nor refused:', '', ...suspects] : []),
    '',
  ];
  const text = readFileSync(file, 'utf8');
  if (!MARKED.test(text)) throw new TypeError('docs/forgeries.md has no place for the table');
  writeFileSync(
    file,
    text.replace(MARKED, (_, start, end) => `${start}${lines.join('\n')}${end}`),
  );
}
