import { AssertionError } from 'node:assert';
import { ProtocolError } from '@machikado/protocol';
import { expect, test } from 'vitest';
import { flipped } from '../test/test-certs.ts';
import { toHex } from './bytes.ts';
import { type CopyName, openCopy, type SealedBytes, sealCopy } from './seal.ts';

const orderId = '0123456789abcdef0123456789abcdef';
const pdf = Buffer.from('%PDF-1.7 a copy');

/** 0, 1, 2 … so that the octets of a seal can be written down. */
function counting() {
  let at = 0;
  return (bytes: number) => Uint8Array.from({ length: bytes }, () => at++);
}

const seal = (): CopyName & SealedBytes => ({
  ...sealCopy({ pdf, orderId, copy: 2, random: counting() }),
  orderId,
  copy: 2,
});

test('a seal has these very octets', () => {
  const { ciphertext, kioskShare, centerShare } = seal();
  expect(toHex(kioskShare)).toBe(toHex(Uint8Array.from({ length: 32 }, (_, i) => i)));
  expect(toHex(centerShare)).toBe(toHex(Uint8Array.from({ length: 32 }, (_, i) => 32 + i)));
  expect(toHex(ciphertext)).toBe(
    '404142434445464748494a4b834ffa5adda8b516218bae200fd90350bf6cb20c15613f7506a0b0bfddfc4a',
  );
});

test('both shares together open the copy', () => {
  expect(Buffer.from(openCopy(seal())).toString()).toBe('%PDF-1.7 a copy');
});

test('one share alone, or twice, opens nothing', () => {
  const sealed = seal();
  const { kioskShare, centerShare } = sealed;
  for (const lost of [
    { kioskShare: centerShare },
    { centerShare: kioskShare },
    { kioskShare: new Uint8Array(32) },
    { centerShare: new Uint8Array() },
  ]) {
    expect(() => openCopy({ ...sealed, ...lost })).toThrow(ProtocolError);
  }
});

test('a copy opens under its own order and copy number only', () => {
  const sealed = seal();
  for (const other of [{ copy: 1 }, { copy: 258 }, { orderId: `1${orderId.slice(1)}` }]) {
    expect(() => openCopy({ ...sealed, ...other })).toThrow('BINDING_MISMATCH');
  }
});

test('no single octet of a seal can differ', () => {
  const sealed = seal();
  for (const part of ['ciphertext', 'kioskShare', 'centerShare'] as const) {
    sealed[part].forEach((_, at) => {
      expect(() => openCopy({ ...sealed, [part]: flipped(sealed[part], at, 1 << (at % 8)) })).toThrow(
        'BINDING_MISMATCH',
      );
    });
  }
});

test('a share of another length is refused, even when the octets behind the key say nothing', () => {
  const sealed = seal();
  const longer = { ...sealed, centerShare: Buffer.concat([sealed.centerShare, Buffer.of(0)]) };
  expect(() => openCopy(longer)).toThrow('share length');
});

test('a copy number that cannot be, or a source of too few random octets, seals nothing', () => {
  for (const copy of [0, 1.5, 65_537]) {
    expect(() => sealCopy({ pdf, orderId, copy, random: counting() })).toThrow(AssertionError);
  }
  expect(() => sealCopy({ pdf, orderId, copy: 1, random: (bytes) => new Uint8Array(bytes - 1) })).toThrow(
    AssertionError,
  );
});

test('a shortened or lengthened seal does not open', () => {
  const sealed = seal();
  for (let length = 0; length < sealed.ciphertext.length; length += 1) {
    expect(() => openCopy({ ...sealed, ciphertext: sealed.ciphertext.subarray(0, length) })).toThrow(
      'BINDING_MISMATCH',
    );
  }
  expect(() => openCopy({ ...sealed, ciphertext: Buffer.concat([sealed.ciphertext, Buffer.of(0)]) })).toThrow(
    'BINDING_MISMATCH',
  );
});
