/**
 * Sessions that nobody ended: their challenge or their proof is forgotten. Those that have been over for a day leave the table;
 * the audit events keep their history.
 */
import { moveSession } from '../moves.ts';
import type { Center } from '../ports.ts';

const BATCH = 50;
const DAY_MS = 86_400_000;

/** Answers how many expired. */
export async function expireSessions(center: Center): Promise<number> {
  await center.store.sessions.deleteOver(new Date(center.machineClock.now().getTime() - DAY_MS));
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
