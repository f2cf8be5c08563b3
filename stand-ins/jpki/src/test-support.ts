/** One hierarchy and a fixed instant for the tests of this folder: RSA keys are worth making only once. */
import { parseAnchors } from '@machikado/pki';
import { purposes } from './profile.ts';
import { createTestJpki, type TestJpki } from './test-jpki.ts';

export const now = new Date('2026-06-01T03:00:00.000Z');

/** A clock that a test can move. */
export function testClock(start = now) {
  const clock = { at: start };
  return { now: () => clock.at, advance: (ms: number) => (clock.at = new Date(clock.at.getTime() + ms)) };
}

const first = await createTestJpki({ now: () => now });

/** The shared hierarchy with a register and a clock of its own. */
export async function freshJpki(clock = testClock()): Promise<TestJpki> {
  return createTestJpki({ now: clock.now, generations: first.generations });
}

let stranger: Promise<TestJpki> | undefined;

/** Another hierarchy with the same DNs; made once, for those who ask. */
export function strangerJpki(): Promise<TestJpki> {
  stranger ??= createTestJpki({ now: () => now });
  return stranger;
}

/** What a verifier pins. */
export const checkWith = (jpki: TestJpki, at = now) => ({
  anchors: parseAnchors(jpki.anchors('auth')),
  profile: {
    policyOids: [purposes.auth.policyOid],
    algorithms: ['rsa-pkcs1-sha256', 'ecdsa-p384-sha384'] as const,
  },
  now: at,
});

/** No signature pair and a P-384 key: made in no time. */
export const quickOrder = {
  issuedBy: '99001',
  birthday: '02-17',
  algorithm: 'ecdsa-p384-sha384',
  withoutSignatureCert: true,
} as const;
export const bytesOf = (base64: string | undefined) => new Uint8Array(Buffer.from(base64 ?? '', 'base64'));
