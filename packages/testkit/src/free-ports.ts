/**
 * Ports of 127.0.0.1 for servers that a test starts only later, or stops and starts again.
 *
 * They lie below those that the system gives to whoever asks for any: a port that was merely found free there can be somebody else's by the
 * time the server comes. Every thread of a process counts through ports of its own from a place of its own, and gives none out twice.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { threadId } from 'node:worker_threads';

const FIRST = 11_000;
const END = 32_000;
const THREADS = 16;

let turn = randomInt(END - FIRST);

/** `count` ports that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let tried = 0; found.length < count; tried += 1) {
    if (tried * THREADS >= END - FIRST) throw new Error('no port of 127.0.0.1 is free');
    turn += 1;
    const port = FIRST + ((turn * THREADS + (threadId % THREADS)) % (END - FIRST - THREADS));
    if (await isFree(port)) found.push(port);
  }
  return found;
}

export async function freePort(): Promise<number> {
  return (await freePorts(1))[0] as number;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
