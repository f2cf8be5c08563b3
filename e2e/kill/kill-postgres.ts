/** kill -9 of a whole PostgreSQL server. */
import type { Database } from '@machikado/database';
import { until } from './until.ts';

/** The postmaster first, so that it cannot start children anew; then every one of them. */
export async function killPostgres(postmaster: number, db: Database): Promise<void> {
  const children = await db.query<{ pid: number }>('select pid from pg_stat_activity');
  for (const pid of [postmaster, ...children.map((child) => child.pid)]) killHard(pid);
  await until('PostgreSQL is gone', async () => !isAlive(postmaster));
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
