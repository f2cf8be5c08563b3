/**
 * IS-OUTCOME: what became of each copy. A repeat changes nothing, and both ends of an issue number are final: who was told
 * “cancelled” can never be told “handed over” later.
 */
import { type IssuerOutcome, refuse } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { appendToRecord, type NewEntry } from '../store/delivery-record.ts';
import { type IssueNumberRow, lockIssueNumbers, settleIssueNumber } from '../store/issue-numbers.ts';
import type { MunicipalSql } from '../store/municipal-sql.ts';
import { isKnownOrder } from '../store/orders.ts';
import { giveUpForCenter } from './begin-order.ts';
import { getMunicipality } from './get-municipality.ts';

type CopyOutcome = IssuerOutcome['copies'][number];
const stateAfter = { output: 'handed-over', cancelled: 'cancelled' } as const;

export interface OutcomeReport {
  /** The order that the path names. */
  readonly orderId: string;
  readonly outcome: IssuerOutcome;
}

export async function recordOutcome({ orderId, outcome }: OutcomeReport, ports: Ports): Promise<void> {
  if (orderId !== outcome.orderId) refuse('MALFORMED_REQUEST', 'path and body name two orders');
  const town = getMunicipality(outcome.lgCode, ports.municipalities);
  const now = ports.machineClock.now();
  await ports.store.inMunicipality(town.lgCode, async (tx) => {
    if (outcome.copies.length === 0) return giveUpForCenter(tx, outcome.orderId, town, now);
    if (!(await isKnownOrder(tx, outcome.orderId))) refuse('ORDER_UNKNOWN', 'no such order was issued');
    const numbers = await lockIssueNumbers(tx, outcome.orderId);
    const news = outcome.copies.filter((copy) => isNews(copy, numbers));
    await settle(tx, news, outcome.orderId, town, now);
  });
}

function isNews({ issueNumber, outcome }: CopyOutcome, numbers: readonly IssueNumberRow[]): boolean {
  const known = numbers.find((number) => number.issueNumber === issueNumber);
  if (!known) return refuse('ORDER_UNKNOWN', 'the issue number is not one of this order');
  if (known.state === 'issued') return true;
  if (known.state !== stateAfter[outcome]) refuse('IDEMPOTENCY_CONFLICT', `the copy is ${known.state} for good`);
  return false;
}

async function settle(
  tx: MunicipalSql,
  copies: readonly CopyOutcome[],
  orderId: string,
  town: Municipality,
  now: Date,
): Promise<void> {
  const entries: NewEntry[] = [];
  for (const { issueNumber, outcome } of copies) {
    const settled = await settleIssueNumber(tx, issueNumber, stateAfter[outcome], now);
    if (!settled) refuse('IDEMPOTENCY_CONFLICT', 'one copy stands twice in the outcome');
    entries.push(
      outcome === 'output'
        ? { event: 'copy-handed-over', body: { orderId, issueNumber } }
        : { event: 'copy-cancelled', body: { orderId, issueNumber, cause: 'not handed over' } },
    );
  }
  if (entries.length > 0) await appendToRecord(tx, town.keys.residentRefSecret, now, entries);
}
