/**
 * An order id is good for one attempt, on whichever server and for ever. Who comes again with it finds the order dead, and what
 * the first attempt issued is cancelled: nobody can say whether its answer arrived.
 */
import { type IssuerOrder, refuse } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { appendToRecord, type NewEntry } from '../store/delivery-record.ts';
import { lockIssueNumbers, settleIssueNumber } from '../store/issue-numbers.ts';
import type { MunicipalSql } from '../store/municipal-sql.ts';
import { buryOrder, killOrder, takeOrder } from '../store/orders.ts';

export async function beginOrder(
  { orderId, sessionId }: IssuerOrder,
  town: Municipality,
  { store, machineClock }: Ports,
): Promise<void> {
  const now = machineClock.now();
  const taken = await store.inMunicipality(town.lgCode, async (tx) => {
    const first = await takeOrder(tx, orderId, sessionId, now);
    if (!first) await giveUp(tx, orderId, 'the order id came again', town, now);
    return first;
  });
  if (!taken) refuse('ORDER_DEAD', 'the order id came again');
}

/** After a failure: whatever the order had got so far is void. */
export function giveUpOrder(orderId: string, cause: string, town: Municipality, { store, machineClock }: Ports) {
  return store.inMunicipality(town.lgCode, (tx) => giveUp(tx, orderId, cause, town, machineClock.now()));
}

/** The center has given the order up, whether or not it ever arrived here. A repeat changes nothing. */
export async function giveUpForCenter(tx: MunicipalSql, orderId: string, town: Municipality, now: Date): Promise<void> {
  const unheardOf = await buryOrder(tx, orderId, now);
  const numbers = await lockIssueNumbers(tx, orderId);
  if (numbers.some(({ state }) => state === 'handed-over')) {
    refuse('IDEMPOTENCY_CONFLICT', 'a copy of the order was handed over');
  }
  if (unheardOf || numbers.some(({ state }) => state === 'issued') || (await killOrder(tx, orderId))) {
    await giveUp(tx, orderId, 'given up by the center', town, now);
  }
}

async function giveUp(tx: MunicipalSql, orderId: string, cause: string, town: Municipality, now: Date): Promise<void> {
  await killOrder(tx, orderId);
  const entries: NewEntry[] = [{ event: 'order-given-up', body: { orderId, cause } }];
  for (const { issueNumber, state } of await lockIssueNumbers(tx, orderId)) {
    if (state !== 'issued') continue;
    await settleIssueNumber(tx, issueNumber, 'cancelled', now);
    entries.push({ event: 'copy-cancelled', body: { orderId, issueNumber, cause } });
  }
  await appendToRecord(tx, town.keys.residentRefSecret, now, entries);
}
