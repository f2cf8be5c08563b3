/** 利用の打切り: staff end one login before its time, under their name and with their reason. What was paid goes on to its outcome. */
import { moveSession } from '../moves.ts';
import type { Store } from '../store.ts';

export interface EndedByStaff {
  readonly sessionId: string;
  readonly staff: string;
  readonly reason: string;
}

/** False when there is no such session, or it was over. */
export function endSessionByStaff(
  store: Store,
  { sessionId, staff, reason }: EndedByStaff,
  at: Date,
): Promise<boolean> {
  return store.transaction(async (tables) => {
    const session = await tables.sessions.find(sessionId);
    if (session?.state !== 'proven' && session?.state !== 'challenged') return false;
    return moveSession(tables, session, session.state === 'proven' ? 'ended' : 'burnt', at, { staff, reason });
  });
}
