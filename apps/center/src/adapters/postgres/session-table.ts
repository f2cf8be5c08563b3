/** Sessions. The challenge is burnt by one UPDATE, so two answers can never both be looked at. */
import type { Sql } from '@machikado/database';
import type { Session } from '../../model.ts';
import type { SessionTable } from '../../store.ts';

const COLUMNS = `session_id AS "sessionId", kiosk_id AS "kioskId", operator_id AS "operatorId", nonce, exporter, state,
  expires_at AS "expiresAt", challenge_used_at AS "challengeUsedAt", proof_digest AS "proofDigest", municipalities`;

export function sessionTable(sql: Sql): SessionTable {
  return {
    async insert(session, begunAt) {
      const { sessionId, kioskId, operatorId, nonce, exporter, state, expiresAt } = session;
      await sql.run(
        `INSERT INTO sessions (session_id, kiosk_id, operator_id, nonce, exporter, state, begun_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [sessionId, kioskId, operatorId, nonce, exporter, state, begunAt, expiresAt],
      );
    },

    find: (sessionId) => sql.maybe<Session>(`SELECT ${COLUMNS} FROM sessions WHERE session_id = $1`, [sessionId]),

    useChallenge: (sessionId, kioskId, at) =>
      sql.maybe<Session>(
        `UPDATE sessions SET challenge_used_at = $3
         WHERE session_id = $1 AND kiosk_id = $2 AND state = 'challenged' AND challenge_used_at IS NULL
         RETURNING ${COLUMNS}`,
        [sessionId, kioskId, at],
      ),

    // A session that is over forgets the proof and the municipalities with it.
    async move(sessionId, from, to, found) {
      const { proofDigest = null, municipalities = [], expiresAt = null } = found ?? {};
      const moved = await sql.run(
        `UPDATE sessions SET state = $3, proof_digest = $4, municipalities = $5, expires_at = coalesce($6, expires_at)
         WHERE session_id = $1 AND state = $2`,
        [sessionId, from, to, proofDigest, JSON.stringify(municipalities), expiresAt],
      );
      return moved === 1;
    },

    claimExpired: (now, limit) =>
      sql.query<Session>(
        `SELECT ${COLUMNS} FROM sessions WHERE state IN ('challenged', 'proven') AND expires_at <= $1
         ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [now, limit],
      ),

    deleteOver: (before) =>
      sql.run("DELETE FROM sessions WHERE state IN ('burnt', 'ended', 'expired') AND expires_at <= $1", [before]),
  };
}
