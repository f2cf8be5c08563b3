/**
 * 収納の帳簿: payments and outcomes a second through the center’s own use cases, against pgbench on the same durable server, with as many connections and of
 * each order two transactions. pgbench does the booking in the center’s own tables, as somebody plainly writes it who wants the same rows in the end: BEGIN, each
 * order and its copy read once, one statement for each row written, COMMIT; prepared, as ours are. It leaves out whatever decides: nothing is compared, added
 * up or refused but by WHERE, and of the digests only the room that they take is there.
 */
import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Center, migrations } from '@machikado/center';
import { ensureDatabase, migrate, openDatabase, startEmbeddedPostgres } from '@machikado/database';
import { digestOf } from '@machikado/pki';
import { openStore } from '../../apps/center/src/adapters/postgres/open-store.ts';
import type { Order } from '../../apps/center/src/model.ts';
import type { Kiosk } from '../../apps/center/src/settings.ts';
import { reportOutcome } from '../../apps/center/src/use-cases/report-outcome.ts';
import { reportPayment } from '../../apps/center/src/use-cases/report-payment.ts';
import { byTurns, type Line, manyAtOnce } from '../compare.ts';

const run = promisify(execFile);
const CONNECTIONS = 8;
const ORDERS = 600;
const FEE_YEN = 200;
const programs = ['/usr/lib/postgresql/15/bin/pgbench', 'pgbench'];
const HOUR_MS = 3_600_000;

export async function ledger(rounds: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'machikado-bench-ledger-'));
  const postgres = await startEmbeddedPostgres({ dir: join(folder, 'postgres') });
  const closers: (() => Promise<void>)[] = [];
  try {
    const passwords = { ownerPassword: randomBytes(12).toString('hex'), appPassword: randomBytes(12).toString('hex') };
    const { ownerUrl, appUrl, appRole } = await ensureDatabase(postgres.adminUrl, { database: 'center', ...passwords });
    const owner = openDatabase(ownerUrl, { max: 1 });
    await migrate(owner, migrations, { appRole });
    await owner.close();
    const db = openDatabase(appUrl, { max: CONNECTIONS });
    closers.push(() => db.close());
    const store = openStore(db);
    const ours = async () => {
      const made = Array.from({ length: ORDERS }, () => newOrder(randomBytes(16).toString('hex')));
      await manyAtOnce(ORDERS, CONNECTIONS, (i) => seal(store, made[i] as Order));
      const began = performance.now();
      await manyAtOnce(ORDERS, CONNECTIONS, (i) => payAndTake(store, made[i] as Order));
      return (ORDERS / (performance.now() - began)) * 1_000;
    };
    const line = { what: 'payments and outcomes booked, two transactions each', unit: 'a second', aim: 1 };
    const program = programs.find((one) => spawnSync(one, ['--version']).status === 0);
    if (!program) {
      const rates = await byTurns(rounds, { ours });
      return [{ ...line, ours: rates.ours, peer: { name: 'pgbench', missing: 'it is not installed' } }];
    }
    const script = join(folder, 'same-work.sql');
    writeFileSync(script, SAME_WORK);
    let round = 0;
    const pgbench = async () => {
      round += 1;
      const made = Array.from({ length: ORDERS }, (_, n) => newOrder(namedByPgbench(round, n)));
      await manyAtOnce(ORDERS, CONNECTIONS, (i) => seal(store, made[i] as Order));
      const each = ['-c', String(CONNECTIONS), '-j', '1', '-t', String(ORDERS / CONNECTIONS)];
      const variables = ['-D', `round=${round}`, '-D', 'n=-1', '-D', `orders=${ORDERS / CONNECTIONS}`];
      const { stdout } = await run(program, ['-n', '-M', 'prepared', ...each, ...variables, '-f', script, appUrl]);
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    };
    const rates = await byTurns(rounds, { ours, pgbench });
    return [
      {
        ...line,
        ours: rates.ours,
        peer: { name: 'pgbench, the same rows by plain statements', rounds: rates.pgbench },
      },
    ];
  } finally {
    for (const close of closers) await close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Store = ReturnType<typeof openStore>;
const kiosk: Kiosk = {
  kioskId: 'kiosk-1',
  operatorId: 'operator',
  test: false,
  copyWarning: 'middle-gain',
  spkiPins: [],
};

/** MD5, because PostgreSQL has it too: pgbench finds its orders by it. */
const namedByPgbench = (round: number, n: number) => createHash('md5').update(`${round}-${n}`).digest('hex');

function newOrder(orderId: string): Order {
  const now = new Date();
  const digest = digestOf(orderId);
  return {
    ...{
      orderId,
      lgCode: '990019',
      sessionId: randomBytes(16).toString('hex'),
      kioskId: kiosk.kioskId,
      operatorId: kiosk.operatorId,
    },
    ...{
      kind: 'resident-record',
      copies: 1,
      feeYen: FEE_YEN,
      test: false,
      replaces: null,
      requestDigest: digest,
      selectionDigest: digest,
    },
    ...{
      state: 'requested',
      stateSince: now,
      dueAt: new Date(now.getTime() + HOUR_MS),
      manifestDigest: digest,
      paymentDigest: null,
      outcomeDigest: null,
    },
  };
}

/** As it stands when the payment comes. Not measured. */
async function seal(store: Store, order: Order): Promise<void> {
  const { stateSince, dueAt, manifestDigest } = order;
  await store.transaction(async (tables) => {
    await tables.orders.insert(order);
    await tables.orders.move(order, 'requested', 'sealed', { stateSince, dueAt, manifestDigest: manifestDigest ?? '' });
    const issueNumber = randomBytes(8).toString('hex');
    const copy = { copy: 1, issueNumber, feeYen: FEE_YEN, sheets: 1, bindingDigest: order.requestDigest };
    await tables.copies.insert(order, [{ ...copy, state: 'sealed', centerShare: randomBytes(32), sheetsOut: null }]);
  });
}

async function payAndTake(store: Store, { orderId, manifestDigest }: Order): Promise<void> {
  const center = {
    store,
    machineClock: { now: () => new Date() },
    settings: () => ({ lasts: { paidMs: HOUR_MS } }),
  } as unknown as Center;
  await reportPayment(center, kiosk, orderId, { depositYen: FEE_YEN, manifestDigest: manifestDigest ?? '' });
  const copies = [{ copy: 1, outcome: 'output' as const, sheetsOut: 1 }];
  await reportOutcome(center, kiosk, orderId, { copies, refundedYen: 0, refundPayableYen: 0, changePayableYen: 0 });
}

const ORDER = "lg_code = '990019' AND order_id = :id";
const audit = (event: string, copy: string) =>
  `INSERT INTO audit_events (lg_code, event, at, session_id, order_id, copy, kiosk_id, kind)
     VALUES ('990019', '${event}', now(), :session, :id, ${copy}, 'kiosk-1', 'resident-record');\n`;
const transfer = (copy: number, kind: string, debit: string, credit: string) =>
  `INSERT INTO ledger_transfers (lg_code, order_id, copy, kind, debit, credit, amount_yen, test, booked_at)
     VALUES ('990019', :id, ${copy}, '${kind}', ${debit}, ${credit}, ${FEE_YEN}, false, now());\n`;
const order = `SELECT * FROM orders WHERE ${ORDER};\n`;
const copies = `SELECT * FROM order_copies WHERE ${ORDER};\n`;
const moveOrder = (from: string, to: string, dueAt: string, digest: string) =>
  `UPDATE orders SET state = '${to}', state_since = now(), due_at = ${dueAt}, ${digest} = repeat(:id, 2) WHERE ${ORDER} AND state = '${from}';\n`;

/** What a payment and an outcome are to the database. An order is found by its place in the row of orders of this connection. */
const SAME_WORK = `\\set n :n + 1
\\set place :client_id * :orders + :n
SELECT md5(:round || '-' || :place) AS id, md5('s' || :place) AS session
\\gset
BEGIN;
${order}SELECT 1 FROM suspensions WHERE lg_code = '990019' AND kind = 'resident-record' AND released_at IS NULL;
${moveOrder('sealed', 'paid', "now() + interval '1 hour'", 'payment_digest')}${audit('order-paid', 'NULL')}
UPDATE order_copies SET state = 'released' WHERE ${ORDER} AND state = 'sealed' RETURNING center_share;
${audit('copy-released', '1')}${transfer(0, 'payment', "'store-cash:' || 'operator'", "'suspense:' || :id::text")}COMMIT;
BEGIN;
${order}${copies}${moveOrder('paid', 'settled', 'NULL', 'outcome_digest')}${audit('order-settled', 'NULL')}
UPDATE order_copies SET state = 'output', center_share = NULL, sheets_out = 1 WHERE ${ORDER} AND copy = 1 AND state = 'released';
${audit('copy-output', '1')}${transfer(1, 'revenue', "'suspense:' || :id::text", "'fee-revenue:' || '990019'")}
INSERT INTO outcome_outbox (lg_code, outbox_id, topic, payload, next_at)
  VALUES ('990019', :id, 'outcome', ('{"lgCode": "990019", "copies": [{"outcome": "output"}], "orderId": "' || :id::text || '"}')::jsonb, now());
COMMIT;
`;
