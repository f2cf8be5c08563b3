import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { byTurns, ratioOf } from '../bench/compare.ts';
import { figure, tableOf, writtenInto } from '../bench/table.ts';

const line = {
  ...{ what: 'pages', unit: 'a second', aim: 2 },
  ...{ ours: [30, 10, 40], peer: { name: 'another', rounds: [10, 10, 10] } },
};

test('a ratio is of round against round, its median with lowest and highest', () => {
  expect(ratioOf(line)).toEqual({ median: 3, lowest: 1, highest: 4 });
  expect(ratioOf({ ours: [1], peer: { name: 'another', missing: 'not installed' } })).toBeUndefined();
});

test('rounds go by turns, after one each that does not count', async () => {
  const played: string[] = [];
  const play = (name: string) => async () => played.push(name);
  expect(await byTurns(2, { a: play('a'), b: play('b') })).toEqual({ a: [3, 5], b: [4, 6] });
  expect(played.join('')).toBe('ababab');
});

test('a row says its aim, why its peer is missing, or why it failed', () => {
  const missing = { ...line, peer: { name: 'another', missing: 'not installed' } };
  const rows = tableOf([line, { ...line, aim: 4 }, missing, { what: 'orders', failed: 'no town' }])
    .split('\n')
    .slice(2);
  expect(rows).toEqual([
    '| pages | 30 a second | another: 10 | 3 | 1–4 | 2: reached |',
    '| pages | 30 a second | another: 10 | 3 | 1–4 | 4: not reached |',
    '| pages | 30 a second | another: not measured, not installed |  |  | 2 |',
    '| orders | failed: no town |  |  |  |  |',
  ]);
  expect([0.01234, 12.345, 123456.7, Number.NaN].map(figure)).toEqual(['0.0123', '12.3', '123,457', '–']);
});

test('the table takes the place of the one before, and a page without a place is refused', () => {
  const page = readFileSync(new URL('../docs/performance.md', import.meta.url), 'utf8');
  const once = writtenInto(page, 'NEW');
  expect(writtenInto(once.replace('NEW', 'OLD'), 'NEW')).toBe(once);
  expect(once.split('NEW').map((part) => page.includes(part.trim()))).toEqual([true, true]);
  expect(() => writtenInto('# A page', 'NEW')).toThrow('the page lacks');
});
