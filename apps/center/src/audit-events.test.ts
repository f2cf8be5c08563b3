import { copyMoves, orderMoves, sessionMoves } from '@machikado/protocol';
import { expect, test } from 'vitest';
import { auditEvents, copyEvents, orderEvents, sessionEvents } from './audit-events.ts';

test('every state of every life has its own event', () => {
  expect(Object.keys(sessionEvents).toSorted()).toEqual(Object.keys(sessionMoves).toSorted());
  expect(Object.keys(orderEvents).toSorted()).toEqual(Object.keys(orderMoves).toSorted());
  expect(Object.keys(copyEvents).toSorted()).toEqual(Object.keys(copyMoves).toSorted());
  const names = [sessionEvents, orderEvents, copyEvents].flatMap((events) => Object.values(events));
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(auditEvents[name]).toMatch(/\.$/);
});
