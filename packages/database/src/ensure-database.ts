/**
 * Database and roles of one service. The owner role runs the migrations; the app role may only do what each migration grants,
 * so a mistake in the service can neither change tables nor rewrite append-only ones.
 */
import pg from 'pg';
import { refuseInTheClear } from './refuse-in-the-clear.ts';
import { identifier } from './sql.ts';

export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly appRole: string;
}

export interface EnsureDatabaseOptions {
  readonly database: string;
  readonly ownerPassword: string;
  readonly appPassword: string;
}

const LOCK = 'machikado databases';

export async function ensureDatabase(adminUrl: string, options: EnsureDatabaseOptions): Promise<DatabaseUrls> {
  const { database, ownerPassword, appPassword } = options;
  const ownerRole = `${database}_owner`;
  const appRole = `${database}_app`;
  await withAdmin(adminUrl, async (admin) => {
    await ensureRole(admin, ownerRole, ownerPassword);
    await ensureRole(admin, appRole, appPassword);
    // An admin who is not a superuser may give a database only to a role of his own.
    await admin.query(`grant ${identifier(ownerRole)} to current_user`);
    const found = await admin.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) {
      await admin.query(
        `create database ${identifier(database)} owner ${identifier(ownerRole)} template template0 encoding 'UTF8'`,
      );
    }
    await admin.query(`revoke all on database ${identifier(database)} from public`);
    await admin.query(`grant connect on database ${identifier(database)} to ${identifier(appRole)}`);
  });
  return {
    ownerUrl: urlFor(adminUrl, database, ownerRole, ownerPassword),
    appUrl: urlFor(adminUrl, database, appRole, appPassword),
    appRole,
  };
}

/** The same server, another database and role. */
export function urlFor(adminUrl: string, database: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}

/** One connection, one at a time over all processes: CREATE ROLE and CREATE DATABASE know no IF NOT EXISTS. */
export async function withAdmin<T>(adminUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  refuseInTheClear(adminUrl);
  const admin = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 20_000 });
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(hashtext($1))', [LOCK]);
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function ensureRole(admin: pg.Client, role: string, password: string): Promise<void> {
  const found = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  const verb = found.rowCount === 0 ? 'create' : 'alter';
  // DDL takes no parameters; the driver’s own quoting stands in.
  await admin.query(`${verb} role ${identifier(role)} login password ${pg.escapeLiteral(password)}`);
}
