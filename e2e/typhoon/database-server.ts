/** A PostgreSQL server that is stopped, starved and killed, and comes back on the same port. */
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@machikado/database';
import { until } from '../kill/until.ts';
import { familyOf, isRunning, signal } from './processes.ts';

export interface DatabaseServer {
  /** As the superuser, past every line. */
  readonly adminUrl: string;
  readonly port: number;
  /** Of the postmaster. */
  pid(): number;
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** The postmaster stands still meanwhile, so that it starts no children anew; nobody is spared. */
export async function killServer(server: Pick<DatabaseServer, 'pid'>): Promise<void> {
  const postmaster = server.pid();
  signal([postmaster], 'SIGSTOP');
  signal(familyOf(postmaster), 'SIGKILL');
  await until('PostgreSQL is gone', async () => !isRunning(postmaster));
}

export async function embeddedServer(dir: string, port: number): Promise<DatabaseServer> {
  const start = () => startEmbeddedPostgres({ dir, port });
  let running: EmbeddedPostgres = await start();
  return {
    adminUrl: running.adminUrl,
    port,
    pid: () => running.pid,
    async revive() {
      running = await start();
    },
    stop: () => running.stop(),
  };
}
