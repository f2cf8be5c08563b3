/**
 * One agent on one journal: two would cut each other’s lines and settle each other’s orders. The claim is a name of the kernel (an
 * abstract socket of Linux), so it dies with its process, by kill -9 as well, and leaves nothing on the disk. Elsewhere, on
 * somebody’s own machine, nothing is claimed.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { ConfigError } from '@machikado/server';

export interface StateDirClaim {
  release(): Promise<void>;
}

/** Throws ConfigError when another living agent has it. */
export async function claimStateDir(dir: string): Promise<StateDirClaim> {
  if (process.platform !== 'linux') return { release: async () => {} };
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const name = createHash('sha256').update(realpathSync(dir)).digest('hex');
  const server = createServer((socket) => socket.destroy()).listen(`\0machikado-kiosk-${name}`);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new ConfigError(`stateDir: another agent is running on ${dir}`, { cause });
  }
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}
