/** Everything that stands in a database, table by table: to compare before and after, and to search for what must not be there. */
import type { Sql } from '@machikado/database';

/** Rows as text, sorted, by the name of their table. */
export type Dump = ReadonlyMap<string, readonly string[]>;

export async function dumpTables(sql: Sql): Promise<Dump> {
  const tables = await sql.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`,
  );
  const dump = new Map<string, string[]>();
  for (const { schema, name } of tables) {
    const rows = await sql.query<{ row: string }>(`select to_jsonb(t)::text as row from "${schema}"."${name}" t`);
    dump.set(schema === 'public' ? name : `${schema}.${name}`, rows.map(({ row }) => row).sort());
  }
  return dump;
}

/** Names of the tables in which any row came, went or changed. */
export function changedTables(before: Dump, after: Dump): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (table) => before.get(table)?.join('\n') !== after.get(table)?.join('\n'),
  );
}

export function textOf(dump: Dump): string {
  return [...dump].map(([table, rows]) => `${table}\n${rows.join('\n')}`).join('\n');
}
