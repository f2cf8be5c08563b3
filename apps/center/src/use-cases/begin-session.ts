/**
 * PR-BEGIN: a single-use challenge, bound to kiosk, session and TLS connection. Outside the hours of the center nothing begins,
 * so that nobody types a PIN for nothing.
 */
import { isOpen } from '@machikado/domain';
import { type Challenge, refuse } from '@machikado/protocol';
import type { Session } from '../model.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';

export async function beginSession(center: Center, kiosk: Kiosk, exporter: Uint8Array): Promise<Challenge> {
  if (!isOpen({}, center.businessClock.now())) refuse('SERVICE_CLOSED', 'the center is closed');
  const { centerId, lasts } = center.settings();
  const now = center.machineClock.now();
  const session: Session = {
    sessionId: hex(center.random(16)),
    kioskId: kiosk.kioskId,
    operatorId: kiosk.operatorId,
    nonce: hex(center.random(32)),
    exporter: hex(exporter),
    state: 'challenged',
    expiresAt: new Date(now.getTime() + lasts.challengeMs),
    challengeUsedAt: null,
    proofDigest: null,
    municipalities: [],
  };
  await center.store.transaction(async (tables) => {
    await tables.sessions.insert(session, now);
    await tables.audit.record('session-challenged', now, session);
  });
  const { sessionId, kioskId, operatorId, nonce, expiresAt } = session;
  return { sessionId, centerId, operatorId, kioskId, nonce, expiresAt: expiresAt.toISOString() };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
