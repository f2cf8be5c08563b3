/** 3,000 walks at the glass; MACHIKADO_SEED repeats a run. */
import { expect, test } from 'vitest';
import { playWalks } from './glass-walks.ts';

const WALKS = 3_000;
const seed = process.env.MACHIKADO_SEED ?? String(Date.now());

test(`${WALKS} walks, seed ${seed}`, async () => {
  console.log(`seed ${seed}`);
  const { walks, ends, faults } = await playWalks(seed, WALKS, console.log);
  console.log(ends);
  expect(faults).toEqual([]);
  expect(walks).toBe(WALKS);
}, 10_800_000);
