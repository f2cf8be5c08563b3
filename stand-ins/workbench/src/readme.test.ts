import { readFileSync } from 'node:fs';
import { settingsTable } from '@machikado/testkit';
import { expect, test } from 'vitest';
import { WorkbenchConfig } from './config.ts';

test('README lists exactly the settings, and each says what it means', () => {
  const table = settingsTable(WorkbenchConfig);
  expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(table);
  expect(table.split('\n').filter((row) => /\|\s*\|$/.test(row))).toEqual([]);
});
