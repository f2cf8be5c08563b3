import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AUTH_POLICY,
  CA_NAME,
  caConstraint,
  caPlan,
  extension,
  extKeyUsage,
  flipped,
  keyUsage,
  makeCert,
  NOW,
  name,
  policies,
  SIGNATURE_POLICY,
  testKey,
  userPlan,
} from '../test/test-certs.ts';
import { anchor, anchors, authCert, ca, card, profile, SERIAL } from '../test/test-login.ts';
import { parseAnchors } from './anchors.ts';
import { concat, utf8 } from './bytes.ts';
import { der, derNull, explicit, objectIdentifier, sequence } from './der-writer.ts';
import { MalformedInput } from './malformed-input.ts';
import { checkUserAuthCert } from './user-auth-cert.ts';

const check = { anchors, profile, now: NOW };
const verdictOf = (changes: Parameters<typeof userPlan>[2]) =>
  checkUserAuthCert(makeCert(userPlan(card, ca, changes)), check);

describe('the user-authentication cert', () => {
  test('passes with anchor, serial and key when it follows the profile', () => {
    const verdict = checkUserAuthCert(authCert, check);
    expect(verdict).toMatchObject({ kind: 'valid', key: { anchorFingerprint: anchor.fingerprint, serial: SERIAL } });
    const key = verdict.kind === 'valid' ? verdict.publicKey : undefined;
    expect(key?.equals(createPublicKey(card.privateKey))).toBe(true);
  });

  test('passes when extensions stand there that are neither known nor critical', () => {
    expect(
      verdictOf({ extensions: [keyUsage(0), policies('1.2.3', AUTH_POLICY), extension('2.5.29.35', derNull)] }).kind,
    ).toBe('valid');
  });

  test.each<[string, Parameters<typeof userPlan>[2]]>([
    ['key usage is not digitalSignature alone', { extensions: [keyUsage(0, 1), policies(AUTH_POLICY)] }],
    ['key usage is not digitalSignature alone', { extensions: [keyUsage(1), policies(AUTH_POLICY)] }],
    ['key usage is not digitalSignature alone', { extensions: [policies(AUTH_POLICY)] }],
    [
      'key usage is not critical',
      { extensions: [extension('2.5.29.15', der(3, Uint8Array.of(7, 0x80))), policies(AUTH_POLICY)] },
    ],
    ['policy is not in the profile', { extensions: [keyUsage(0), policies(SIGNATURE_POLICY)] }],
    ['policy is not in the profile', { extensions: [keyUsage(0)] }],
    ['a CA cert cannot log in', { extensions: [keyUsage(0), policies(AUTH_POLICY), caConstraint] }],
    [
      'critical extension 1.2.3.4 is not known',
      { extensions: [keyUsage(0), policies(AUTH_POLICY), extension('1.2.3.4', derNull, true)] },
    ],
    [
      'extension 2.5.29.32 stands twice',
      { extensions: [keyUsage(0), policies(SIGNATURE_POLICY), policies(AUTH_POLICY)] },
    ],
    [
      'extended key usage without clientAuth',
      { extensions: [keyUsage(0), policies(AUTH_POLICY), extKeyUsage('1.3.6.1.5.5.7.3.9')] },
    ],
    [
      'DER: BOOLEAN is not TRUE',
      { extensions: [keyUsage(0), sequence(objectIdentifier('1.2.3'), der(1, Uint8Array.of(0)), der(4))] },
    ],
    [
      'DER: named bits are not minimal',
      { extensions: [extension('2.5.29.15', der(3, Uint8Array.of(0, 0x80)), true), policies(AUTH_POLICY)] },
    ],
    ['cert is not v3', { version: explicit(0, der(2, Uint8Array.of(1))) }],
    ['serial is longer than 20 octets', { serial: new Uint8Array(21).fill(0x11) }],
    [
      'two signature algorithms in one cert',
      { innerAlgorithm: sequence(objectIdentifier('1.2.840.113549.1.1.5'), derNull) },
    ],
    ['key algorithm is not in the profile', { key: testKey('card', 'ecdsa-p384-sha384') }],
    ['key algorithm is not in the profile', { key: testKey('card', 'ecdsa-p256-sha256') }],
    ['no anchor signed this cert', { signer: testKey('rogue') }],
    ['no anchor signed this cert', { issuer: name(['2.5.4.10', 'JPKI']) }],
  ])('is refused: %s', (why, changes) => {
    expect(verdictOf(changes)).toEqual({ kind: 'refused', why });
  });

  test('is refused when it is the CA itself', () => {
    expect(checkUserAuthCert(anchor.der, check)).toEqual({ kind: 'refused', why: 'a CA cert cannot log in' });
  });

  test('is expired, not refused, before and after its validity, to the second', () => {
    const at = (iso: string) => checkUserAuthCert(authCert, { ...check, now: new Date(iso) }).kind;
    expect(at('2024-03-31T23:59:59Z')).toBe('expired');
    expect(at('2024-04-01T00:00:00Z')).toBe('valid');
    expect(at('2029-03-31T14:59:59Z')).toBe('valid');
    expect(at('2029-03-31T15:00:00Z')).toBe('expired');
  });

  test('is refused, whatever its own dates say, once its anchor is over', () => {
    const long = makeCert(userPlan(card, ca, { to: '2051-01-01T00:00:00Z' }));
    expect(checkUserAuthCert(long, { ...check, now: new Date('2034-01-01T00:00:00Z') })).toEqual({
      kind: 'refused',
      why: 'the anchor is outside its validity',
    });
  });

  test('finds among generations of one DN the one that signed', () => {
    const older = testKey('older generation');
    const generations = parseAnchors([makeCert(caPlan(older, { serial: Uint8Array.of(1) })), anchor.der]);
    for (const [signer, generation] of [
      [older, 0],
      [ca, 1],
    ] as const) {
      const verdict = checkUserAuthCert(makeCert(userPlan(card, signer)), { ...check, anchors: generations });
      expect(verdict).toMatchObject({
        kind: 'valid',
        key: generations.anchors[generation] && { anchorFingerprint: generations.anchors[generation].fingerprint },
      });
    }
  });

  test('passes with ECDSA P-384 as soon as the profile has it, and not before', () => {
    const next = testKey('next card', 'ecdsa-p384-sha384');
    const nextCa = testKey('next ca', 'ecdsa-p384-sha384');
    const given = { anchors: parseAnchors([makeCert(caPlan(nextCa))]), now: NOW };
    const cert = makeCert(userPlan(next, nextCa));
    const both = { ...profile, algorithms: ['rsa-pkcs1-sha256', 'ecdsa-p384-sha384'] as const };
    expect(checkUserAuthCert(cert, { ...given, profile: both })).toMatchObject({
      kind: 'valid',
      algorithm: 'ecdsa-p384-sha384',
    });
    expect(checkUserAuthCert(cert, { ...given, profile }).kind).toBe('refused');
    const presentCard = makeCert(userPlan(card, nextCa));
    expect(checkUserAuthCert(presentCard, { ...given, profile })).toEqual({
      kind: 'refused',
      why: 'CA algorithm is not in the profile',
    });
  });

  test('is refused when any single octet differs', () => {
    const spared = authCert.findIndex(
      (_, at) => checkUserAuthCert(flipped(authCert, at, 1 << (at % 8)), check).kind !== 'refused',
    );
    expect(spared).toBe(-1);
  });

  test('is refused with anything before or behind it, and at any shorter length', () => {
    expect(checkUserAuthCert(concat(authCert, Uint8Array.of(0)), check).kind).toBe('refused');
    expect(checkUserAuthCert(concat(Uint8Array.of(0), authCert), check).kind).toBe('refused');
    for (let length = 0; length < authCert.length; length += 7) {
      expect(checkUserAuthCert(authCert.subarray(0, length), check).kind).toBe('refused');
    }
  });

  test('gets an answer, never a crash, whatever the bytes are', () => {
    const patch = fc.record({ at: fc.nat(authCert.length - 1), octets: fc.uint8Array({ maxLength: 8 }) });
    fc.assert(
      fc.property(patch, ({ at, octets }) => {
        const bytes = Uint8Array.from(authCert);
        bytes.set(octets.subarray(0, bytes.length - at), at);
        return ['valid', 'refused'].includes(checkUserAuthCert(bytes, check).kind);
      }),
      { seed: 1, numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => checkUserAuthCert(bytes, check).kind === 'refused'),
      { seed: 2, numRuns: 1000 },
    );
  });
});

describe('a set of anchors', () => {
  test.each<[string, () => Uint8Array[]]>([
    ['no anchors', () => []],
    ['an anchor stands twice', () => [anchor.der, anchor.der]],
    ['anchor is not a CA', () => [authCert]],
    ['anchor is not self-signed', () => [makeCert(caPlan(testKey('other'), { signer: ca }))]],
    ['anchor is not self-signed', () => [makeCert(caPlan(ca, { issuer: sequence() }))]],
    ['anchor may not sign certs', () => [makeCert(caPlan(ca, { extensions: [keyUsage(6), caConstraint] }))]],
    [
      'critical extension 1.2.3 is not known',
      () => [makeCert(caPlan(ca, { extensions: [keyUsage(5), caConstraint, extension('1.2.3', derNull, true)] }))],
    ],
    ['DER: trailing data', () => [concat(anchor.der, utf8('x'))]],
  ])('does not load: %s', (why, ders) => {
    expect(() => parseAnchors(ders())).toThrow(new MalformedInput(why));
  });

  test('never takes the test hierarchy for another one of the same name', () => {
    const foreign = parseAnchors([makeCert(caPlan(testKey('another hierarchy')))]);
    expect(foreign.anchors[0]?.subject).toEqual(CA_NAME);
    expect(checkUserAuthCert(authCert, { ...check, anchors: foreign })).toEqual({
      kind: 'refused',
      why: 'no anchor signed this cert',
    });
  });
});
