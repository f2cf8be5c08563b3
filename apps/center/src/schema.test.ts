import { type TestDatabase, testDatabase } from '@machikado/database';
import { copyMoves, orderMoves, sessionMoves } from '@machikado/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(new URL('../db/', import.meta.url));
});
afterAll(() => database.drop());

/** Keyed by kiosk, site or a random id alone: no municipality exists yet, or it is what is looked up, or all are meant. */
const WITHOUT_SHARD = ['sessions', 'order_index', 'cancellation_sites', 'schema_migrations'];

test('every table of a municipality begins each of its unique keys with lg_code', async () => {
  const keys = await database.ownerDb.query<{ table: string; column: string }>(
    `SELECT i.indrelid::regclass::text AS table, a.attname AS column
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     WHERE n.nspname = 'public' AND i.indisunique`,
  );
  expect(keys.length).toBeGreaterThan(10);
  for (const { table, column } of keys)
    expect([table, column]).toEqual([table, WITHOUT_SHARD.includes(table) ? expect.anything() : 'lg_code']);
});

test('the states that the database allows are those of the life cycles', async () => {
  const checks = await database.ownerDb.query<{ table: string; check: string }>(
    `SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS check FROM pg_constraint
     WHERE contype = 'c' AND conname LIKE '%_state_check'`,
  );
  const statesOf = (table: string) => {
    const check = checks.find((row) => row.table === table)?.check ?? '';
    return [...check.matchAll(/'([a-z-]+)'::text/g)].map((match) => match[1]).toSorted();
  };
  expect(statesOf('sessions')).toEqual(Object.keys(sessionMoves).toSorted());
  expect(statesOf('orders')).toEqual(Object.keys(orderMoves).toSorted());
  expect(statesOf('order_copies')).toEqual(Object.keys(copyMoves).toSorted());
});
