/** Append-only: the role of the running center may neither change nor delete an event. */
import type { Sql } from '@machikado/database';
import type { Tables } from '../../store.ts';

/** The shard of events that belong to no municipality. */
const CENTER_ITSELF = '000000';

export function auditTable(sql: Sql): Tables['audit'] {
  return {
    async record(event, at, about) {
      const { lgCode = CENTER_ITSELF, sessionId, orderId, copy, kioskId, kind, staff, reason } = about;
      await sql.run(
        `INSERT INTO audit_events (lg_code, event, at, session_id, order_id, copy, kiosk_id, kind, staff, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [lgCode, event, at, sessionId, orderId, copy, kioskId, kind, staff, reason].map((value) => value ?? null),
      );
    },
  };
}
