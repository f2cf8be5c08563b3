/**
 * 収納の帳簿: payments and outcomes a second through the center’s own use cases, against pgbench on the same durable server, with as many connections, transactions and
 * statements of the same sorts: of each order two transactions. pgbench prepares its statements, as ours are.
 */
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
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
const PGBENCH_SECONDS = 3;
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
      const made = Array.from({ length: ORDERS }, newOrder);
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
    const url = new URL(postgres.adminUrl);
    await run(program, ['-i', '-q', '-s', '10', url.href]);
    const script = join(folder, 'same-work.sql');
    writeFileSync(script, SAME_WORK);
    const pgbench = async () => {
      const how = [
        '-n',
        '-M',
        'prepared',
        '-c',
        String(CONNECTIONS),
        '-j',
        '1',
        '-T',
        String(PGBENCH_SECONDS),
        '-f',
        script,
      ];
      const { stdout } = await run(program, [...how, url.href]);
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    };
    const rates = await byTurns(rounds, { ours, pgbench });
    return [
      { ...line, ours: rates.ours, peer: { name: 'pgbench, the same number of statements', rounds: rates.pgbench } },
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

function newOrder(): Order {
  const now = new Date();
  const orderId = randomBytes(16).toString('hex');
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

const SELECT = 'SELECT abalance FROM pgbench_accounts WHERE aid = :aid;\n';
const UPDATE = 'UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = :aid;\n';
const INSERT =
  "INSERT INTO pgbench_history (tid, bid, aid, delta, mtime, filler) VALUES (1, 1, :aid, 1, CURRENT_TIMESTAMP, 'machikado');\n";
/** What a payment and an outcome are to the database, by number and sort. */
const SAME_WORK = `\\set aid random(1, 1000000)
${SELECT.repeat(2)}BEGIN;
${SELECT}${UPDATE}${INSERT}${UPDATE}${INSERT.repeat(2)}END;
${SELECT.repeat(5)}BEGIN;
${SELECT}${UPDATE}${INSERT.repeat(2)}${UPDATE}${INSERT}${UPDATE}${INSERT}END;
${SELECT.repeat(3)}`;
