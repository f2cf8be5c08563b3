/** What a use case may do with the database: text and parameters, nothing else. */
export type Row = Record<string, unknown>;

export interface Sql {
  query<R = Row>(text: string, params?: readonly unknown[]): Promise<R[]>;
  /** Exactly one row; anything else is a bug. */
  one<R = Row>(text: string, params?: readonly unknown[]): Promise<R>;
  maybe<R = Row>(text: string, params?: readonly unknown[]): Promise<R | undefined>;
  /** Number of rows touched: a compare-and-set reads as `(await tx.run(…)) === 1`. */
  run(text: string, params?: readonly unknown[]): Promise<number>;
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
  /** search_path for this transaction alone: the one door into a municipality’s schema. */
  readonly schema?: string;
}

export interface Database extends Sql {
  /** Serialization failures and deadlocks run `work` again, so it must have no effect outside the database. */
  transaction<T>(work: (tx: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
}

/** A name as an SQL identifier. Names here are made by programs; anything unusual is a bug. */
export function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new RangeError(`not a plain SQL name: ${JSON.stringify(name)}`);
  return `"${name}"`;
}
