import { checkProof } from '@machikado/pki';
import { expect, test } from 'vitest';
import { createTestLogins } from './test-logins.ts';

const now = new Date('2026-11-20T03:00:00.000Z');
const sessionId = '0'.repeat(32);

test('a test login passes the real check, and only as what it is', async () => {
  const logins = await createTestLogins(now);
  const card = await logins.makeCard('1a2b3c4d');
  const check = { ...logins, now, ocspMaxAgeMs: 900_000, centerId: 'center', expect: { sessionId } };
  const good = checkProof(logins.prove({ card, sessionId, now }), check);
  expect(good).toMatchObject({ kind: 'good', certKey: { anchorFingerprint: card.anchor, serial: '1a2b3c4d' } });
  const revoked = logins.prove({ card, sessionId, now, status: { status: 'revoked', at: now } });
  expect(checkProof(revoked, check)).toMatchObject({ kind: 'refused' });
  expect(checkProof(logins.prove({ card, sessionId: '1'.repeat(32), now }), check)).toMatchObject({ kind: 'refused' });
});
