import assert from 'node:assert/strict';
import { afterAll, beforeAll, beforeEach, test } from 'vitest';
import { claimOutbox, enqueueOutbox, postponeOutbox, settleOutbox } from './outbox.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase(new URL('./testing/town-sql/', import.meta.url));
});
afterAll(() => t.drop());

let now: Date;
beforeEach(async () => {
  now = new Date('2026-04-01T00:00:00Z');
  await t.ownerDb.run('truncate outbox');
});

const table = 'outbox';
const put = (outboxId: string, lgCode = '990019') =>
  t.db.transaction((tx) =>
    enqueueOutbox(tx, { table, outboxId, lgCode, topic: 'outcome', payload: { outboxId }, now }),
  );
const left = () => t.db.query<{ attempts: number; next_at: Date }>('select attempts, next_at from outbox');
/** All that is due, each taken out. */
const deliverAll = () =>
  t.db.transaction(async (tx) => {
    const rows = await claimOutbox<{ outboxId: string }>(tx, { table, now, limit: 10 });
    for (const row of rows) await settleOutbox(tx, table, row);
    return rows.map(({ payload }) => payload.outboxId);
  });

test('what is due is claimed once, and the payload is as it was written', async () => {
  await put('a');
  await put('a');
  assert.deepEqual(await deliverAll(), ['a']);
  assert.deepEqual(await deliverAll(), []);
});

test('a row that could not be delivered comes back later, twice as late each time', async () => {
  await put('a');
  const postpone = () =>
    t.db.transaction(async (tx) => {
      const [row] = await claimOutbox(tx, { table, now });
      if (row) await postponeOutbox(tx, table, row, now);
      return row !== undefined;
    });
  assert.equal(await postpone(), true);
  assert.equal(await postpone(), false);
  assert.deepEqual(await left(), [{ attempts: 1, next_at: new Date('2026-04-01T00:00:01Z') }]);
  now = new Date('2026-04-01T00:00:01Z');
  assert.equal(await postpone(), true);
  assert.deepEqual(await left(), [{ attempts: 2, next_at: new Date('2026-04-01T00:00:03Z') }]);
});

test('two workers never hold the same row, and neither waits for the other', async () => {
  await put('a');
  await put('b');
  await t.db.transaction(async (first) => {
    const mine = await claimOutbox<{ outboxId: string }>(first, { table, now });
    const others = await deliverAll();
    assert.deepEqual([...mine.map(({ payload }) => payload.outboxId), ...others].sort(), ['a', 'b']);
  });
});

test('a worker that dies before its commit loses nothing', async () => {
  await put('a');
  const dying = t.db.transaction(async (tx) => {
    for (const row of await claimOutbox(tx, { table, now })) await settleOutbox(tx, table, row);
    await tx.query('select pg_terminate_backend(pg_backend_pid())');
  });
  await assert.rejects(dying);
  assert.deepEqual(await deliverAll(), ['a']);
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
