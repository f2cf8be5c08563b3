import { AssertionError } from 'node:assert';
import { createHash, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { authCert, card } from '../test/test-login.ts';
import { MalformedInput } from './malformed-input.ts';
import { PeerTable } from './peer-table.ts';
import { spkiPin } from './x509.ts';

const [old, fresh, other] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)];
const yunagi = { kind: 'municipality', id: '990019' };

test('a peer is found under its old and its new key, and nobody under any other', () => {
  const table = new PeerTable([{ pins: [old, fresh], peer: yunagi }]);
  expect([old, fresh, other].map((pin) => table.find(pin))).toEqual([yunagi, yunagi, undefined]);
});

test('one key cannot be two peers, and a pin is a digest', () => {
  const row = { pins: [old], peer: yunagi };
  expect(() => new PeerTable([row, { ...row, peer: { kind: 'municipality', id: '990027' } }])).toThrow(AssertionError);
  expect(() => new PeerTable([{ ...row, pins: [old.toUpperCase()] }])).toThrow(AssertionError);
});

test('the pin of a cert is the SHA-256 of its key as SubjectPublicKeyInfo', () => {
  const spki = createPublicKey(card.privateKey).export({ type: 'spki', format: 'der' });
  expect(spkiPin(authCert)).toBe(createHash('sha256').update(spki).digest('hex'));
  expect(() => spkiPin(authCert.subarray(1))).toThrow(MalformedInput);
});
