import { expect, test } from 'vitest';
import { createStaySignal, stayEveryMs } from './stay-signal.ts';

test('many touches are told once in a while', () => {
  let now = 0;
  let told = 0;
  const touch = createStaySignal(
    () => now,
    () => {
      told += 1;
    },
  );
  for (; now < 3 * stayEveryMs; now += 100) touch();
  expect(told).toBe(3);
});
