/** Brings the schema of each municipality up to date, as the owner of the database. */
import { type Database, migrate } from '@machikado/database';
import { schemaOf } from './store/municipal-sql.ts';

export const issuerMigrations = new URL('../db/', import.meta.url);

export async function migrateIssuer(
  ownerDb: Database,
  { lgCodes, appRole }: { readonly lgCodes: readonly string[]; readonly appRole: string },
): Promise<string[]> {
  const applied: string[] = [];
  for (const lgCode of lgCodes) {
    const files = await migrate(ownerDb, issuerMigrations, { appRole, schema: schemaOf(lgCode) });
    applied.push(...files.map((file) => `${schemaOf(lgCode)}: ${file}`));
  }
  return applied;
}
