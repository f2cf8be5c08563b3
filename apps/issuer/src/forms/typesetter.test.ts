import { afterAll, expect, test } from 'vitest';
import { formOn, readContract } from './form-contract.ts';
import { layOut, toFormData } from './form-data.ts';
import { formOf } from './kinds/index.ts';
import { household, orderFor } from './testing/records.ts';
import { createTypesetter } from './typesetter.ts';

const form = formOn('resident-record', '2026-11-22');
const typesetter = createTypesetter({ workers: 2, documentsPerProcess: 3 });
afterAll(() => typesetter.close());

const contract = readContract(form);

function job(issueNumber: string) {
  const content = orderFor(household(), { issueNumber });
  return {
    form,
    data: toFormData(
      content,
      layOut(formOf(content.kind).written(content, contract.words ?? {}), contract, []),
      contract,
    ),
  };
}

test('each call gets its own document, also while processes are replaced', async () => {
  const numbers = Array.from({ length: 30 }, (_, i) => i.toString(16).padStart(16, '0'));
  const documents = await Promise.all(numbers.map((number) => typesetter.typeset(job(number))));
  const again = await Promise.all(numbers.map((number) => typesetter.typeset(job(number))));
  documents.forEach(({ pdf }, i) => {
    expect(Buffer.from(pdf).equals(again[i]?.pdf as Uint8Array)).toBe(true);
  });
  expect(new Set(documents.map(({ pdf }) => Buffer.from(pdf).toString('latin1'))).size).toBe(30);
});

test('a call that is given up ends with the asker’s reason, and the next one is served', async () => {
  const asker = new AbortController();
  const given = typesetter.typeset({ ...job('a'.repeat(16)), signal: asker.signal });
  asker.abort(new Error('deadline'));
  await expect(given).rejects.toThrow('deadline');
  expect((await typesetter.typeset(job('b'.repeat(16)))).pages).toBe(2);
});

test('the form in force follows the day', () => {
  expect(formOn('resident-record', '2025-05-26').version).toBe('resident-record/2025-05-26');
  expect(() => formOn('resident-record', '2025-05-25')).toThrow(RangeError);
});
