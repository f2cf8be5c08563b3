/** Every operation of every OpenAPI document, under invented and changed requests. The long form is openapi-fuzz.long.test.ts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FuzzStage, openFuzzStage } from './fuzz/stage.ts';

const SEED = 20261122;
/** Of 19 requests. */
const ROUNDS = 24;
/** Of three. */
const SITE_ROUNDS = 60;

let stage: FuzzStage;
beforeAll(async () => {
  stage = await openFuzzStage();
}, 90_000);
afterAll(() => stage?.close());

test(`${SITE_ROUNDS} requests to each operation of the site for the public, too`, async () => {
  const { faults, heard } = await stage.runSite(SEED, SITE_ROUNDS);
  expect(faults.slice(0, 5)).toEqual([]);
  const codes = ['OK', 'NOT_FOUND', 'MALFORMED_UPLOAD', 'NO_PICTURE', 'TOO_MANY_PICTURES', 'TOO_LARGE'];
  const named = ['checkSheet', 'checkSheetOnPage'].flatMap((id) => codes.map((code) => `${id} ${code}`));
  expect([...heard.keys()]).toEqual(expect.arrayContaining([...named, 'reportKeys OK']));
});

test(`${ROUNDS} requests to each operation get answers that its document foretells, and do no harm`, async () => {
  const { faults, heard } = await stage.run(SEED, ROUNDS);
  expect(faults).toEqual([]);
  expect(await stage.harm()).toEqual([]);
  // It got past the doors: most operations did their work at least once, and each was refused in more ways than one.
  const codesOf = (operation: string) => [...heard.keys()].filter((key) => key.startsWith(`${operation} `));
  const operations = [...new Set([...heard.keys()].map((key) => key.split(' ')[0] ?? ''))];
  expect(operations).toHaveLength(19);
  expect(operations.filter((operation) => heard.has(`${operation} OK`)).length).toBeGreaterThan(12);
  for (const operation of operations) expect(codesOf(operation).length, operation).toBeGreaterThan(1);
}, 120_000);
