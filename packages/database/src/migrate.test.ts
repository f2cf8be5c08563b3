import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, test } from 'vitest';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

const source = new URL('./testing/town-sql/', import.meta.url);
let t: TestDatabase;
let dir: string;
let dirUrl: URL;
const schema = 'm990019';

beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'machikado-migrations-'));
  dirUrl = pathToFileURL(dir);
  // An empty folder: the database begins without tables.
  t = await testDatabase(dirUrl);
  cpSync(source, dir, { recursive: true });
});
afterEach(async () => {
  await t.drop();
  rmSync(dir, { recursive: true });
});

const appRole = () => new URL(t.url).username;
const run = (db = t.ownerDb) => migrate(db, dirUrl, { appRole: appRole(), schema });

test('applies each file once, in order, into the schema', async () => {
  assert.deepEqual(await run(), ['001-ledger.sql', '002-outbox.sql']);
  assert.deepEqual(await run(), []);
  assert.deepEqual(await t.db.query('select * from m990019.account'), []);
  await assert.rejects(t.db.query('select * from public.account'), /does not exist/);
});

test('two starts at once apply every file once', async () => {
  const other = openDatabase(t.ownerUrl);
  const [a, b] = await Promise.all([run(), run(other)]);
  await other.close();
  assert.deepEqual([...a, ...b].sort(), ['001-ledger.sql', '002-outbox.sql']);
});

test('refuses a file that was edited after it was applied', async () => {
  await run();
  appendFileSync(path.join(dir, '001-ledger.sql'), '-- edited\n');
  await assert.rejects(run(), /001-ledger\.sql was applied and then edited/);
});

test('refuses a file that slips in before one that was applied, and one that is gone', async () => {
  await run();
  writeFileSync(path.join(dir, '000-first.sql'), 'select 1;');
  await assert.rejects(run(), /no longer in its place/);
  rmSync(path.join(dir, '000-first.sql'));
  rmSync(path.join(dir, '002-outbox.sql'));
  await assert.rejects(run(), /002-outbox\.sql was applied, but is missing/);
});

test('a file that fails leaves nothing of its run behind', async () => {
  writeFileSync(path.join(dir, '003-wrong.sql'), 'create table late (x int); select nonsense;');
  await assert.rejects(run(), /nonsense/);
  await assert.rejects(t.ownerDb.query('select 1 from m990019.account'), /does not exist/);
  writeFileSync(path.join(dir, '003-wrong.sql'), 'create table late (x int);');
  assert.equal((await run()).length, 3);
});

test('a transaction with a schema sees that municipality alone', async () => {
  await run();
  await migrate(t.ownerDb, dirUrl, { appRole: appRole(), schema: 'm990027' });
  const insert = "insert into account values ('990019', 'till', 1)";
  await t.db.transaction((tx) => tx.run(insert), { schema });
  assert.deepEqual(await t.db.transaction((tx) => tx.query('select * from account'), { schema: 'm990027' }), []);
  await assert.rejects(
    t.db.query('select * from account'),
    /does not exist/,
    'the search path ends with the transaction',
  );
});
