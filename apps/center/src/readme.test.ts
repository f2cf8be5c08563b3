import { readFileSync } from 'node:fs';
import { centerEndpoints } from '@machikado/protocol';
import { expect, test } from 'vitest';
import { auditTable, settingsTable } from './testing/readme-tables.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('README lists exactly the settings, the audit events and the endpoints', () => {
  expect(readme).toContain(settingsTable());
  expect(readme).toContain(auditTable());
  const listed = [...readme.matchAll(/^\| (PR-[A-Z-]+|DR-[A-Z-]+) \|/gm)].map((match) => match[1]);
  expect(listed).toEqual(Object.values(centerEndpoints).map(({ id }) => id));
});
