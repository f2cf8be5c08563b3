import assert from 'node:assert/strict';
import { ProtocolError } from '@machikado/protocol';
import { test } from 'vitest';
import { createLog, errorFields, type LogOptions } from './log.ts';

function logInto(options: Partial<LogOptions> = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'issuer', write: (line) => lines.push(JSON.parse(line)), ...options });
  return { log, lines };
}

test('a line is JSON with service, event and the fields that may stand there', () => {
  const { log, lines } = logInto({ allow: ['sheets'] });
  log.event('certificate-issued', { orderId: 'ab12', sheets: 2, requestId: undefined });
  const { time, ...rest } = lines[0] ?? {};
  assert.deepEqual(rest, { level: 'info', service: 'issuer', event: 'certificate-issued', orderId: 'ab12', sheets: 2 });
  assert.match(String(time), /^\d{4}-.*Z$/);
});

test('under test a key that is not on the list, and a value that could be a name, throw', () => {
  const { log } = logInto();
  assert.throws(() => log.event('x', { name: 'a' }), /under name/);
  assert.throws(() => log.event('x', { orderId: '夕凪太郎' }), /under orderId/);
  assert.throws(() => log.event('x', { orderId: 'Yunagi Taro' }), /under orderId/);
});

test('in service both are left out and counted', () => {
  const { log, lines } = logInto({ strict: false });
  log.warning('x', { name: 'a', orderId: '夕凪太郎', copy: 1 });
  const { time: _time, ...rest } = lines[0] ?? {};
  assert.deepEqual(rest, { level: 'warn', service: 'issuer', event: 'x', copy: 1, leftOut: 2 });
});

test('a detail is a sentence of ours; anything else in it is blacked out', () => {
  const { log, lines } = logInto();
  log.alarm('x', { detail: 'name is 夕凪太郎 here' });
  assert.equal(lines[0]?.detail, 'name is [伏字] here');
});

test('a failure is told by name, code and place, never by its message', () => {
  const cause = Object.assign(new Error('夕凪 inner'), { code: '23505' });
  const fields = errorFields(new TypeError('Taro Yunagi', { cause }));
  assert.equal(fields.errorName, 'TypeError');
  assert.match(String(fields.errorAt), /^src\/log\.test\.ts:\d+$/);
  assert.equal(fields.cause, 'Error/23505');
  assert.doesNotMatch(JSON.stringify(fields), /Yunagi|夕凪/);
  const line = new ProtocolError('MUNICIPALITY_UNAVAILABLE', 'no server', {
    cause: new Error('夕凪', { cause: Object.assign(new Error('夕凪'), { code: 'ERR_TLS_OTHER_KEY' }) }),
  });
  assert.equal(errorFields(line).cause, 'Error<Error/ERR_TLS_OTHER_KEY');
  assert.deepEqual(errorFields(new ProtocolError('ORDER_DEAD', 'timed out')), {
    code: 'ORDER_DEAD',
    detail: 'timed out',
  });
});
