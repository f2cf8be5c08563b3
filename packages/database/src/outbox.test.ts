import assert from 'node:assert/strict';
import { afterAll, beforeAll, beforeEach, test } from 'vitest';
import { claimOutbox, deliverNext, enqueueOutbox, type OutboxRow } from './outbox.ts';
import { createOutbox } from './outbox-worker.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase(new URL('./testing/town-sql/', import.meta.url));
});
afterAll(() => t.drop());

let now: Date;
let delivered: string[];
beforeEach(async () => {
  now = new Date('2026-04-01T00:00:00Z');
  delivered = [];
  await t.ownerDb.run('truncate outbox, journal');
});

const table = 'outbox';
const clock = { now: () => now };
const put = (outboxId: string, lgCode = '990019') =>
  t.db.transaction((tx) =>
    enqueueOutbox(tx, { table, outboxId, lgCode, topic: 'outcome', payload: { outboxId }, now }),
  );
const deliver = async (row: OutboxRow) => void delivered.push(row.outboxId);
const left = () => t.db.query<{ attempts: number; next_at: Date }>('select attempts, next_at from outbox');

test('delivers what is due once, and the payload as it was written', async () => {
  await put('a');
  await put('a');
  const seen: unknown[] = [];
  const outbox = createOutbox({ db: t.db, table, clock, deliver: async (row) => void seen.push(row.payload) });
  assert.equal(await outbox.drain(), 1);
  assert.equal(await outbox.drain(), 0);
  assert.deepEqual(seen, [{ outboxId: 'a' }]);
});

test('a failed delivery undoes its own writes, keeps the row and comes back later, twice as late each time', async () => {
  await put('a');
  const failing = async (_row: OutboxRow, tx: { run(text: string): Promise<number> }) => {
    await tx.run("insert into journal values ('990019', 1, 'half')");
    throw new Error('no answer');
  };
  const errors: unknown[] = [];
  const step = () => deliverNext({ db: t.db, table, clock, deliver: failing, onError: (error) => errors.push(error) });
  assert.equal(await step(), 'postponed');
  assert.equal(await step(), 'idle');
  assert.deepEqual(await left(), [{ attempts: 1, next_at: new Date('2026-04-01T00:00:01Z') }]);
  now = new Date('2026-04-01T00:00:01Z');
  assert.equal(await step(), 'postponed');
  assert.deepEqual(await left(), [{ attempts: 2, next_at: new Date('2026-04-01T00:00:03Z') }]);
  assert.deepEqual(await t.db.query('select * from journal'), []);
  assert.equal(errors.length, 2);
});

test('two workers never hold the same row, and neither waits for the other', async () => {
  await put('a');
  await put('b');
  await t.db.transaction(async (first) => {
    const mine = await claimOutbox(first, { table, now });
    assert.equal(await deliverNext({ db: t.db, table, clock, deliver }), 'delivered');
    assert.equal(await deliverNext({ db: t.db, table, clock, deliver }), 'idle');
    assert.deepEqual([...mine.map((row) => row.outboxId), ...delivered].sort(), ['a', 'b']);
  });
});

test('a worker that dies before its commit loses nothing', async () => {
  await put('a');
  const dying = t.db.transaction(async (tx) => {
    await claimOutbox(tx, { table, now });
    await tx.query('select pg_terminate_backend(pg_backend_pid())');
  });
  await assert.rejects(dying);
  assert.equal(await deliverNext({ db: t.db, table, clock, deliver }), 'delivered');
});

test('claims one municipality when asked to', async () => {
  await put('a', '990019');
  await put('b', '990027');
  const rows = await t.db.transaction((tx) => claimOutbox(tx, { table, now, lgCode: '990027', limit: 10 }));
  assert.deepEqual(
    rows.map((row) => row.outboxId),
    ['b'],
  );
});

test('the background worker delivers and stops only when its delivery is done', async () => {
  await put('a');
  const outbox = createOutbox({ db: t.db, table, clock, deliver });
  outbox.start();
  await outbox.stop();
  assert.ok(delivered.length <= 1);
  assert.equal((await left()).length, 1 - delivered.length);
});
