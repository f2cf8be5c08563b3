import { setImmediate as flush } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { repeat } from './repeat.ts';

/** Timers that fire when the test says. */
function timersInHand() {
  const due: { readonly ms: number; readonly callback: () => void }[] = [];
  const timers = {
    after(ms: number, callback: () => void) {
      const timer = { ms, callback };
      due.push(timer);
      return () => void due.splice(due.indexOf(timer), 1);
    },
  };
  return { due, timers, fire: () => due.shift()?.callback() };
}

/** A step that is over when the test says. */
function stepInHand() {
  const open: ((pauseMs: number) => void)[] = [];
  const step = () => new Promise<number>((resolve) => open.push(resolve));
  return { open, step };
}

test('comes again when the step asked for it, and never beside itself', async () => {
  const { due, timers, fire } = timersInHand();
  const { open, step } = stepInHand();
  const work = repeat(step, { timers });
  for (const pauseMs of [5, 70]) {
    await flush();
    expect([open.length, due.length]).toEqual([1, 0]);
    open.shift()?.(pauseMs);
    await flush();
    expect([open.length, due.map(({ ms }) => ms)]).toEqual([0, [pauseMs]]);
    fire();
  }
  open.shift()?.(1);
  await work.stop();
});

test('stops between two steps', async () => {
  const { due, timers } = timersInHand();
  const { open, step } = stepInHand();
  const work = repeat(step, { timers });
  open.shift()?.(5);
  await flush();
  await work.stop();
  expect([open.length, due.length]).toEqual([0, 0]);
});

test('stops after the step that is under way', async () => {
  const { due, timers } = timersInHand();
  const { open, step } = stepInHand();
  const work = repeat(step, { timers });
  let stopped = false;
  const stopping = work.stop().then(() => {
    stopped = true;
  });
  await flush();
  expect(stopped).toBe(false);
  open.shift()?.(5);
  await stopping;
  expect([open.length, due.length]).toEqual([0, 0]);
});
