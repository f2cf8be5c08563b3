import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Municipality } from '../ports.ts';
import { UsageError } from '../staff/commands.ts';
import { parseStaffLine, runStaffCommand } from '../staff/run-staff-command.ts';
import { type Bench, createBench, YUNAGI } from '../testing/issuer-bench.ts';
import { issueOrder } from './issue-order.ts';
import { lookUpRecord, staffReasons, verifyRecord } from './look-up-record.ts';
import { Mismatch, suspendAfterMismatch } from './mismatch.ts';
import { releaseSuspension } from './release-suspension.ts';
import { reportStatus } from './report-status.ts';

let bench: Bench;
let town: Municipality;
beforeAll(async () => {
  bench = await createBench();
  town = bench.towns.get(YUNAGI) as Municipality;
  await bench.addHousehold([{}]);
});
afterAll(() => bench.close());

const kindNow = async () => (await reportStatus(bench.ports)).municipalities.find((m) => m.lgCode === YUNAGI)?.kinds[0];
const staff = 'yunagi-clerk-1';
/** As on the command line. */
const command = (...words: string[]) =>
  runStaffCommand(parseStaffLine([...words, '--lg-code', YUNAGI, '--staff', staff, '--reason', 'asked']), bench.ports);

test('a suspended kind is reported as such until staff release it by name and with a reason', async () => {
  expect(await kindNow()).toEqual({ kind: 'resident-record', open: true });
  await suspendAfterMismatch(new Mismatch('test'), ['resident-record'], null, town, bench.ports);
  await suspendAfterMismatch(new Mismatch('again'), ['resident-record'], null, town, bench.ports);
  expect(await kindNow()).toEqual({ kind: 'resident-record', open: false, reason: 'suspended' });
  const release = { kind: 'resident-record', staff, reason: 'form corrected and compared' } as const;
  expect(await releaseSuspension(release, town, bench.ports)).toBe(true);
  expect(await releaseSuspension(release, town, bench.ports)).toBe(false);
  expect(await kindNow()).toEqual({ kind: 'resident-record', open: true });
});

test('every look into the record leaves an entry, and staff see the reason that nobody else sees', async () => {
  const { card, record } = await bench.addHousehold([{ protection: 'active' }]);
  const order = bench.orderFor(card, record);
  await expect(issueOrder(order, bench.deadline(), bench.ports)).rejects.toThrow();
  const entries = await lookUpRecord(
    { orderId: order.orderId, staff, reason: 'asked at the counter' },
    town,
    bench.ports,
  );
  expect(entries.flatMap(staffReasons)).toEqual(['申請者が支援措置または職員による利用者制限の対象']);
  const looks = await bench.rows<{ body: string }>(`select body from delivery_record where event = 'record-looked-up'`);
  expect(looks.map((look) => JSON.parse(look.body))).toEqual([
    { lookedUp: order.orderId, staff, reason: 'asked at the counter' },
  ]);
  expect(await verifyRecord(town, bench.ports)).toMatchObject({ kind: 'whole' });
});

test('the owner of the database who changes an entry is found out', async () => {
  await bench.database.ownerDb.query(
    `update m${YUNAGI}.delivery_record set body = replace(body, 'clerk-1', 'clerk-2') where event = 'kind-released'`,
  );
  expect(await verifyRecord(town, bench.ports)).toMatchObject({ kind: 'broken' });
});

test('a kind is closed by its hours and says until when, and unavailable with a stale feed', async () => {
  bench.clock.now = new Date('2026-11-20T15:00:00Z');
  const closed = { kind: 'resident-record', open: false, reason: 'closed' };
  expect(await kindNow()).toEqual({ ...closed, opensAt: '2026-11-20T21:30:00.000Z' });
  const { hours } = town.settings;
  const maintenance = { from: '2026-11-20T14:00:00Z', to: '2026-11-21T00:15:00Z', kinds: ['resident-record'] };
  Object.assign(town.settings, { hours: { closures: [maintenance] } });
  expect(await kindNow()).toEqual({ ...closed, opensAt: '2026-11-21T00:15:00.000Z' });
  Object.assign(town.settings, { hours: { rulesByKind: { 'resident-record': [] } } });
  expect(await kindNow()).toEqual(closed);
  Object.assign(town.settings, { hours });
  bench.clock.now = new Date('2026-11-22T03:00:00Z');
  expect(await kindNow()).toEqual({ kind: 'resident-record', open: false, reason: 'unavailable' });
});

test('a list without anything on it says so in a line', async () => {
  expect(await command('list-settings')).toEqual(['nothing is set']);
  expect(await command('list-restrictions')).toEqual(['nobody is restricted']);
  expect(await command('show-record', '--order', '0'.repeat(32))).toEqual(['the record has nothing under this order']);
});

test('a file that is no cert is named in one line, and nothing is registered', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-cert-'));
  const [absent, text] = [join(dir, 'nope.der'), join(dir, 'text.der')];
  writeFileSync(text, 'hello');
  const register = (file: string) => command('register', '--resident', 'r1', '--cert-file', file);
  const before = (await verifyRecord(town, bench.ports)) as { entries?: number };
  try {
    await expect(register(absent)).rejects.toThrow(new UsageError(`--cert-file ${absent}: cannot be read (ENOENT)`));
    await expect(register(dir)).rejects.toThrow(new UsageError(`--cert-file ${dir}: cannot be read (EISDIR)`));
    const refused = await register(text).catch((error: Error) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect((refused as Error).message).toMatch(/^--cert-file \S+text\.der: not a cert that can be registered \(.+\)$/);
  } finally {
    rmSync(dir, { recursive: true });
  }
  expect(await verifyRecord(town, bench.ports)).toEqual(before);
});
