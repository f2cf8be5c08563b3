import { readFileSync } from 'node:fs';
import { sentenceFor } from '@machikado/ui';
import { expect, test } from 'vitest';
import { refusalRulesPage } from './refusal-rules-page.ts';

const page = readFileSync(new URL('../../../../docs/refusal-rules.md', import.meta.url), 'utf8');

test('docs/refusal-rules.md is the table of refusals, word for word', () => {
  const written = refusalRulesPage((code) => sentenceFor(code, 'ja'));
  expect(page.endsWith(written), 'out of date: run `npm run gen`').toBe(true);
});

test('the sentences that residents read name no reason', () => {
  const sentences = page.slice(page.indexOf('## What the resident reads'));
  expect(sentences).not.toMatch(/支援|保護|未納|未申告|年齢|転出|死亡|戸籍|印鑑/);
});
