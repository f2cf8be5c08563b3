import { expect, test } from 'vitest';
import { errorCodes, ProtocolError, refuse, toWireError } from './index.ts';

test('an exception without a code becomes INTERNAL and none of its text crosses the wire', () => {
  const wire = toWireError(new Error('架空 太郎 was here'));
  expect(wire).toEqual({ code: 'INTERNAL', retry: 'later', http: 500 });
});

test('a refusal keeps its code, and its detail stays behind', () => {
  const wire = toWireError(new ProtocolError('USE_COUNTER', 'rule protection.self'));
  expect(JSON.stringify(wire)).not.toContain('protection');
  expect(wire.code).toBe('USE_COUNTER');
});

test('refuse throws', () => {
  expect(() => refuse('ORDER_DEAD', 'late')).toThrow(ProtocolError);
});

test('the code for "ask at the counter" gives no hint of a reason and no retry', () => {
  expect(errorCodes.USE_COUNTER.retry).toBe('never');
  expect(errorCodes.USE_COUNTER.http).toBe(403);
});
