/**
 * The PostgreSQL of one test run, as a process of its own: it starts the server, waits until the run is gone (also by
 * kill -9) and then takes server and data away. Worker threads come and go, so none of them can own it.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './embedded/postmaster.ts';
import { startEmbeddedPostgres } from './embedded/start.ts';

const [dir, runPid] = process.argv.slice(2) as [string, string];
process.on('SIGINT', () => undefined);
const server = await startEmbeddedPostgres({ dir, durability: 'none-for-tests' });
writeFileSync(path.join(dir, 'url.new'), server.adminUrl, { mode: 0o600 });
renameSync(path.join(dir, 'url.new'), path.join(dir, 'url'));
while (isRunning(Number(runPid))) await sleep(300);
await server.stop();
rmSync(dir, { recursive: true, force: true });
