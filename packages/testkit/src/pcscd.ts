/**
 * A PC/SC service (pcscd) with vsmartcard’s virtual reader, started by hand: no systemd, its ports any two that are free. Its socket has
 * one place on a machine, so that there can be only one: tests take turns. Left alone by a killed test it ends by itself after a minute.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './answers.ts';

export interface Pcscd {
  /** Where a card connects: one a slot, each a reader of its own. */
  readonly slots: readonly [number, number];
  stop(): Promise<void>;
}

const SOCKET = '/run/pcscd/pcscd.comm';
const START_MS_MAX = 10_000;
/** Whoever listens here has the turn; it ends with the process, however that ends. Linux keeps such a name apart from all files. */
const TURN = '\0machikado-pcscd';

/** What a pcscd of one’s own needs and does not find here; nothing when it can start. */
export async function missingForPcscd(): Promise<string> {
  if (process.getuid?.() !== 0) return 'root, for a pcscd of our own,';
  if (await answers({ path: TURN })) return '';
  return existsSync(SOCKET) && (await answers({ path: SOCKET })) ? 'the place of the pcscd that runs already' : '';
}

/** Waits for its turn. */
export async function startPcscd(): Promise<Pcscd> {
  const turn = await takeTurn();
  const slots = await freePair();
  const dir = mkdtempSync(join(tmpdir(), 'pcscd-'));
  const channel = `0x${slots[0].toString(16).toUpperCase()}`;
  writeFileSync(
    join(dir, 'vpcd'),
    [
      'FRIENDLYNAME "Virtual PCD"',
      `DEVICENAME /dev/null:${channel}`,
      'LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so',
      `CHANNELID ${channel}`,
      '',
    ].join('\n'),
  );
  const pcscd = spawn('pcscd', ['--foreground', '--auto-exit', '--config', dir], { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    if (pcscd.exitCode === null && pcscd.signalCode === null) {
      pcscd.kill();
      await once(pcscd, 'exit');
    }
    rmSync(dir, { recursive: true, force: true });
    await new Promise((resolve) => turn.close(resolve));
  };
  try {
    await started(pcscd);
  } catch (error) {
    await stop();
    throw error;
  }
  return { slots, stop };
}

/** The virtual reader is opened before the socket; nobody connects to its ports here, for who does so is a card. */
async function started(pcscd: ChildProcess): Promise<void> {
  let said = '';
  for (const stream of [pcscd.stdout, pcscd.stderr])
    stream?.on('data', (text) => {
      said += text;
    });
  for (let waitedMs = 0; waitedMs < START_MS_MAX; waitedMs += 50) {
    if (pcscd.exitCode !== null) break;
    if (await answers({ path: SOCKET })) return;
    await sleep(50);
  }
  throw new Error(`pcscd does not start: ${said}`);
}

async function takeTurn(): Promise<Server> {
  for (;;) {
    const turn = await listen(TURN);
    // Whoever only asks whether somebody has the turn is not kept waiting.
    if (turn) return turn.on('connection', (socket) => socket.destroy());
    await sleep(200);
  }
}

async function freePair(): Promise<readonly [number, number]> {
  for (;;) {
    const first = await listen(0);
    const port = first ? (first.address() as AddressInfo).port : 0;
    const second = port > 0 && port < 65_535 ? await listen(port + 1) : undefined;
    for (const server of [first, second]) if (server) await new Promise((resolve) => server.close(resolve));
    if (first && second) return [port, port + 1];
  }
}

async function listen(at: number | string): Promise<Server | undefined> {
  const server = createServer().listen(at);
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
