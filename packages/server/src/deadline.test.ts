import { expect, test } from 'vitest';
import { Deadline } from './deadline.ts';

function patient(): Deadline {
  return Deadline.after(1000, { monotonic: { nowMs: () => 0 }, timers: { after: () => () => undefined } });
}

async function warningsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const warnings: string[] = [];
  const note = ({ name }: Error) => warnings.push(name);
  process.on('warning', note);
  await work();
  // They are told of in the next round.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  return warnings;
}

const atOnce = (count: number) => {
  const deadline = patient();
  return Promise.all(Array.from({ length: count }, () => deadline.limit(Promise.resolve('done'))));
};

test('twenty copies may be limited by one deadline at once, and nobody is warned of a leak', async () => {
  expect(await warningsDuring(() => atOnce(20))).toEqual([]);
});
