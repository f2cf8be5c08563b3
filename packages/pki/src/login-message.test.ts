import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flipped } from '../test/test-certs.ts';
import { loginMessage } from '../test/test-login.ts';
import { concat, toHex } from './bytes.ts';
import { decodeLoginMessage, encodeLoginMessage } from './login-message.ts';
import { MalformedInput } from './malformed-input.ts';

const bytes = encodeLoginMessage(loginMessage);

test('the login message has these very octets', () => {
  expect(toHex(bytes)).toBe(
    [
      Buffer.from('machikado/login/v1\0').toString('hex'),
      `0006${Buffer.from('center').toString('hex')}`,
      `0020${Buffer.from('00112233445566778899aabbccddeeff').toString('hex')}`,
      `000a${Buffer.from('operator-a').toString('hex')}`,
      `000c${Buffer.from('kiosk-a-0001').toString('hex')}`,
      `0020${'5a'.repeat(32)}`,
      `0020${'e7'.repeat(32)}`,
      `0018${Buffer.from('2026-07-01T03:01:30.000Z').toString('hex')}`,
    ].join(''),
  );
});

test('the login message comes back as it went in', () => {
  expect(decodeLoginMessage(bytes)).toEqual(loginMessage);
});

test('what can be decoded is encoded to the same octets, for any change of one octet', () => {
  for (let at = 0; at < bytes.length; at += 1) {
    const other = flipped(bytes, at, 1 << (at % 8));
    try {
      expect(encodeLoginMessage(decodeLoginMessage(other))).toEqual(other);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedInput);
    }
  }
});

test.each<[string, Uint8Array]>([
  ['another label', concat(Buffer.from('machikado/login/v2\0'), bytes.subarray(19))],
  ['one octet more', concat(bytes, Uint8Array.of(0))],
  ['one octet less', bytes.subarray(0, -1)],
  ['one field more', concat(bytes, Uint8Array.of(0, 1, 0x61))],
  ['the label alone', bytes.subarray(0, 19)],
  ['nothing', new Uint8Array()],
])('a login message with %s is refused', (_, other) => {
  expect(() => decodeLoginMessage(other)).toThrow(MalformedInput);
});

test.each([
  [{ centerId: '' }],
  [{ centerId: 'c'.repeat(41) }],
  [{ kioskId: 'kiosk 1' }],
  [{ operatorId: '店' }],
  [{ sessionId: '00112233445566778899AABBCCDDEEFF' }],
  [{ nonce: '5a'.repeat(31) }],
  [{ exporter: new Uint8Array(31) }],
  [{ expiresAt: '2026-02-30T03:01:30Z' }],
  [{ expiresAt: '2026-07-01T12:01:30+09:00' }],
  [{ expiresAt: '2026-07-01T03:01:30+00:00' }],
  [{ expiresAt: '2026-07-01T03:01:30.0Z' }],
])('%j cannot stand in a login message', (change) => {
  expect(() => encodeLoginMessage({ ...loginMessage, ...change })).toThrow(MalformedInput);
});

test('no octets make the decoder crash', () => {
  const tail = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(tail, (octets) => {
      try {
        decodeLoginMessage(concat(bytes.subarray(0, 19), octets));
      } catch (error) {
        return error instanceof MalformedInput;
      }
      return true;
    }),
    { seed: 3, numRuns: 1000 },
  );
});
