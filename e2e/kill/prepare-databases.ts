/** Databases and roles of a town, each with its tables. */
import { writeFileSync } from 'node:fs';
import { migrations as centerMigrations } from '@machikado/center';
import { type Database, ensureDatabase, migrate, openDatabase } from '@machikado/database';
import { migrateIssuer } from '@machikado/issuer';
import { issuerDatabase, type TownPlan } from '@machikado/town';

/** `reachUrl`: how the services reach what the admin calls by another address. */
export async function prepareDatabases(
  { keys, databaseUrlFile, towns }: TownPlan,
  adminUrl: string,
  reachUrl: (url: string) => string = (url) => url,
): Promise<void> {
  const lgCodes = towns.map(({ lgCode }) => lgCode);
  const prepare = async (database: string, run: (db: Database, appRole: string) => Promise<unknown>) => {
    const ownerPassword = keys.password(`${database}-owner`);
    const appPassword = keys.password(`${database}-app`);
    const { ownerUrl, appUrl, appRole } = await ensureDatabase(adminUrl, { database, ownerPassword, appPassword });
    const db = openDatabase(ownerUrl, { max: 2 });
    await run(db, appRole).finally(() => db.close());
    keepFile(databaseUrlFile(database), reachUrl(appUrl));
  };
  await prepare('center', (db, appRole) => migrate(db, centerMigrations, { appRole }));
  await prepare(issuerDatabase(lgCodes), (db, appRole) => migrateIssuer(db, { lgCodes, appRole }));
}

export function keepFile(file: string, content: Uint8Array | string): string {
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}
