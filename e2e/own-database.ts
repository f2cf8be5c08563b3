/**
 * A database on a server of its own: nobody else’s rows are in its files and its write-ahead log, so that both can be searched for
 * what must never have been written.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { ensureDatabase, migrate, openDatabase, startEmbeddedPostgres, type TestDatabase } from '@machikado/database';

export interface OwnDatabase extends TestDatabase {
  /** Heap, WAL and log of the server. */
  readonly serverDir: string;
  /** What is still in memory goes to the files. */
  checkpoint(): Promise<void>;
}

export async function ownDatabase(dir: string, migrations: URL): Promise<OwnDatabase> {
  mkdirSync(dir, { recursive: true });
  const server = await startEmbeddedPostgres({ dir, durability: 'none-for-tests' });
  const kill = () => process.kill(server.pid, 'SIGQUIT');
  process.once('exit', kill);
  const passwords = { ownerPassword: 'test-only', appPassword: 'test-only' };
  const { ownerUrl, appUrl, appRole } = await ensureDatabase(server.adminUrl, { database: 'searched', ...passwords });
  const ownerDb = openDatabase(ownerUrl, { max: 2 });
  await migrate(ownerDb, migrations, { appRole });
  await storeUncompressed(ownerDb);
  const db = openDatabase(appUrl);
  return {
    ...{ db, ownerDb, url: appUrl, ownerUrl, serverDir: server.dir },
    async checkpoint() {
      const admin = openDatabase(server.adminUrl, { max: 1 });
      await admin.query('checkpoint').finally(() => admin.close());
    },
    async drop() {
      await Promise.all([db.close(), ownerDb.close()]);
      process.off('exit', kill);
      await server.stop();
      // It lies elsewhere than asked for where the server’s user could not pass.
      rmSync(server.dir, { recursive: true, force: true });
    },
  };
}

/** pglz has no mark by which a search could find it, and rows that were deleted can only be seen in the files. */
async function storeUncompressed(ownerDb: TestDatabase['ownerDb']): Promise<void> {
  const columns = await ownerDb.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and data_type in ('text', 'jsonb', 'json', 'bytea')`,
  );
  for (const { table, column } of columns)
    await ownerDb.query(`alter table "${table}" alter column "${column}" set storage external`);
}
