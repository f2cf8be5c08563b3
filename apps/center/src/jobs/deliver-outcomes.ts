/**
 * Issuing servers are told what became of their issue numbers: handed over or cancelled. At least once, because a repeat is
 * harmless there, and never given up: a municipality that is away gets its mail when it is back.
 */
import { type ErrorCode, ProtocolError } from '@machikado/protocol';
import type { Center } from '../ports.ts';
import { getMunicipality } from '../settings.ts';
import type { Tables } from '../store.ts';

/** How many letters are under way at the same time, to as many municipalities or to a few. */
const AT_ONCE = 4;
/** A turn begins no letter after this, so that a municipality that answers slowly holds a lane for one letter and not for all it has. */
const TURN_MS = 5_000;

/** One round: every municipality that has mail gets its turn. Answers how many were delivered. */
export async function deliverOutcomes(center: Center): Promise<number> {
  const waiting = await center.store.outbox.municipalitiesWithDue(center.machineClock.now());
  const rounds = Array.from({ length: Math.ceil(AT_ONCE / Math.max(waiting.length, 1)) }, () => waiting).flat();
  let delivered = 0;
  const takeTurn = async (lgCode: string) => {
    const endsAt = center.machineClock.now().getTime() + TURN_MS;
    while ((await deliverNext(center, lgCode)) === 'delivered') {
      delivered += 1;
      if (center.machineClock.now().getTime() >= endsAt) return;
    }
  };
  const lane = async () => {
    for (let lgCode = rounds.shift(); lgCode !== undefined; lgCode = rounds.shift()) await takeTurn(lgCode);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return delivered;
}

function deliverNext(center: Center, lgCode: string): Promise<'delivered' | 'postponed' | 'none'> {
  return center.store.transaction(async (tables) => {
    const at = center.machineClock.now();
    const row = await tables.outbox.claimDue(lgCode, at);
    if (!row) return 'none';
    try {
      await center.issuers.reportOutcome(getMunicipality(center.settings(), lgCode), row.payload);
    } catch (error) {
      await noteRefusal(tables, lgCode, row.outboxId, error, at);
      await tables.outbox.postpone(row, at);
      return 'postponed';
    }
    await tables.outbox.settle(row);
    await tables.notices.resolve({ lgCode, orderId: row.outboxId }, 0, 'outcome-refused', at);
    await tables.audit.record('outcome-delivered', at, { lgCode, orderId: row.outboxId });
    return 'delivered';
  });
}

/** Being away is no refusal: the mail waits. */
const away: readonly ErrorCode[] = ['MUNICIPALITY_UNAVAILABLE', 'DEADLINE_PASSED', 'TOO_BUSY', 'BUILD_NOT_APPROVED'];

/** However late a refusal comes, it is written down, once. */
async function noteRefusal(tables: Tables, lgCode: string, orderId: string, error: unknown, at: Date): Promise<void> {
  const reason = error instanceof ProtocolError ? error.code : 'INTERNAL';
  if (away.includes(reason)) return;
  if (await tables.notices.raise({ lgCode, orderId }, 0, 'outcome-refused', at))
    await tables.audit.record('outcome-refused', at, { lgCode, orderId, reason });
}
