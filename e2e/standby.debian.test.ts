/**
 * 同期レプリケーション: the primary database is killed amid orders, the standby is promoted, and what a kiosk was told stands in the books. In the
 * large: `npm run test:storm -- --only standby`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@machikado/database';
import { compareTruths, freePorts, withPrograms } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './kill/until.ts';
import { type Chain, openChain } from './open-chain.ts';
import { type ChainKiosk, openKiosk } from './open-kiosk.ts';
import { readAccounts, readLedger } from './storm/books.ts';
import { openLine, type TcpLine } from './tcp-line.ts';
import { openPair, type Pair, pairPrograms } from './typhoon/pair.ts';

withPrograms(pairPrograms, 'postgresql-15', () => {
  const KIOSKS = 3;
  const before = process.env.TEST_DATABASE_URL;
  const dir = mkdtempSync(join(tmpdir(), 'machikado-standby-'));
  let pair: Pair;
  let line: TcpLine;
  let chain: Chain;
  let kiosks: ChainKiosk[] = [];
  const paid = new Set<string>();
  let onPaid: () => void = () => undefined;

  beforeAll(async () => {
    await chmod(dir, 0o755);
    const [port = 0] = await freePorts(1);
    pair = await openPair(join(dir, 'pair'), port);
    line = await openLine();
    line.leadTo(port);
    process.env.TEST_DATABASE_URL = `postgres://postgres@127.0.0.1:${line.port}/postgres`;
    chain = await openChain({ kiosks: KIOSKS });
    kiosks = await Promise.all(
      chain.plan.kiosks.map((kioskId) =>
        openKiosk(chain, {
          kioskId,
          patience: { retries: 100, retryMs: 100, printPollMs: 1, printStandstillMs: 50 },
          wrap: (ports) => ({
            ...ports,
            center: {
              ...ports.center,
              async reportPayment(orderId, body) {
                const shares = await ports.center.reportPayment(orderId, body);
                paid.add(orderId);
                onPaid();
                return shares;
              },
            },
          }),
        }),
      ),
    );
  });
  afterAll(async () => {
    for (const kiosk of kiosks) await kiosk.close();
    await chain?.close();
    await line?.close();
    await pair?.stop();
    if (before === undefined) delete process.env.TEST_DATABASE_URL;
    else process.env.TEST_DATABASE_URL = before;
    rmSync(dir, { recursive: true, force: true });
  });

  test('a COMMIT that the standby did not confirm is never taken for one, even when its wait is cancelled', async () => {
    const admin = openDatabase(pair.adminUrl, { max: 1 });
    const db = openDatabase(pair.adminUrl, { applicationName: 'committing' });
    try {
      await db.query('create table promise (n int)');
      pair.holdStandby();
      const waits = `select pid from pg_stat_activity where application_name = 'committing' and wait_event = 'SyncRep'`;
      for (const commit of [
        () => db.transaction((tx) => tx.run('insert into promise values (1)')),
        () => db.run('insert into promise values ($1)', [2]),
      ]) {
        // Listened to beforehand: it may be refused before the cancelling is answered.
        const refused = expect(commit()).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcome: 'unknown' });
        await until('the COMMIT waits for the standby', async () => (await admin.query(waits)).length === 1);
        await admin.query(`select pg_cancel_backend(pid) from (${waits}) as waiting`);
        await refused;
      }
    } finally {
      pair.letStandbyGo();
      await Promise.all([admin.close(), db.close()]);
    }
  });

  test('nothing that was acknowledged is lost, and everybody is served by the standby', async () => {
    const cards = await Promise.all(
      (['big-household', 'couple', 'single'] as const).map((person) =>
        chain.orderCard('990019', person, { algorithm: 'ecdsa-p384-sha384', withoutSignatureCert: true }),
      ),
    );
    await chain.passTheNight();
    const first = new Promise<void>((resolve) => {
      onPaid = resolve;
    });
    const serving = kiosks.map(async (kiosk, i) => {
      const ends: string[] = [];
      while (ends.at(-1) !== 'OK' || !failedOver) {
        const card = cards[i];
        if (!card) throw new RangeError('a card for every kiosk');
        ends.push((await kiosk.use(card.file, { payment: 'over' })).end.code);
        await kiosk.agent.recover().catch(() => undefined);
      }
      return ends;
    });
    let failedOver = false;
    await first;
    const promised = [...paid];
    await pair.failOver();
    line.leadTo(pair.standbyPort);
    failedOver = true;
    await Promise.all(serving);
    for (const kiosk of kiosks) await kiosk.agent.recover();
    await chain.centers[0]?.runJobs();

    expect(promised).not.toEqual([]);
    const ledger = await readLedger(chain);
    const states = new Map([...ledger.values()].flat().map(({ orderId, state }) => [orderId, state]));
    expect([...paid].filter((orderId) => states.get(orderId) !== 'settled')).toEqual([]);
    for (const kiosk of kiosks)
      expect(compareTruths(kiosk.physicalTruth(), kiosk.journal(), ledger.get(kiosk.kioskId) ?? [])).toEqual([]);
    const accounts = [...(await readAccounts(chain))];
    expect(accounts.filter(([name, yen]) => name.startsWith('suspense:') && yen !== 0)).toEqual([]);
  });
});
