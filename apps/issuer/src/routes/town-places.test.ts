import { ProtocolError } from '@machikado/protocol';
import { Deadline } from '@machikado/server';
import { expect, test } from 'vitest';
import { createTownPlaces } from './town-places.ts';

/** Passes when the test says so. */
function deadlineByHand() {
  let pass = () => {};
  const timers = {
    after(_: number, callback: () => void) {
      pass = callback;
      return () => {};
    },
  };
  return { deadline: Deadline.after(1000, { monotonic: { nowMs: () => 0 }, timers }), pass: () => pass() };
}
/** Work that ends when the test says so. */
function work(log: string[], name: string) {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(name);
    await over;
    return name;
  };
  return { run, end: () => end() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));
const codeOf = (promise: Promise<unknown>) => promise.then(String, (error: ProtocolError) => error.code);
const patient = () => deadlineByHand().deadline;

test('a town that fills its places is told so, while the other comes in', async () => {
  const places = createTownPlaces({ places: 2, turns: 2 });
  const [a, b, c] = ['a', 'b', 'c'].map((name) => work([], name));
  const hanging = [a, b].map((one) => places.within('990019', one?.run as () => Promise<string>));
  expect(await codeOf(places.within('990019', async () => 'in'))).toBe('TOO_BUSY');
  expect(await places.within('990027', async () => 'in')).toBe('in');
  a?.end();
  await hanging[0];
  expect(await places.within('990019', async () => 'in again')).toBe('in again');
  b?.end();
  c?.end();
  await hanging[1];
});

test('orders of one town wait in line for its turns, those of the other do not', async () => {
  const places = createTownPlaces({ places: 9, turns: 1 });
  const log: string[] = [];
  const works = ['a', 'b', 'c'].map((name) => work(log, name));
  const running = works.map((one) => places.inTurn('990019', patient(), one.run));
  await settled();
  expect(log).toEqual(['a']);
  expect(await places.inTurn('990027', patient(), async () => 'other town')).toBe('other town');
  works[0]?.end();
  await settled();
  expect(log).toEqual(['a', 'b']);
  for (const one of works) one.end();
  expect(await Promise.all(running)).toEqual(['a', 'b', 'c']);
});

test('who waits too long never begins, and nobody loses a turn by it', async () => {
  const places = createTownPlaces({ places: 9, turns: 1 });
  const log: string[] = [];
  const [first, late, next] = ['first', 'late', 'next'].map((name) => work(log, name)) as [
    ReturnType<typeof work>,
    ReturnType<typeof work>,
    ReturnType<typeof work>,
  ];
  const running = places.inTurn('990019', patient(), first.run);
  const { deadline, pass } = deadlineByHand();
  const waiting = codeOf(places.inTurn('990019', deadline, late.run));
  const patientOne = places.inTurn('990019', patient(), next.run);
  pass();
  expect(await waiting).toBe('DEADLINE_PASSED');
  first.end();
  await running;
  next.end();
  expect(await patientOne).toBe('next');
  expect(log).toEqual(['first', 'next']);
});

test('a failure gives place and turn back', async () => {
  const places = createTownPlaces({ places: 1, turns: 1 });
  const failing = async () => {
    throw new ProtocolError('USE_COUNTER', 'no');
  };
  for (const _ of [1, 2]) expect(await codeOf(places.inTurn('990019', patient(), failing))).toBe('USE_COUNTER');
});
