/** The whole gallery of the issuing server through the intake, byte by byte. */
import { afterAll, expect, test } from 'vitest';
import { galleryCases } from '../apps/issuer/src/forms/testing/gallery/index.ts';
import { cleanCopyOf, differencesOf, openStage } from './clean-copies.ts';

const stage = openStage();
afterAll(() => stage.close());

test.each(galleryCases)('$name is taken in as it is', async (one) => {
  const pair = await cleanCopyOf(one, stage);
  expect(differencesOf(pair)).toEqual([]);
  expect(Buffer.compare(pair.again, pair.bytes)).toBe(0);
});
