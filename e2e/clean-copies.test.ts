import { afterAll, expect, test } from 'vitest';
import { galleryCases } from '../apps/issuer/src/forms/testing/gallery/index.ts';
import { cleanCopyOf, differencesOf, openStage } from './clean-copies.ts';

const stage = openStage();
afterAll(() => stage.close());

/** Rare letters with variation selectors, seals and imprints, long names, several sheets. */
const chosen = galleryCases.filter(({ name }) =>
  ['seal-registration-usual', 'rare-letters', 'continuation', 'long-name'].some((part) => name.includes(part)),
);

test('a document of ours is taken in as it is: size, letters, drawings and picture are the same to the byte', async () => {
  expect(chosen.length).toBeGreaterThan(9);
  const selectors = new Set<string>();
  for (const one of chosen) {
    const pair = await cleanCopyOf(one, stage);
    expect([one.name, differencesOf(pair)]).toEqual([one.name, []]);
    expect(Buffer.compare(pair.again, pair.bytes), one.name).toBe(0);
    expect(pair.opaque, one.name).toBe(false);
    for (const { glyphs } of pair.clean)
      for (const { text } of glyphs) if (/[\u{e0100}-\u{e01ef}]/u.test(text)) selectors.add(text);
  }
  expect(selectors.size).toBeGreaterThan(0);
});
