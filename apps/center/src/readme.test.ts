import { readFileSync } from 'node:fs';
import { centerEndpoints } from '@machikado/protocol';
import { eventsTable, settingsTable } from '@machikado/testkit';
import { expect, test } from 'vitest';
import { auditEvents } from './audit-events.ts';
import { CenterConfig } from './config.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('README lists exactly the settings, the audit events and the endpoints', () => {
  expect(readme).toContain(settingsTable(CenterConfig));
  expect(readme).toContain(eventsTable(auditEvents));
  const listed = [...readme.matchAll(/^\| (PR-[A-Z-]+|DR-[A-Z-]+) \|/gm)].map((match) => match[1]);
  expect(listed).toEqual(Object.values(centerEndpoints).map(({ id }) => id));
});
