/** Sessions that nobody ended: their challenge or their proof is forgotten. */
import { moveSession } from '../moves.ts';
import type { Center } from '../ports.ts';

const BATCH = 50;

/** Answers how many. */
export async function expireSessions(center: Center): Promise<number> {
  for (let total = 0; ; ) {
    const expired = await center.store.transaction(async (tables) => {
      const at = center.machineClock.now();
      const sessions = await tables.sessions.claimExpired(at, BATCH);
      for (const session of sessions) await moveSession(tables, session, 'expired', at);
      return sessions.length;
    });
    total += expired;
    if (expired < BATCH) return total;
  }
}
