import assert from 'node:assert/strict';
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import { DatabaseUnavailable } from './database-errors.ts';
import { openDatabase } from './open-database.ts';
import type { Sql } from './sql.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase(new URL('./testing/town-sql/', import.meta.url));
});
afterAll(() => t.drop());
beforeEach(() => t.ownerDb.run('truncate account, journal'));

const open = (tx: Sql, name: string, yen: number) =>
  tx.run('insert into account (lg_code, name, yen) values ($1, $2, $3)', ['990019', name, yen]);
const yenOf = async (name: string) =>
  (await t.db.one<{ yen: number }>('select yen from account where name = $1', [name])).yen;

describe('values', () => {
  test('an int8 is a number, a date stays the text that it is, an instant is a Date', async () => {
    const row = await t.db.one(
      "select 9007199254740991::int8 as big, date '1868-01-25' as day, timestamptz '2026-01-01T00:00:00+09' as at, count(*) as n from account",
    );
    assert.deepEqual(row, {
      big: Number.MAX_SAFE_INTEGER,
      day: '1868-01-25',
      at: new Date('2025-12-31T15:00:00Z'),
      n: 0,
    });
  });

  test('an int8 that a number cannot hold is an error, never another number', async () => {
    await assert.rejects(t.db.query('select 9007199254740993::int8'), RangeError);
  });

  test('one() insists on exactly one row', async () => {
    await assert.rejects(t.db.one('select 1 where false'), /exactly one row/);
    assert.equal(await t.db.maybe('select 1 where false'), undefined);
  });
});

describe('a transaction', () => {
  test('leaves nothing when its work throws', async () => {
    const failing = t.db.transaction(async (tx) => {
      await open(tx, 'till', 100);
      throw new Error('no');
    });
    await assert.rejects(failing, /^Error: no$/);
    assert.equal(await t.db.maybe('select 1 from account'), undefined);
  });

  test('runs the work again after a serialization failure, and both stand', async () => {
    await open(t.db, 'till', 0);
    let runs = 0;
    let bothHaveRead: () => void = () => undefined;
    const meeting = new Promise<void>((resolve) => {
      bothHaveRead = resolve;
    });
    const add = () =>
      t.db.transaction(
        async (tx) => {
          const { yen } = await tx.one<{ yen: number }>("select yen from account where name = 'till'");
          runs += 1;
          if (runs === 2) bothHaveRead();
          if (runs <= 2) await meeting;
          await tx.run("update account set yen = $1 where name = 'till'", [yen + 1]);
        },
        { isolation: 'serializable' },
      );
    await Promise.all([add(), add()]);
    assert.equal(await yenOf('till'), 2);
    assert.ok(runs >= 3);
  });

  test('is refused when an error inside was swallowed: PostgreSQL would answer COMMIT with ROLLBACK in silence', async () => {
    await open(t.db, 'till', 0);
    const swallowing = t.db.transaction(async (tx) => {
      await open(tx, 'other', 1);
      await assert.rejects(open(tx, 'till', 1), { code: '23505', constraint: 'account_pkey' });
    });
    await assert.rejects(swallowing, /swallowed/);
  });

  test('cannot be used after its end', async () => {
    let kept: Sql | undefined;
    await t.db.transaction(async (tx) => {
      kept = tx;
    });
    await assert.rejects(async () => kept?.query('select 1'), /after the end of its transaction/);
  });
});

describe('kept plans', () => {
  const plansOf = (db: Sql) =>
    db.query('select generic_plans + custom_plans as uses from pg_prepared_statements order by prepare_time');

  test('are used again by the same connection, in transactions and outside', async () => {
    const db = openDatabase(t.url, { max: 1 });
    await db.transaction((tx) => open(tx, 'till', 7));
    await open(db, 'safe', 8);
    assert.deepEqual(await plansOf(db), [{ uses: 2 }]);
    await db.close();
  });

  test('are others in each schema: the same words mean other tables, and other types', async () => {
    await t.ownerDb.run(`create schema one; create schema two; create type one.sort as enum ('a'); create type two.sort as enum ('b');
      create table one.town (sort one.sort); create table two.town (sort two.sort);
      grant usage on schema one, two to public; grant select, insert on one.town, two.town to public`);
    const db = openDatabase(t.url, { max: 1 });
    for (const _ of [1, 2])
      for (const [schema, sort] of Object.entries({ one: 'a', two: 'b' }))
        assert.deepEqual(
          await db.transaction((tx) => tx.one('insert into town values ($1) returning town as row', [sort]), {
            schema,
          }),
          { row: `(${sort})` },
        );
    assert.deepEqual(await plansOf(db), [{ uses: 2 }, { uses: 2 }]);
    await db.close();
  });
});

describe('limits', () => {
  test('a statement that runs too long is cut off, and its connection serves on', async () => {
    const db = openDatabase(t.url, { max: 1, statementTimeoutMs: 500 });
    await assert.rejects(db.query('select pg_sleep(5)'), { code: '57014' });
    assert.deepEqual(await db.query('select 1 as x'), [{ x: 1 }]);
    await db.close();
  });

  test('the app role may append to an append-only table and nothing else', async () => {
    await t.db.run("insert into journal values ('990019', 1, 'x')");
    for (const text of [
      "update journal set note = 'y'",
      'delete from journal',
      'truncate journal',
      'drop table journal',
    ])
      await assert.rejects(t.db.run(text), /permission denied|must be owner/, text);
    await assert.rejects(t.db.run('create table mine (x int)'), /permission denied/);
  });
});

describe('a broken connection', () => {
  test('during the work is DatabaseUnavailable with nothing committed, and the next call works', async () => {
    const broken = t.db.transaction(async (tx) => {
      await open(tx, 'till', 1);
      await tx.query('select pg_terminate_backend(pg_backend_pid())');
    });
    await assert.rejects(broken, (error) => error instanceof DatabaseUnavailable && error.outcome === 'not-committed');
    assert.deepEqual(await t.db.query('select 1 from account'), []);
  });

  test('in a statement that stands alone leaves its COMMIT in doubt', async () => {
    const broken = t.db.query('select pg_terminate_backend(pg_backend_pid())');
    await assert.rejects(broken, (error) => error instanceof DatabaseUnavailable && error.outcome === 'unknown');
  });

  test('to a server that is not there is DatabaseUnavailable', async () => {
    const url = new URL(t.url);
    url.port = '1';
    const db = openDatabase(url.href);
    await assert.rejects(db.query('select 1'), DatabaseUnavailable);
    await db.close();
  });
});
