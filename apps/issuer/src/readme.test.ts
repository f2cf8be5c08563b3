import { readFileSync } from 'node:fs';
import { issuerEndpoints } from '@machikado/protocol';
import { eventsTable, settingsTable } from '@machikado/testkit';
import { expect, test } from 'vitest';
import { IssuerConfig } from './config.ts';
import { MunicipalitySettings } from './settings/settings.ts';
import { recordEvents } from './store/delivery-record.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('README lists exactly the settings, the events of the 交付記録 and the endpoints', () => {
  expect(readme).toContain(settingsTable(IssuerConfig));
  expect(readme).toContain(settingsTable(MunicipalitySettings));
  expect(readme).toContain(eventsTable(recordEvents));
  const listed = [...readme.matchAll(/^\| (IS-[A-Z-]+) \|/gm)].map((match) => match[1]);
  expect(listed).toEqual(Object.values(issuerEndpoints).map(({ id }) => id));
});

test('every setting says what it means', () => {
  const rows = [IssuerConfig, MunicipalitySettings].flatMap((schema) => settingsTable(schema).split('\n'));
  expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([]);
});
