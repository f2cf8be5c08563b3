/** 失効一覧 from the book of the center to the verification site: what did not come out, or may have, is known there to be good for nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cancellationEntry, readCancellationList } from '@machikado/pki';
import type { CancellationList } from '@machikado/protocol';
import { createLog } from '@machikado/server';
import { SITE, siteConfig } from '@machikado/town';
import { compose } from '@machikado/verification';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage, YUNAGI } from './fault-table.ts';

let stage: Stage;
let close: () => Promise<void>;
beforeAll(async () => {
  // The second sheet of this printer never comes out, and of the third nobody can say.
  const printerOptions = { faults: { 2: 'abort', 3: 'power-cut-after-sheet' } } as const;
  stage = await openStage({ people: { [YUNAGI]: ['couple'] }, site: true, kiosk: { printerOptions } });
  close = await openSite();
});
afterAll(async () => {
  await close?.();
  await stage?.close();
});

/** The real site; nobody uploads anything here. */
async function openSite(): Promise<() => Promise<void>> {
  const { plan } = stage.chain;
  if (!plan.site) throw new RangeError('the chain has room for a site');
  const config = siteConfig(plan, plan.site, join(plan.dir, 'no-page'));
  const examiner = {
    examine: () => Promise.reject(new Error('nobody asks')),
    warm: async () => undefined,
    close: async () => undefined,
  };
  const site = await compose(config, { examiner, log: createLog({ service: 'verification', level: 'silent' }) });
  await site.listen();
  return () => site.close();
}

/** As it lies on the site’s disk. */
function held(): Promise<CancellationList> {
  const file = join(stage.chain.plan.dir, SITE, 'cancellations.jws');
  return readCancellationList(readFileSync(file, 'utf8'), stage.chain.sealKeys);
}

async function entriesOf(...orders: (string | undefined)[]): Promise<string[]> {
  const rows = await stage.chain.centerDb.db.query<{ lgCode: string; issueNumber: string }>(
    'select lg_code as "lgCode", issue_number as "issueNumber" from order_copies where order_id = any($1)',
    [orders],
  );
  return rows.map(cancellationEntry).sort();
}

test('a copy that came out is never on the list; one that did not, or may have, is', async () => {
  const whole = await stage.use('couple');
  const lost = await stage.use('couple');
  await stage.chain.centers[0]?.runJobs();
  expect([whole.end.code, lost.end.code]).toEqual(['OK', 'PRINTER_FAULT']);
  expect(await held()).toMatchObject({ version: 2, entries: await entriesOf(lost.end.orderId) });
  const doubtful = await stage.use('couple');
  expect(doubtful.end.settlement?.copies[0]?.outcome).toBe('uncertain');
  await stage.chain.centers[0]?.runJobs();
  expect(await held()).toMatchObject({ version: 3, entries: await entriesOf(lost.end.orderId, doubtful.end.orderId) });
});

test('a site that was away keeps what it knew, and hears the rest when it is back', async () => {
  await close();
  const { end } = await stage.use('couple', { payment: 'none' });
  expect(end.code).toBe('CANCELLED');
  await stage.chain.centers[0]?.runJobs();
  expect((await held()).version).toBe(3);
  close = await openSite();
  stage.pass(1_000);
  await stage.chain.centers[0]?.runJobs();
  const { version, entries } = await held();
  expect([version, entries.length]).toEqual([4, 3]);
  expect(entries).toEqual(expect.arrayContaining(await entriesOf(end.orderId)));
});
