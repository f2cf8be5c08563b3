import { readFileSync } from 'node:fs';
import { verificationEndpoints } from '@machikado/protocol';
import { settingsTable } from '@machikado/testkit';
import { expect, test } from 'vitest';
import { VerificationConfig } from './config.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('README lists exactly the settings and the endpoints', () => {
  expect(readme).toContain(settingsTable(VerificationConfig));
  const listed = [...readme.matchAll(/^\| (VF-[A-Z-]+) \|/gm)].map((match) => match[1]);
  expect(listed).toEqual(Object.values(verificationEndpoints).map(({ id }) => id));
});
