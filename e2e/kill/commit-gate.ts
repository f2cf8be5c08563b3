/**
 * Stands in the COMMIT of the services: a deferred trigger of the test waits there for as long as the test holds a lock. Whoever
 * is killed meanwhile dies in the moment of committing; the test then decides whether the work stood or not.
 */
import assert from 'node:assert/strict';
import type { Database, Sql } from '@machikado/database';
import { until } from './until.ts';

/** A row that comes to a state; its name is `table state`. */
export interface Commit {
  readonly db: 'center' | 'issuer';
  readonly moment: string;
}

export interface Held {
  /** Somebody stands in this COMMIT now. */
  arrived(): Promise<void>;
  /** The server goes on with the COMMIT, whether or not anybody still waits for its answer. */
  letStand(): Promise<void>;
  /** The server ends the connection before the COMMIT: nothing of the work stands. */
  undo(): Promise<void>;
}

/** Tables whose rows live through states, and the mail that goes away when it was delivered. */
const watched = {
  center: ['sessions', 'orders', 'outcome_outbox'],
  issuer: ['issue_order', 'issue_number'],
} as const;

const KEY = 'hashtextextended($1, 0)';

export async function installGate(sql: Sql, db: Commit['db'], schema: string): Promise<void> {
  await sql.query('create schema gate');
  await sql.query('create table gate.move (n bigserial, moment text not null, commit xid8 not null)');
  await sql.query(`
    create function gate.at_commit() returns trigger language plpgsql security definer as $$
    declare
      moment text := tg_table_name || ' ' || case tg_op when 'DELETE' then 'gone' else to_jsonb(new) ->> 'state' end;
    begin
      insert into gate.move (moment, commit) values (moment, pg_current_xact_id());
      perform pg_advisory_xact_lock_shared(hashtextextended(moment, 0));
      return null;
    end $$`);
  for (const table of watched[db]) {
    const when = table === 'outcome_outbox' ? 'delete' : 'insert or update of state';
    await sql.query(`
      create constraint trigger at_commit after ${when} on "${schema}"."${table}"
      deferrable initially deferred for each row execute function gate.at_commit()`);
  }
}

/** The moments that were committed since the last time, one of each COMMIT, each once, in their order. */
export async function takeMoments(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ moment: string }>(
    `with taken as (delete from gate.move returning *),
       firsts as (select distinct on (commit) n, moment from taken order by commit, n)
     select moment from firsts group by moment order by min(n)`,
  );
  return rows.map(({ moment }) => moment);
}

/** Holds the moment until it is let go, at the latest when the work is over. */
export async function holding(db: Database, moment: string, work: (held: Held) => Promise<void>): Promise<void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let lock: Promise<void> = Promise.resolve();
  await new Promise<void>((locked, failed) => {
    lock = db
      .transaction(async (tx) => {
        await tx.query(`select pg_advisory_xact_lock(${KEY})`, [moment]);
        locked();
        await released;
      })
      // The lock dies with a killed PostgreSQL.
      .catch(failed);
  });
  const letGo = async () => {
    release();
    await lock;
  };
  const waiting = () =>
    db.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and not granted
       and ((classid::bigint << 32) | objid::bigint) = ${KEY}`,
      [moment],
    );
  try {
    const committed = async () =>
      (await db.one<{ n: number }>('select count(*)::int as n from gate.move where moment = $1', [moment])).n;
    let before = 0;
    await work({
      async arrived() {
        await until(`COMMIT of ${moment}`, async () => (await waiting()).length > 0);
        before = await committed();
      },
      async letStand() {
        await letGo();
        await until(`${moment} stands`, async () => (await committed()) > before);
      },
      async undo() {
        for (const { pid } of await waiting()) await db.query('select pg_terminate_backend($1)', [pid]);
        await until(`the end of ${moment}`, async () => (await waiting()).length === 0);
        assert.equal(await committed(), before, `${moment} was undone and stands`);
        await letGo();
      },
    });
  } finally {
    await letGo();
  }
}
