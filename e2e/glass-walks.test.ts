/** Walks at the glass, generated from the screen’s own machine, each with a device that breaks at some screen. (3,000 of them: `npm run test:long`.) */
import { expect, test } from 'vitest';
import { playWalks } from './glass-walks.ts';

const WALKS = 300;

test(`${WALKS} walks: honest words, agreeing books, nobody left behind`, async () => {
  const { walks, ends, faults } = await playWalks('walks', WALKS);
  expect(faults).toEqual([]);
  expect(walks).toBe(WALKS);
  // They come far enough, and fail in more than one way.
  expect(ends.receipt).toBeGreaterThan(WALKS / 10);
  expect(Object.keys(ends).length).toBeGreaterThan(5);
}, 1_200_000);
