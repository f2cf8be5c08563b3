import { expect, test } from 'vitest';
import { offsetClock } from './clocks.ts';

test('the business clock of a demonstration runs with the machine, moved', () => {
  let now = Date.parse('2026-11-22T00:00:00Z');
  const clock = offsetClock({ now: () => new Date(now) }, -3_600_000);
  expect(clock.now()).toEqual(new Date('2026-11-21T23:00:00Z'));
  now += 1;
  expect(clock.now()).toEqual(new Date('2026-11-21T23:00:00.001Z'));
});
