/**
 * After every kill: what coin unit and printer did, what the journal holds, and what the books of center and issuing server say,
 * read from their databases. Every sentence returned is a place where they do not agree.
 */
import type { Database } from '@machikado/database';
import { readFileJournal } from '@machikado/kiosk-agent';
import type { CopyOutcome, OrderState } from '@machikado/protocol';
import { physicalTruth } from '@machikado/simulators';
import { compareTruths, type LedgerOrder } from '@machikado/testkit';
import type { KillableTown } from './killable-town.ts';
import { until } from './until.ts';

interface OrderRow {
  readonly orderId: string;
  readonly state: OrderState;
  readonly feeYen: number;
  readonly isDue: boolean;
}

interface CopyRow {
  readonly orderId: string;
  readonly copy: number;
  readonly state: string;
  readonly feeYen: number;
  readonly issueNumber: string;
  readonly hasShare: boolean;
}

interface TransferRow {
  readonly orderId: string;
  readonly copy: number;
  readonly kind: string;
  readonly yen: number;
}

interface NumberRow {
  readonly orderId: string;
  readonly issueNumber: string;
  readonly state: string;
}

/** Jobs have run and the mail of this kiosk’s orders is delivered. */
export async function untilQuiet({ centerDb, issuerDb, lgCode }: KillableTown, kioskId: string): Promise<void> {
  await until(`no order of ${kioskId} waits for anything`, async () => {
    const waiting = await centerDb.query(
      `select state, attempts as "deliveriesTried" from orders left join outcome_outbox on outbox_id = order_id
       where kiosk_id = $1 and (state in ('requested', 'sealed', 'paid') or outbox_id is not null)`,
      [kioskId],
    );
    return waiting.length === 0 || { waitsFor: waiting };
  });
  await until('the issuing server has ended what it began', async () => {
    return (await issuerDb.query(`select from m${lgCode}.issue_order where state = 'begun'`)).length === 0;
  });
}

export async function findFaults(town: KillableTown, kioskId: string): Promise<readonly string[]> {
  const { centerDb, issuerDb, dir } = town;
  const orders = await centerDb.query<OrderRow>(
    'select order_id as "orderId", state, fee_yen as "feeYen", due_at is not null as "isDue" from orders where kiosk_id = $1',
    [kioskId],
  );
  const ids = orders.map(({ orderId }) => orderId);
  const copies = await centerDb.query<CopyRow>(
    `select order_id as "orderId", copy, state, fee_yen as "feeYen", issue_number as "issueNumber",
       center_share is not null as "hasShare" from order_copies where order_id = any($1) order by copy`,
    [ids],
  );
  const transfers = await centerDb.query<TransferRow>(
    'select order_id as "orderId", copy, kind, amount_yen as yen from ledger_transfers where order_id = any($1)',
    [ids],
  );
  const numbers = await issuerDb.query<NumberRow>(
    `select order_id as "orderId", issue_number as "issueNumber", state from m${town.lgCode}.issue_number
     where order_id = any($1)`,
    [ids],
  );
  const stateDir = `${dir}/kiosks/${kioskId}`;
  return [
    ...compareTruths(
      physicalTruth(stateDir),
      readFileJournal(stateDir),
      orders.map((order) => toLedgerOrder(order, copies, transfers)),
    ),
    ...orders.flatMap((order) => bookFaults(order, of(order, copies), of(order, transfers))),
    ...orders.flatMap((order) => numberFaults(of(order, copies), of(order, numbers))),
    ...(await signsOfHarm(centerDb)),
  ];
}

function of<T extends { readonly orderId: string }>({ orderId }: OrderRow, rows: readonly T[]): readonly T[] {
  return rows.filter((row) => row.orderId === orderId);
}

const outcomes: ReadonlySet<string> = new Set<CopyOutcome>(['output', 'uncertain', 'not-output']);

function toLedgerOrder(order: OrderRow, copies: readonly CopyRow[], transfers: readonly TransferRow[]): LedgerOrder {
  const yenOf = (kind: string) => sum(of(order, transfers).filter((transfer) => transfer.kind === kind));
  return {
    orderId: order.orderId,
    state: order.state,
    feeYen: order.feeYen,
    copies: of(order, copies).map(({ copy, feeYen, state }) => ({
      copy,
      feeYen,
      outcome: outcomes.has(state) ? (state as CopyOutcome) : undefined,
    })),
    refundedYen: yenOf('refund'),
    refundPayableYen: yenOf('refund-payable'),
    owedYen: yenOf('refund-payable') + yenOf('change-payable') + yenOf('deposit-payable'),
  };
}

/** What becomes of a fee; owed change and an owed deposit are money beside it. */
const endsOfFee: ReadonlySet<string> = new Set(['revenue', 'refund', 'refund-payable']);

/** A settled order has taken the fee once and given every yen of it an end; any other has booked nothing. */
function bookFaults(order: OrderRow, copies: readonly CopyRow[], transfers: readonly TransferRow[]): string[] {
  const { orderId, state, feeYen } = order;
  const takenYen = sum(transfers.filter(({ kind }) => kind === 'payment'));
  const endedYen = sum(transfers.filter(({ kind }) => endsOfFee.has(kind)));
  const dueYen = state === 'settled' ? feeYen : 0;
  const revenue = copies.filter(({ state }) => state === 'output').map(({ copy, feeYen }) => `${copy}:${feeYen}`);
  const booked = transfers.filter(({ kind }) => kind === 'revenue').map(({ copy, yen }) => `${copy}:${yen}`);
  return [
    ...(takenYen === dueYen && endedYen === dueYen
      ? []
      : [`${orderId} is ${state} and booked ${takenYen} yen in, ${endedYen} yen out`]),
    ...(booked.sort().join() === revenue.sort().join() ? [] : [`the revenue of ${orderId} is not its output copies`]),
    ...(copies.some(({ hasShare }) => hasShare) ? [`the center still holds shares of ${orderId}`] : []),
    ...(order.isDue ? [`${orderId} is ${state} and still waits`] : []),
  ];
}

/** At the issuing server only what came out whole is handed over, and everything else that was ever issued is cancelled. */
function numberFaults(copies: readonly CopyRow[], numbers: readonly NumberRow[]): string[] {
  const output = copies.filter(({ state }) => state === 'output').map(({ issueNumber }) => issueNumber);
  const known = new Set(numbers.map(({ issueNumber }) => issueNumber));
  return [
    ...numbers
      .filter(({ issueNumber, state }) => state !== (output.includes(issueNumber) ? 'handed-over' : 'cancelled'))
      .map(({ orderId, issueNumber, state }) => `issue number ${issueNumber} of ${orderId} is ${state}`),
    ...copies
      .filter(({ issueNumber }) => !known.has(issueNumber))
      .map(({ orderId, issueNumber }) => `issue number ${issueNumber} of ${orderId} is unknown to its issuer`),
  ];
}

/** A death is no mismatch: nothing is suspended by it, no mail refused, no paid order forgotten. */
async function signsOfHarm(centerDb: Database): Promise<string[]> {
  const suspended = await centerDb.query<{ reason: string }>('select reason from suspensions');
  const events = await centerDb.query<{ event: string; reason: string | null }>(
    `select event, reason from audit_events where event in ('outcome-refused', 'binding-mismatched')`,
  );
  return [
    ...suspended.map(({ reason }) => `suspended: ${reason}`),
    ...events.map(({ event, reason }) => `${event}: ${reason}`),
  ];
}

function sum(transfers: readonly TransferRow[]): number {
  return transfers.reduce((total, { yen }) => total + yen, 0);
}
