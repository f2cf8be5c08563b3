import assert from 'node:assert/strict';
import { test } from 'vitest';
import { withAdmin } from './ensure-database.ts';
import { openDatabase } from './open-database.ts';
import { refuseInTheClear } from './refuse-in-the-clear.ts';

test.each([
  'postgres://app:x@127.0.0.1:5432/center',
  'postgres://app:x@localhost/center',
  'postgres://app:x@[::1]:5432/center',
  'postgres://app:x@%2Fvar%2Frun%2Fpostgresql/center',
  'postgres://app:x@elsewhere.example/center?host=/var/run/postgresql',
  'postgres://app:x@db.example/center?sslmode=verify-full',
  'postgres://app:x@db.example/center?sslmode=verify-full&sslrootcert=/etc/machikado/db-ca.pem',
])('takes %s', (url) => {
  assert.doesNotThrow(() => refuseInTheClear(url));
});

test.each([
  'postgres://app:x@db.example/center',
  'postgres://app:x@192.0.2.7:5432/center',
  'postgres://app:x@127.0.0.1.example/center',
  'postgres://app:x@127.0.0.1/center?host=db.example',
  'postgres://app:x@db.example/center?sslmode=require',
  'postgres://app:x@db.example/center?sslmode=no-verify',
  'postgres://app:x@db.example/center?sslmode=verify-full&sslmode=disable',
  // Where this leads, the environment decides.
  'postgres:///center',
])('refuses %s, before anything is sent, and quotes nothing of it', async (url) => {
  const refusal = (error: unknown) => error instanceof RangeError && !/app|example|192/.test(error.message);
  assert.throws(() => openDatabase(url), refusal);
  await assert.rejects(
    withAdmin(url, async () => assert.fail('connected')),
    refusal,
  );
});
