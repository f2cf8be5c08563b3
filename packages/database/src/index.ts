/** @machikado/database: the signatures; implementations follow in this folder. */
export type Row = Record<string, unknown>;
export interface Sql {
  query<R = Row>(text: string, params?: readonly unknown[]): Promise<R[]>;
  /** Exactly one row, or an assertion. */
  one<R = Row>(text: string, params?: readonly unknown[]): Promise<R>;
  maybe<R = Row>(text: string, params?: readonly unknown[]): Promise<R | undefined>;
  /** Number of rows touched: compare-and-set reads as `(await tx.run(...)) === 1`. */
  run(text: string, params?: readonly unknown[]): Promise<number>;
}
export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
  /** search_path for this transaction alone. */
  readonly schema?: string;
}
export interface Database extends Sql {
  transaction<T>(work: (tx: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
}
export interface DatabaseOptions {
  readonly max?: number;
  readonly applicationName?: string;
  /** Limit of one statement; default 15 s, 0 = none. */
  readonly statementTimeoutMs?: number;
  /** Called after each COMMIT and before its caller hears of it: fault tests end the process here. */
  readonly afterCommit?: () => void | Promise<void>;
}
/** int8 → number (safe integers only), date → 'YYYY-MM-DD' string, timestamptz → Date, bytea → Buffer, jsonb → value. */
export declare function openDatabase(url: string, options?: DatabaseOptions): Database;
export declare class DatabaseUnavailable extends Error {
  /** `unknown`: the connection broke during COMMIT. */
  readonly outcome: 'not-committed' | 'unknown';
}
export declare function isUniqueViolation(error: unknown, constraint?: string): boolean;
export interface EmbeddedPostgres {
  readonly adminUrl: string;
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}
export declare function startEmbeddedPostgres(options: {
  readonly dir: string;
  readonly port?: number;
  /** `none-for-tests` switches fsync off. */
  readonly durability?: 'full' | 'none-for-tests';
}): Promise<EmbeddedPostgres>;
export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly appRole: string;
}
/** Makes database, owner role (`<database>_owner`, runs migrations) and app role (`<database>_app`, DML as granted by the .sql files). */
export declare function ensureDatabase(
  adminUrl: string,
  options: { readonly database: string; readonly ownerPassword: string; readonly appPassword: string },
): Promise<DatabaseUrls>;
/** `:app_role` in the .sql files becomes the quoted role. Returns the names of the files applied now. */
export declare function migrate(
  ownerDb: Database,
  dirUrl: URL,
  options: { readonly appRole: string; readonly schema?: string },
): Promise<string[]>;

/** Columns: lg_code text, outbox_id uuid/text primary key part, topic text, payload jsonb, attempts int default 0, next_at timestamptz. */
export interface OutboxRow<P = unknown> {
  readonly outboxId: string;
  readonly lgCode: string;
  readonly topic: string;
  readonly payload: P;
  readonly attempts: number;
}
export declare function enqueueOutbox(
  tx: Sql,
  row: { table: string; outboxId: string; lgCode: string; topic: string; payload: unknown; now: Date },
): Promise<void>;
/** FOR UPDATE SKIP LOCKED: the rows are ours until the transaction ends. */
export declare function claimOutbox<P = unknown>(
  tx: Sql,
  options: { table: string; now: Date; lgCode?: string; limit?: number },
): Promise<OutboxRow<P>[]>;
export interface Outbox {
  /** Delivers what is due, one transaction a row; returns how many were delivered. */
  drain(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}
export declare function createOutbox<P = unknown>(options: {
  db: Database;
  table: string;
  clock: { now(): Date };
  /** Runs inside the claiming transaction. Throwing postpones the row with backoff. Must be idempotent by outboxId. */
  deliver: (row: OutboxRow<P>, tx: Sql) => Promise<void>;
  pollMs?: number;
  onError?: (error: unknown, row: OutboxRow<P> | undefined) => void;
}): Outbox;

export interface TestDatabase {
  /** As the app role: a missing GRANT shows in the tests. */
  readonly db: Database;
  readonly ownerDb: Database;
  readonly url: string;
  readonly ownerUrl: string;
  drop(): Promise<void>;
}
export declare function testDatabase(
  migrationsDir: URL,
  options?: { readonly schemas?: readonly string[] },
): Promise<TestDatabase>;
