/**
 * Staff look into the 交付記録: who had what issued, and why an order was refused. The look is recorded first, in the same
 * transaction, so that none can happen without a trace.
 */
import type { Municipality, Ports } from '../ports.ts';
import { refusalRules } from '../rules/refusal-rules.ts';
import {
  appendToRecord,
  type ChainVerdict,
  type RecordEntry,
  readRecord,
  readRecordOfOrder,
  verifyChain,
} from '../store/delivery-record.ts';

type RecordPorts = Pick<Ports, 'store' | 'machineClock'>;

export interface LookUp {
  readonly orderId: string;
  readonly staff: string;
  readonly reason: string;
}

export function lookUpRecord(
  { orderId, staff, reason }: LookUp,
  town: Municipality,
  { store, machineClock }: RecordPorts,
): Promise<RecordEntry[]> {
  const now = machineClock.now();
  return store.inMunicipality(town.lgCode, async (tx) => {
    const entry = { event: 'record-looked-up' as const, body: { lookedUp: orderId, staff, reason } };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [entry]);
    return readRecordOfOrder(tx, orderId);
  });
}

/** What staff read instead of the ids of rules. */
export function staffReasons({ event, body }: RecordEntry): string[] {
  if (event !== 'issue-refused') return [];
  const { reasons } = JSON.parse(body) as { reasons: readonly string[] };
  return reasons.map((id) => refusalRules.find((rule) => rule.id === id)?.staffReason ?? id);
}

/** Is the record whole? Reads everything and shows nothing of it. */
export async function verifyRecord(town: Municipality, { store }: RecordPorts): Promise<ChainVerdict> {
  const entries = await store.inMunicipality(town.lgCode, readRecord);
  return verifyChain(town.keys.residentRefSecret, town.lgCode, entries);
}
