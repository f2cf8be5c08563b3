/** The pool: short transactions, every limit set, connection loss as one typed error. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseUnavailable, isConnectionLoss, isRetryable } from './database-errors.ts';
import { refuseInTheClear } from './refuse-in-the-clear.ts';
import { type Database, identifier, type Row, type Sql, type TransactionOptions } from './sql.ts';
import { valueTypes } from './value-types.ts';

export interface DatabaseOptions {
  /** Connections; default 10. */
  readonly max?: number;
  readonly applicationName?: string;
  /** Limit of one statement; default 15 s, 0 = none. */
  readonly statementTimeoutMs?: number;
}

const ATTEMPTS = 6;
const CONNECT_MS = 5_000;
/** The client gives up a little after the server should have: that covers a server that is frozen. */
const CLIENT_GRACE_MS = 5_000;

/**
 * 01000. A COMMIT whose wait for the synchronous standby was cancelled (pg_cancel_backend) is answered like any other, with this warning beside
 * it: the work stands on the primary and perhaps nowhere else, so nobody may build on it.
 */
const WARNING = '01000';

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { max = 10, applicationName = 'machikado', statementTimeoutMs = 15_000 } = options;
  refuseInTheClear(url);
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    allowExitOnIdle: true,
    types: valueTypes,
    ...(statementTimeoutMs > 0 && {
      statement_timeout: statementTimeoutMs,
      lock_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: statementTimeoutMs * 4,
      query_timeout: statementTimeoutMs + CLIENT_GRACE_MS,
    }),
  });
  // An idle connection that breaks is dropped by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);

  async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch(rethrowAs('not-committed'));
    // A broken connection also shows as an 'error' event beside the rejected query.
    const ignore = () => undefined;
    client.on('error', ignore);
    let isUnsafe = false;
    const heed = ({ code }: { readonly code?: string | undefined }) => {
      if (code === WARNING) isUnsafe = true;
    };
    client.on('notice', heed);
    let broken = false;
    try {
      const result = await work(client);
      if (isUnsafe) throw new DatabaseUnavailable('unknown');
      return result;
    } catch (error) {
      broken = error instanceof DatabaseUnavailable || isConnectionLoss(error);
      throw unavailable(error, 'not-committed');
    } finally {
      client.off('error', ignore);
      client.off('notice', heed);
      client.release(broken);
    }
  }

  async function attempt<T>(work: (tx: Sql) => Promise<T>, options: TransactionOptions): Promise<T> {
    return withClient(async (client) => {
      await client.query(beginText(options));
      const tx = transactionSql((text, values) => ask(client, text, values, options.schema));
      try {
        const value = await work(tx.sql);
        tx.end();
        await commit(client);
        return value;
      } catch (error) {
        tx.end();
        if (!isConnectionLoss(error) && !(error instanceof DatabaseUnavailable)) await client.query('rollback');
        throw error;
      }
    });
  }

  return {
    // A statement outside a transaction is one of its own: BEGIN and COMMIT travel with it, and so does the doubt when no answer comes.
    ...sqlOver((text, values) =>
      repeatedly(() => withClient((client) => ask(client, text, values).catch(rethrowAs('unknown')))),
    ),

    transaction: (work, options = {}) => repeatedly(() => attempt(work, options)),

    close: () => pool.end(),
  };
}

/** Again after a serialization failure or a deadlock, of which nothing stands. */
async function repeatedly<T>(attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRetryable(error) || n === ATTEMPTS) throw error;
      await sleep(2 ** n * 5 * Math.random());
    }
  }
}

/**
 * Each connection has PostgreSQL parse a statement once and keep its plan. A plan is made for the tables that the search path led to, so each
 * municipality’s schema has its own. What takes no parameters may be several statements, which cannot be prepared.
 */
function ask(client: pg.PoolClient, text: string, values: unknown[], schema = ''): Promise<pg.QueryResult> {
  return client.query(values.length > 0 ? { name: nameOf(`${schema}:${text}`), text, values } : { text });
}

/** There are as many as the programs have texts. */
const names = new Map<string, string>();

function nameOf(statement: string): string {
  const name = names.get(statement) ?? `s${names.size}`;
  names.set(statement, name);
  return name;
}

function beginText({ isolation = 'read committed', readOnly = false, schema }: TransactionOptions): string {
  const begin = `begin isolation level ${isolation} ${readOnly ? 'read only' : 'read write'}`;
  return schema === undefined ? begin : `${begin}; set local search_path to ${identifier(schema)}`;
}

async function commit(client: pg.PoolClient): Promise<void> {
  const result = await client.query('commit').catch(rethrowAs('unknown'));
  // After a swallowed error PostgreSQL answers COMMIT with ROLLBACK, and no error: nothing of the work would stand.
  assert.equal(result.command, 'COMMIT', 'the transaction was already aborted by a swallowed error');
}

/** The Sql of one transaction; a use after its end is a bug and never reaches the next user of the connection. */
function transactionSql(ask: Ask): { sql: Sql; end(): void } {
  let open = true;
  const sql = sqlOver((text, values) => {
    assert.ok(open, 'a query after the end of its transaction');
    return ask(text, values);
  });
  return {
    sql,
    end() {
      open = false;
    },
  };
}

type Ask = (text: string, values: unknown[]) => Promise<pg.QueryResult>;

function sqlOver(run: Ask): Sql {
  const query = async <R = Row>(text: string, params: readonly unknown[] = []) =>
    (await run(text, [...params])).rows as R[];
  return {
    query,
    async one<R = Row>(text: string, params?: readonly unknown[]) {
      const rows = await query<R>(text, params);
      assert.equal(rows.length, 1, 'exactly one row was expected');
      return rows[0] as R;
    },
    async maybe<R = Row>(text: string, params?: readonly unknown[]) {
      const rows = await query<R>(text, params);
      assert.ok(rows.length <= 1, 'at most one row was expected');
      return rows[0];
    },
    run: async (text, params = []) => (await run(text, [...params])).rowCount ?? 0,
  };
}

const rethrowAs = (outcome: DatabaseUnavailable['outcome']) => (error: unknown) => {
  throw unavailable(error, outcome);
};

function unavailable(error: unknown, outcome: DatabaseUnavailable['outcome']): unknown {
  if (error instanceof DatabaseUnavailable || !isConnectionLoss(error)) return error;
  return new DatabaseUnavailable(outcome, { cause: error });
}
