/** The books after the storm: what center and issuing servers say of every order, beside what the machines say. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Sql } from '@machikado/database';
import { canonicalJson } from '@machikado/pki';
import type { CopyOutcome, OrderState } from '@machikado/protocol';
import type { LedgerOrder } from '@machikado/testkit';
import type { TownPlan } from '@machikado/town';
import { groupBy } from './group-by.ts';

/** Where center and issuing servers write, and what they seal with. */
export interface Books {
  readonly centerDb: { readonly db: Sql };
  readonly issuerDb: { readonly ownerDb: Sql };
  readonly plan: Pick<TownPlan, 'towns' | 'keys'>;
}

/** What the center’s ledger says of the orders of each kiosk. */
export async function readLedger({
  centerDb: { db },
}: Pick<Books, 'centerDb'>): Promise<ReadonlyMap<string, readonly LedgerOrder[]>> {
  const orders = await db.query<{ orderId: string; kioskId: string; state: OrderState; feeYen: number }>(
    'select order_id as "orderId", kiosk_id as "kioskId", state, fee_yen as "feeYen" from orders',
  );
  const copies = await db.query<{ orderId: string; copy: number; feeYen: number; state: string }>(
    'select order_id as "orderId", copy, fee_yen as "feeYen", state from order_copies order by copy',
  );
  const transfers = await db.query<{ orderId: string; kind: string; yen: number }>(
    'select order_id as "orderId", kind, sum(amount_yen)::int as yen from ledger_transfers group by order_id, kind',
  );
  const copiesOf = groupBy(copies, ({ orderId }) => orderId);
  const transfersOf = groupBy(transfers, ({ orderId }) => orderId);
  const books = orders.map(({ orderId, kioskId, state, feeYen }) => {
    const moved = (kind: string) => transfersOf.get(orderId)?.find((transfer) => transfer.kind === kind)?.yen ?? 0;
    const order: LedgerOrder = {
      ...{ orderId, state, feeYen },
      copies: (copiesOf.get(orderId) ?? []).map((c) => ({
        copy: c.copy,
        feeYen: c.feeYen,
        outcome: outcomeOf(c.state),
      })),
      refundedYen: moved('refund'),
      refundPayableYen: moved('refund-payable'),
      owedYen: moved('refund-payable') + moved('change-payable') + moved('deposit-payable'),
    };
    return { kioskId, order };
  });
  return new Map(
    [...groupBy(books, ({ kioskId }) => kioskId)].map(([id, rows]) => [id, rows.map(({ order }) => order)]),
  );
}

function outcomeOf(state: string): CopyOutcome | undefined {
  return state === 'output' || state === 'uncertain' || state === 'not-output' ? state : undefined;
}

/** Debits and credits of each account. */
export async function readAccounts({
  centerDb: { db },
}: Pick<Books, 'centerDb'>): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ account: string; yen: number }>(
    `select account, sum(yen)::int as yen from (
       select debit as account, amount_yen as yen from ledger_transfers
       union all select credit, -amount_yen from ledger_transfers) as entry group by account`,
  );
  return new Map(rows.map(({ account, yen }) => [account, yen]));
}

export interface IssuedNumber {
  readonly lgCode: string;
  readonly orderId: string;
  readonly copy: number;
  readonly issueNumber: string;
  readonly state: string;
}

export async function readIssueNumbers(books: Books): Promise<readonly IssuedNumber[]> {
  const numbers = await Promise.all(
    books.plan.towns.map(({ lgCode }) =>
      books.issuerDb.ownerDb.query<IssuedNumber>(
        `select lg_code as "lgCode", order_id as "orderId", copy, issue_number as "issueNumber", state from m${lgCode}.issue_number`,
      ),
    ),
  );
  return numbers.flat();
}

/** 交付記録: every entry seals the one before, under a key that stands in no database. Computed here from the description alone. */
export async function chainFaults(books: Books): Promise<string[]> {
  const faults: string[] = [];
  for (const { lgCode } of books.plan.towns) {
    const secret = Buffer.from(readFileSync(books.plan.keys.municipality(lgCode).residentRefSecretFile, 'utf8'), 'hex');
    const entries = await books.issuerDb.ownerDb.query<Entry>(
      `select n, at, event, body, previous, hash from m${lgCode}.delivery_record order by n`,
    );
    const issued = await books.issuerDb.ownerDb.query(`select 1 from m${lgCode}.issue_number limit 1`);
    if (entries.length === 0 && issued.length > 0) faults.push(`${lgCode}: numbers were issued and nothing is written`);
    let previous = '0'.repeat(64);
    for (const [i, { n, at, event, body, hash, ...entry }] of entries.entries()) {
      const sealed = canonicalJson({ lgCode, n, at: at.toISOString(), event, body, previous });
      const expected = createHmac('sha256', secret).update(`machikado/delivery-record/v1\0${sealed}`).digest('hex');
      if (n !== i + 1 || entry.previous !== previous || hash !== expected) faults.push(`${lgCode}: entry ${n}`);
      previous = hash;
    }
  }
  return faults;
}

interface Entry {
  readonly n: number;
  readonly at: Date;
  readonly event: string;
  readonly body: string;
  readonly previous: string;
  readonly hash: string;
}
