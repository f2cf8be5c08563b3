/** PostgreSQL: pool, transactions, migrations, outbox, and a real server embedded for one machine and for tests. */
export { DatabaseUnavailable } from './database-errors.ts';
export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded/start.ts';
export { type DatabaseUrls, type EnsureDatabaseOptions, ensureDatabase } from './ensure-database.ts';
export { type MigrateOptions, migrate } from './migrate.ts';
export { type DatabaseOptions, openDatabase } from './open-database.ts';
export {
  type ClaimOptions,
  claimOutbox,
  enqueueOutbox,
  type NewOutboxRow,
  type OutboxRow,
  postponeOutbox,
  settleOutbox,
} from './outbox.ts';
export type { Database, Row, Sql, TransactionOptions } from './sql.ts';
export { type TestDatabase, testDatabase } from './test-database.ts';
