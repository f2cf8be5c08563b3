import { createLog } from '@machikado/server';
import { expect, test } from 'vitest';
import { ResponderWatch } from './responder-watch.ts';

function watched() {
  const lines: string[] = [];
  const watch = new ResponderWatch(createLog({ service: 'center', write: (line) => void lines.push(line) }));
  const said = () => lines.map((line) => JSON.parse(line)).map(({ level, event, reason }) => [level, event, reason]);
  const fail = (times: number) => {
    for (let i = 0; i < times; i += 1) watch.failed('unreachable');
  };
  return { watch, said, fail };
}

test('three failures in a row are an outage, with one alarm; one answer ends it, and is told once', () => {
  const { watch, said, fail } = watched();
  fail(2);
  expect([watch.isAway(), said()]).toEqual([false, []]);
  fail(1);
  expect(watch.isAway()).toBe(true);
  fail(5);
  watch.answered();
  watch.answered();
  expect(watch.isAway()).toBe(false);
  const once = [
    ['error', 'responder-away', 'unreachable'],
    ['info', 'responder-back', undefined],
  ];
  expect(said()).toEqual(once);
  fail(3);
  expect(said()).toEqual([...once, once[0]]);
});

test('failures with an answer between them are none in a row', () => {
  const { watch, said, fail } = watched();
  for (let i = 0; i < 3; i += 1) {
    fail(2);
    watch.answered();
  }
  expect([watch.isAway(), said()]).toEqual([false, []]);
});
