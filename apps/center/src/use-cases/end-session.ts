/** PR-END: the use is over, and what the center kept of the proof is forgotten. A challenge that was never answered is burnt. */
import { refuse } from '@machikado/protocol';
import { moveSession } from '../moves.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';

export async function endSession(center: Center, kiosk: Kiosk, sessionId: string): Promise<{ ok: true }> {
  const session = await center.store.sessions.find(sessionId);
  if (session?.kioskId !== kiosk.kioskId) return refuse('SESSION_UNKNOWN', 'no such session for this kiosk');
  const now = center.machineClock.now();
  if (session.state === 'proven')
    await center.store.transaction((tables) => moveSession(tables, session, 'ended', now));
  if (session.state === 'challenged')
    await center.store.transaction((tables) => moveSession(tables, session, 'burnt', now, { reason: 'ended' }));
  return { ok: true };
}
