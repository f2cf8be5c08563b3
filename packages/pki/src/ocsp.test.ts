import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  caConstraint,
  caPlan,
  extension,
  extKeyUsage,
  flipped,
  keyUsage,
  makeCert,
  NOW,
  name,
  responderPlan,
  testKey,
} from '../test/test-certs.ts';
import { anchor, answerOf, ca, later, responder, SERIAL } from '../test/test-login.ts';
import { parseAnchor } from './anchors.ts';
import { concat, toHex } from './bytes.ts';
import { bitString, derNull, enumerated, explicit, objectIdentifier, octetString, sequence } from './der-writer.ts';
import { MalformedInput } from './malformed-input.ts';
import { certIdOf, isUnderAnchor } from './ocsp-cert-id.ts';
import { OcspError } from './ocsp-error.ts';
import { buildOcspRequest, parseOcspRequest } from './ocsp-request.ts';
import { errorOcspResponse, parseOcspResponse, type SingleResponse, signOcspResponse } from './ocsp-response.ts';
import { type OcspExpectation, verifyOcspResponse } from './ocsp-verification.ts';
import { checkRevocation } from './revocation-check.ts';

const nonce = Uint8Array.from({ length: 32 }, (_, i) => i);
const expected: OcspExpectation = { anchor, serial: SERIAL, nonce, now: NOW, maxAgeMs: 600_000, skewMs: 60_000 };
const good = { status: 'good' } as const;
const goodAnswer = answerOf(good, nonce);

function flawOf(bytes: Uint8Array, changes: Partial<OcspExpectation> = {}): string {
  try {
    return verifyOcspResponse(bytes, { ...expected, ...changes }).status;
  } catch (error) {
    if (error instanceof OcspError) return error.flaw;
    throw error;
  }
}

const single = (changes: Partial<SingleResponse> = {}) =>
  ({
    ...good,
    certId: certIdOf(anchor, SERIAL, 'sha256'),
    thisUpdate: NOW,
    nextUpdate: later(600_000),
    ...changes,
  }) as SingleResponse;

describe('an OCSP request', () => {
  test.each(['sha1', 'sha256'] as const)('is read as it was written, with %s', (hash) => {
    const request = parseOcspRequest(buildOcspRequest({ anchor, serial: SERIAL, hash, nonce }));
    expect(request).toEqual({ certIds: [certIdOf(anchor, SERIAL, hash)], nonce });
    expect(request.certIds.every((id) => isUnderAnchor(id, anchor))).toBe(true);
  });

  test('has no nonce when none was given', () => {
    expect(parseOcspRequest(buildOcspRequest({ anchor, serial: 'ff', hash: 'sha1' }))).toEqual({
      certIds: [certIdOf(anchor, 'ff', 'sha1')],
    });
  });

  test('names the anchor by its key, for generations share the DN', () => {
    const other = anotherGeneration();
    expect(isUnderAnchor(certIdOf(other, SERIAL, 'sha256'), anchor)).toBe(false);
  });

  test('with anything behind it, or cut short, is malformed', () => {
    const bytes = buildOcspRequest({ anchor, serial: SERIAL, hash: 'sha256', nonce });
    expect(() => parseOcspRequest(concat(bytes, Uint8Array.of(0)))).toThrow(MalformedInput);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => parseOcspRequest(bytes.subarray(0, length))).toThrow(MalformedInput);
    }
  });

  test('makes no parser crash', () => {
    const bytes = buildOcspRequest({ anchor, serial: SERIAL, hash: 'sha256', nonce });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ maxLength: 8 }), (at, octets) => {
        const other = Uint8Array.from(bytes);
        other.set(octets.subarray(0, bytes.length - at), at);
        try {
          parseOcspRequest(other);
          return true;
        } catch (error) {
          return error instanceof MalformedInput;
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

describe('an OCSP answer', () => {
  test('says good, revoked with time and reason, or unknown', () => {
    const at = new Date('2026-06-01T00:00:00Z');
    const ask = (bytes: Uint8Array) => verifyOcspResponse(bytes, expected);
    expect(ask(goodAnswer)).toEqual({ status: 'good' });
    expect(ask(answerOf({ status: 'revoked', at, reason: 1 }, nonce))).toEqual({ status: 'revoked', at, reason: 1 });
    expect(ask(answerOf({ status: 'revoked', at }, nonce))).toEqual({ status: 'revoked', at });
    expect(ask(answerOf({ status: 'unknown' }, nonce))).toEqual({ status: 'unknown' });
  });

  test('counts when the CA itself, an RSA delegate or a P-384 delegate signed it', () => {
    expect(flawOf(answerOf(good, nonce, { signer: { cert: anchor.der, privateKey: ca.privateKey } }))).toBe('good');
    for (const algorithm of ['rsa-pkcs1-sha256', 'ecdsa-p384-sha384'] as const) {
      const key = testKey('delegate', algorithm);
      const signer = { cert: makeCert(responderPlan(key, ca)), privateKey: key.privateKey };
      expect(flawOf(answerOf(good, nonce, { signer }))).toBe('good');
    }
  });

  test('counts for nothing when any single octet differs', () => {
    for (const mask of [0x01, 0x80]) {
      const spared = goodAnswer.findIndex((_, at) =>
        ['good', 'revoked', 'unknown'].includes(flawOf(flipped(goodAnswer, at, mask))),
      );
      expect(spared).toBe(-1);
    }
  });

  test('is malformed with anything behind it, or cut short', () => {
    expect(flawOf(concat(goodAnswer, Uint8Array.of(0)))).toBe('malformed');
    for (let length = 0; length < goodAnswer.length; length += 1) {
      expect(flawOf(goodAnswer.subarray(0, length))).toBe('malformed');
    }
  });

  test.each([
    ['malformedRequest', 'responder-malformed-request'],
    ['internalError', 'responder-internal-error'],
    ['tryLater', 'responder-try-later'],
    ['sigRequired', 'responder-sig-required'],
    ['unauthorized', 'responder-unauthorized'],
  ] as const)('that is %s is unusable as %s', (status, flaw) => {
    expect(flawOf(errorOcspResponse(status))).toBe(flaw);
  });

  test('with a response status that does not exist is malformed', () => {
    expect(flawOf(sequence(enumerated(4)))).toBe('malformed');
    expect(flawOf(sequence(enumerated(0)))).toBe('malformed');
  });

  const rogue = testKey('rogue');
  const delegate = (changes: Parameters<typeof responderPlan>[2]) => {
    const key = testKey('delegate');
    return { signer: { cert: makeCert(responderPlan(key, ca, changes)), privateKey: key.privateKey } };
  };
  const signing = '1.3.6.1.5.5.7.3.9';
  test.each<[string, () => Uint8Array]>([
    ['nonce-differs', () => answerOf(good, flipped(nonce, 31))],
    ['nonce-differs', () => answerOf(good, nonce.subarray(0, 31))],
    ['nonce-missing', () => answerOf(good, undefined)],
    ['other-cert', () => answerOf(good, nonce, { serial: '1a2b3c4e' })],
    [
      'other-cert',
      () => answerOf(good, nonce, { responses: [single({ certId: certIdOf(anotherGeneration(), SERIAL, 'sha256') })] }),
    ],
    ['produced-in-future', () => answerOf(good, nonce, { producedAt: later(61_000) })],
    ['update-in-future', () => answerOf(good, nonce, { thisUpdate: later(61_000) })],
    ['produced-before-update', () => answerOf(good, nonce, { producedAt: later(-61_000) })],
    ['too-old', () => answerOf(good, nonce, { thisUpdate: later(-601_000) })],
    [
      'too-old',
      () =>
        answerOf(good, nonce, {
          thisUpdate: later(-601_000),
          producedAt: later(-601_000),
          nextUpdate: later(3_600_000),
        }),
    ],
    ['superseded', () => answerOf(good, nonce, { nextUpdate: later(-61_000) })],
    [
      'signer-not-issued-by-anchor',
      () =>
        answerOf(good, nonce, {
          signer: { cert: makeCert(responderPlan(rogue, rogue)), privateKey: rogue.privateKey },
        }),
    ],
    ['signer-not-issued-by-anchor', () => answerOf(good, nonce, delegate({ issuer: name(['2.5.4.10', 'JPKI']) }))],
    ['signer-purpose', () => answerOf(good, nonce, delegate({ extensions: [keyUsage(0)] }))],
    [
      'signer-purpose',
      () => answerOf(good, nonce, delegate({ extensions: [keyUsage(0), extKeyUsage('1.3.6.1.5.5.7.3.2')] })),
    ],
    ['signer-purpose', () => answerOf(good, nonce, delegate({ extensions: [keyUsage(6), extKeyUsage(signing)] }))],
    [
      'signer-purpose',
      () => answerOf(good, nonce, delegate({ extensions: [keyUsage(0), caConstraint, extKeyUsage(signing)] })),
    ],
    [
      'malformed',
      () => answerOf(good, nonce, delegate({ extensions: [extKeyUsage(signing), extension('1.2.3', derNull, true)] })),
    ],
    ['signer-outside-validity', () => answerOf(good, nonce, delegate({ to: '2026-06-30T00:00:00Z' }))],
    ['signer-outside-validity', () => answerOf(good, nonce, delegate({ from: '2026-07-02T00:00:00Z' }))],
    [
      'signature',
      () =>
        answerOf(good, nonce, {
          signer: { cert: responder.cert, privateKey: testKey('stranger', 'ecdsa-p256-sha256').privateKey },
        }),
    ],
  ])('is unusable: %s', (flaw, bytes) => {
    expect(flawOf(bytes())).toBe(flaw);
  });

  test('is unusable when it names another responder than the one that signed', () => {
    const at = keyHashAt(goodAnswer);
    expect(at).toBeGreaterThan(3);
    // The key hash lies inside what is signed; the name is compared first, so the log says which of the two it was.
    expect(flawOf(flipped(goodAnswer, at))).toBe('responder-id');
  });

  test('may bring the anchor along, but no cert that nobody checks', () => {
    const answer = parseOcspResponse(goodAnswer);
    const { tbs, signature } = 'error' in answer ? expect.unreachable() : answer;
    const withCerts = (...certs: Uint8Array[]) => {
      const algorithm = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
      const basic = sequence(tbs, algorithm, bitString(signature), explicit(0, sequence(...certs)));
      return sequence(
        enumerated(0),
        explicit(0, sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), octetString(basic))),
      );
    };
    expect(flawOf(withCerts(responder.cert))).toBe('good');
    expect(flawOf(withCerts(responder.cert, anchor.der))).toBe('good');
    expect(flawOf(withCerts(responder.cert, responder.cert))).toBe('signer-not-issued-by-anchor');
    expect(flawOf(withCerts(anchor.der))).toBe('responder-id');
    expect(flawOf(withCerts())).toBe('responder-id');
  });

  test('says the worst when it says several things about one cert', () => {
    const revoked = single({ status: 'revoked', at: NOW } as Partial<SingleResponse>);
    for (const responses of [
      [single(), revoked],
      [revoked, single()],
    ]) {
      expect(flawOf(answerOf(good, nonce, { responses }))).toBe('revoked');
    }
    expect(
      flawOf(
        answerOf(good, nonce, { responses: [single({ status: 'unknown' } as Partial<SingleResponse>), single()] }),
      ),
    ).toBe('unknown');
  });

  test('may speak of other certs too', () => {
    const other = single({
      status: 'revoked',
      at: NOW,
      certId: certIdOf(anchor, '77', 'sha1'),
    } as Partial<SingleResponse>);
    expect(flawOf(answerOf(good, nonce, { responses: [other, single()] }))).toBe('good');
  });

  test('signed beforehand counts until its next update, and must name one', () => {
    const presigned = answerOf(good, undefined);
    const asked = { nonce: undefined, maxAgeMs: 86_400_000 };
    expect(flawOf(presigned, { ...asked, now: later(659_000) })).toBe('good');
    expect(flawOf(presigned, { ...asked, now: later(661_000) })).toBe('superseded');
    expect(flawOf(goodAnswer, asked)).toBe('nonce-not-asked');
    const { nextUpdate: _, ...endless } = single();
    expect(flawOf(signOcspResponse({ responses: [endless], producedAt: NOW, signer: responder }), asked)).toBe(
      'no-next-update',
    );
  });

  test('to our own nonce counts for maxAgeMs, to the millisecond', () => {
    expect(flawOf(goodAnswer, { now: later(600_000) })).toBe('good');
    expect(flawOf(goodAnswer, { now: later(600_001) })).toBe('too-old');
  });

  test('is always judged, never crashed on, whatever its octets', () => {
    fc.assert(
      fc.property(fc.nat(goodAnswer.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), (at, octets) => {
        const other = Uint8Array.from(goodAnswer);
        other.set(octets.subarray(0, other.length - at), at);
        return toHex(other) === toHex(goodAnswer) || !['good', 'revoked', 'unknown'].includes(flawOf(other));
      }),
      { seed: 5, numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => flawOf(bytes) !== 'good'),
      { seed: 6, numRuns: 1000 },
    );
  });
});

describe('the revocation check', () => {
  const question = { anchor, serial: SERIAL, nonce, maxAgeMs: 600_000, skewMs: 60_000 };
  const now = () => NOW;

  test('asks about this cert with this nonce, and hands the answer on', async () => {
    const asked: Uint8Array[] = [];
    const fetchOcsp = async (request: Uint8Array) => {
      asked.push(request);
      return goodAnswer;
    };
    expect(await checkRevocation(question, { fetchOcsp, now })).toEqual({ status: 'good', response: goodAnswer });
    expect(asked.map(parseOcspRequest)).toEqual([{ certIds: [certIdOf(anchor, SERIAL, 'sha256')], nonce }]);
  });

  test('fails closed when nobody answers, and when the answer is for another question', async () => {
    const silent = checkRevocation(question, { fetchOcsp: () => Promise.reject(new Error('timeout')), now });
    await expect(silent).rejects.toMatchObject({ name: 'OcspError', flaw: 'unreachable' });
    const replayed = checkRevocation(question, { fetchOcsp: async () => answerOf(good, flipped(nonce, 0)), now });
    await expect(replayed).rejects.toMatchObject({ flaw: 'nonce-differs' });
  });
});

function anotherGeneration() {
  return parseAnchor(makeCert(caPlan(testKey('another generation'))));
}

/** Where in an answer the key hash of the responder begins. */
function keyHashAt(answer: Uint8Array): number {
  return Buffer.from(answer).indexOf(Buffer.from('a2160414', 'hex')) + 4;
}
