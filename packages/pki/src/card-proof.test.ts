import { describe, expect, test } from 'vitest';
import { flipped, keyUsage, makeCert, NOW, policies, SIGNATURE_POLICY, testKey, userPlan } from '../test/test-certs.ts';
import {
  anchor,
  anchors,
  answerOf,
  ca,
  card,
  later,
  loginMessage,
  makeProof,
  profile,
  SERIAL,
} from '../test/test-login.ts';
import { fromBase64, toBase64, toHex } from './bytes.ts';
import { checkCardSignature, checkProof, ocspNonceFor, type ProofCheck } from './card-proof.ts';
import { encodeLoginMessage } from './login-message.ts';

const check: ProofCheck = {
  anchors,
  profile,
  now: NOW,
  ocspMaxAgeMs: 25 * 60_000,
  centerId: 'center',
  expect: { sessionId: loginMessage.sessionId },
};
const proof = makeProof();
const messageWith = (changes: Partial<typeof loginMessage>) => encodeLoginMessage({ ...loginMessage, ...changes });

describe('the proof of the cardholder', () => {
  test('is good, and says whose it is and what was signed', () => {
    const certKey = { anchorFingerprint: anchor.fingerprint, serial: SERIAL };
    expect(checkCardSignature(proof, check)).toEqual({ kind: 'valid', certKey, anchor, message: loginMessage });
    expect(checkProof(proof, check)).toEqual({ kind: 'good', certKey, message: loginMessage });
  });

  test('is refused when any single octet of any part differs', () => {
    for (const part of ['authCert', 'message', 'signature', 'ocspResponse'] as const) {
      const bytes = fromBase64(proof[part]);
      const spared = bytes.findIndex((_, at) => {
        const other = { ...proof, [part]: toBase64(flipped(bytes, at, 1 << (at % 8))) };
        return checkProof(other, check).kind !== 'refused';
      });
      expect([part, spared]).toEqual([part, -1]);
    }
  });

  test('is refused when any single character of any part differs', () => {
    for (const part of ['authCert', 'message', 'signature', 'ocspResponse'] as const) {
      for (const [at, letter] of [...proof[part]].entries()) {
        const other = proof[part].slice(0, at) + (letter === 'A' ? 'B' : 'A') + proof[part].slice(at + 1);
        expect(checkProof({ ...proof, [part]: other }, check).kind).toBe('refused');
      }
    }
  });

  test('has one spelling: base64 with spaces, line ends, other letters or without padding is refused', () => {
    for (const part of ['authCert', 'message', 'signature', 'ocspResponse'] as const) {
      const text = proof[part];
      const spellings = [` ${text}`, `${text}\n`, text.replace(/=*$/, ''), `${text}=`, text.replaceAll('+', '-')];
      for (const spelling of spellings.filter((other) => other !== text)) {
        const verdict = checkProof({ ...proof, [part]: spelling }, check);
        expect(verdict).toMatchObject({ kind: 'refused', detail: expect.stringContaining('not canonical base64') });
      }
    }
  });

  test('parts of two good proofs do not make a third', () => {
    const other = makeProof({ message: messageWith({ sessionId: 'ff'.repeat(16) }) });
    const anywhere: ProofCheck = { anchors, profile, now: NOW, ocspMaxAgeMs: check.ocspMaxAgeMs, centerId: 'center' };
    expect(checkProof(other, anywhere).kind).toBe('good');
    for (const part of ['message', 'signature', 'ocspResponse'] as const) {
      expect(checkProof({ ...proof, [part]: other[part] }, anywhere).kind).toBe('refused');
    }
  });

  test.each<[string, Partial<typeof loginMessage>]>([
    ['proof was made for another session', { sessionId: 'ff'.repeat(16) }],
    ['proof was made for another center', { centerId: 'center-b' }],
    ['proof is too old', { expiresAt: '2026-07-01T02:44:59Z' }],
    ['proof ends later than any challenge', { expiresAt: '2026-07-01T03:02:31Z' }],
  ])('is refused, genuine as it is: %s', (detail, changes) => {
    expect(checkProof(makeProof({ message: messageWith(changes) }), check)).toEqual({
      kind: 'refused',
      code: 'PROOF_REFUSED',
      detail,
    });
  });

  test('holds for the longest use of a kiosk and not a millisecond longer', () => {
    const end = new Date(loginMessage.expiresAt);
    expect(checkProof(proof, { ...check, now: later(15 * 60_000, end) }).kind).toBe('good');
    expect(checkProof(proof, { ...check, now: later(15 * 60_000 + 1, end) }).kind).toBe('refused');
  });

  test.each([
    ['OCSP answer: revoked', { status: 'revoked', at: NOW }],
    ['OCSP answer: unknown', { status: 'unknown' }],
  ] as const)('is refused: %s', (detail, status) => {
    expect(checkProof(makeProof({ status }), check)).toMatchObject({ kind: 'refused', detail });
  });

  test('is refused with the good OCSP answer of another login, an old one, or none', () => {
    const [message, signature] = [fromBase64(proof.message), fromBase64(proof.signature)];
    const other = { ...proof, ocspResponse: toBase64(answerOf({ status: 'good' }, ocspNonceFor(signature, message))) };
    expect(checkProof(other, check)).toMatchObject({ detail: 'OCSP answer is unusable: nonce-differs' });
    const presigned = { ...proof, ocspResponse: toBase64(answerOf({ status: 'good' }, undefined)) };
    expect(checkProof(presigned, check)).toMatchObject({ detail: 'OCSP answer is unusable: nonce-missing' });
    expect(checkProof(proof, { ...check, now: later(61_000), ocspMaxAgeMs: 60_000 })).toMatchObject({
      detail: 'OCSP answer is unusable: too-old',
    });
    expect(checkProof({ ...proof, ocspResponse: '' }, check).kind).toBe('refused');
  });

  test('is refused when the signature cert of the same card and CA made it', () => {
    const signing = makeCert(userPlan(card, ca, { extensions: [keyUsage(0, 1), policies(SIGNATURE_POLICY)] }));
    expect(checkProof(makeProof({ cert: signing }), check)).toMatchObject({
      detail: 'key usage is not digitalSignature alone',
    });
  });

  test('is refused when another card signed', () => {
    expect(checkProof(makeProof({ key: testKey('another card') }), check)).toMatchObject({
      detail: 'signature of the card',
    });
  });

  test('is refused under another algorithm than that of the key', () => {
    const other = { ...proof, algorithm: 'ecdsa-p384-sha384' } as const;
    expect(checkProof(other, check)).toMatchObject({ detail: 'algorithm is not that of the key' });
  });

  test('tells the center of an expired cert, by its own code', () => {
    const cert = makeCert(userPlan(card, ca, { to: '2026-06-30T14:59:59Z' }));
    expect(checkCardSignature(makeProof({ cert }), check)).toMatchObject({
      kind: 'refused',
      code: 'USER_CERT_EXPIRED',
    });
    expect(checkProof(makeProof({ cert }), check)).toMatchObject({ kind: 'refused', code: 'PROOF_REFUSED' });
  });

  test('is refused when the card signed something that is no login message', () => {
    const message = Buffer.from('machikado/seal/v1\0 something else');
    expect(checkProof(makeProof({ message }), check)).toMatchObject({ detail: 'login message is malformed' });
  });
});

test('the OCSP nonce of a login has these very octets', () => {
  const nonce = ocspNonceFor(Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5));
  expect(toHex(nonce)).toBe('932dbe229310e3cfc0ca74b0aade93799441f7b9789f1dbcc88e549d7f9f36c2');
});
