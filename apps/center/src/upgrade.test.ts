/** A center that runs on books of an older version: every migration after the first meets rows. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrate, type TestDatabase, testDatabase } from '@machikado/database';
import { afterAll, beforeAll, expect, test } from 'vitest';

const full = new URL('../db/', import.meta.url);
const older = mkdtempSync(join(tmpdir(), 'older-center-'));
const order = ['990019', 'ab'.repeat(16)];

let database: TestDatabase;
beforeAll(async () => {
  for (const file of ['0001-center.sql', '0002-cancellations.sql'])
    copyFileSync(new URL(file, full), join(older, file));
  database = await testDatabase(pathToFileURL(`${older}/`));
  const { ownerDb } = database;
  await ownerDb.run(
    `INSERT INTO orders (lg_code, order_id, session_id, kiosk_id, operator_id, kind, copies, fee_yen, test, request_digest,
       selection_digest, state, state_since)
     VALUES ($1, $2, 's', 'k', 'o', 'resident-record', 1, 300, true, 'r', 'd', 'settled', now())`,
    order,
  );
  for (const [copy, kind, yen] of [
    [0, 'payment', 300],
    [1, 'refund-payable', 300],
  ] as const)
    await ownerDb.run(
      `INSERT INTO ledger_transfers (lg_code, order_id, copy, kind, debit, credit, amount_yen, test, booked_at)
       VALUES ($1, $2, $3, $4, 'cash', 'owed', $5, true, now())`,
      [...order, copy, kind, yen],
    );
  await migrate(ownerDb, full, { appRole: decodeURIComponent(new URL(database.url).username) });
});
afterAll(async () => {
  await database?.drop();
  rmSync(older, { recursive: true });
});

const book = (kind: string, payoutKey: string) =>
  database.db.run(
    `INSERT INTO ledger_transfers (lg_code, order_id, copy, kind, debit, credit, amount_yen, test, booked_at, payout_key)
     VALUES ($1, $2, 0, $3, 'owed', 'cash', 100, true, now(), $4)`,
    [...order, kind, payoutKey],
  );

test('what was booked stands', async () => {
  const rows = await database.db.query(
    'SELECT copy, kind, amount_yen AS yen, payout_key AS key FROM ledger_transfers ORDER BY copy',
  );
  expect(rows).toEqual([
    { copy: 0, kind: 'payment', yen: 300, key: '' },
    { copy: 1, kind: 'refund-payable', yen: 300, key: '' },
  ]);
});

test('a payment is booked once as before, and what is owed can be paid out in parts', async () => {
  await expect(book('payment', '')).rejects.toThrow(/ledger_transfers_pkey/);
  await book('payout', 'first');
  await book('payout', 'second');
  await expect(book('payout', 'second')).rejects.toThrow(/ledger_transfers_pkey/);
  await expect(book('payout', '')).rejects.toThrow(/check constraint/);
  await expect(book('revenue', 'third')).rejects.toThrow(/check constraint/);
});
