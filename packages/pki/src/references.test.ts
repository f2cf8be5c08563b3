import { AssertionError } from 'node:assert';
import type { ProofBundle, Selection } from '@machikado/protocol';
import { expect, test } from 'vitest';
import { certRef, digestOf, nameRef, proofDigest, subjectRef } from './references.ts';
import { selectionDigest } from './selection-digest.ts';

const key = new Uint8Array(32).fill(7);
const orderId = '0123456789abcdef0123456789abcdef';
const otherOrder = 'fedcba9876543210fedcba9876543210';
const cert = { anchorFingerprint: 'ab'.repeat(32), serial: '1a2b3c4d' };
const proof: ProofBundle = {
  authCert: 'AA==',
  algorithm: 'rsa-pkcs1-sha256',
  message: 'AQ==',
  signature: 'Ag==',
  ocspResponse: 'Aw==',
};
const selection: Selection = {
  kind: 'resident-record',
  scope: 'part',
  personRefs: ['22'.repeat(16), '11'.repeat(16)],
  items: ['relationship', 'registered-domicile'],
  copies: 2,
  feeYen: 400,
};

test('references have these very values', () => {
  expect({
    certRef: certRef(key, cert),
    subjectRef: subjectRef(key, orderId, cert),
    nameRef: nameRef(key, orderId, '架空 太郎'),
    proofDigest: proofDigest(key, proof),
    selectionDigest: selectionDigest(orderId, selection),
    digestOf: digestOf('まちかど'),
  }).toEqual({
    certRef: 'de60e4ef0ee2788d3ec33eb85279f805d010a9761b5a2eb20fd16ced5dea42d3',
    subjectRef: '75a9e8ef487074c4572d9a5948d9ed6474671f16ac62a3fc39a5da7055cfafd9',
    nameRef: '6daa5d2c54ac0db648d7ba69099d1272db529e387cb851051c239a4d699714f6',
    proofDigest: 'd301fb7c34b2091195a30e0297b5ba6b582fe310f127e1032761979387270f66',
    selectionDigest: 'b7109cfcc2f3eb725e79189d5db89faecc993490df9677e94b4ffe5f15548cac',
    digestOf: '0f700c62aab6f7c24edc9da4980ff6d720680f1ba6b4b822d2df82786a051f21',
  });
});

test('references of one order cannot be linked to those of another', () => {
  expect(subjectRef(key, orderId, cert)).not.toBe(subjectRef(key, otherOrder, cert));
  expect(nameRef(key, orderId, '架空 太郎')).not.toBe(nameRef(key, otherOrder, '架空 太郎'));
});

test('a reference depends on its key, and on every octet of what it refers to', () => {
  const refs = [
    certRef(key, cert),
    certRef(new Uint8Array(32).fill(8), cert),
    certRef(key, { ...cert, serial: '1a2b3c' }),
    certRef(key, { ...cert, anchorFingerprint: 'ac'.repeat(32) }),
    nameRef(key, orderId, '架空 太郎'),
    nameRef(key, orderId, '架空 太郞'),
    nameRef(key, orderId, '辻'),
    nameRef(key, orderId, '辻\u{e0100}'),
    proofDigest(key, proof),
    ...(['authCert', 'message', 'signature', 'ocspResponse'] as const).map((part) =>
      proofDigest(key, { ...proof, [part]: 'BA==' }),
    ),
  ];
  expect(new Set(refs).size).toBe(refs.length);
});

test('a short key is a bug, not a reference', () => {
  expect(() => certRef(key.subarray(1), cert)).toThrow(AssertionError);
});

test('a name with half a character is a bug, not a reference', () => {
  expect(() => nameRef(key, orderId, '\ud842')).toThrow(AssertionError);
});

test('the selection is the same in whatever order persons, items and members stand', () => {
  const turned: Selection = {
    feeYen: 400,
    copies: 2,
    items: ['registered-domicile', 'relationship'],
    personRefs: ['11'.repeat(16), '22'.repeat(16)],
    scope: 'part',
    kind: 'resident-record',
  };
  expect(selectionDigest(orderId, turned)).toBe(selectionDigest(orderId, selection));
  expect(selection.personRefs).toEqual(['22'.repeat(16), '11'.repeat(16)]);
});

test('any other selection, and the same one in another order, has another digest', () => {
  const digests = [
    selectionDigest(orderId, selection),
    selectionDigest(otherOrder, selection),
    selectionDigest(orderId, { ...selection, scope: 'household' }),
    selectionDigest(orderId, { ...selection, personRefs: ['11'.repeat(16)] }),
    selectionDigest(orderId, { ...selection, items: [] }),
    selectionDigest(orderId, { ...selection, copies: 1 }),
    selectionDigest(orderId, { ...selection, feeYen: 401 }),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});
