/**
 * 中継: the center’s relay of 100 KB, mutual TLS in and out, against nginx: time of a core of the relay alone. Ours reads the reply, holds it against its
 * schema, and writes one log line; nginx passes bytes on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '@machikado/server';
import { freePorts, issueServicePki } from '@machikado/testkit';
import { startService, writeJson } from '@machikado/town';
import { aCoreSecond, byTurns, type Line, manyAtOnce } from '../compare.ts';
import { processorMsOf } from '../processor-time.ts';
import { hasNginx, startNginx } from '../relay/nginx.ts';
import { type RelayPlan, relayed } from '../relay/peers.ts';

/** The first round of as many warms up: a center runs for weeks, and compiles what it runs often. */
const DOCUMENTS = 1_500;
const AT_ONCE = 4;
const KIOSK = 'kiosk-1';
const what = '100 KB relayed by the center';

export async function relay(rounds: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'machikado-bench-relay-'));
  const closers: (() => Promise<unknown> | unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const pki = await issueServicePki(join(folder, 'pki'), ['center', 'issuer'], [KIOSK]);
    const [issuerPort = 0, centerPort = 0, nginxPort = 0] = await freePorts(3);
    const serve = async (name: 'issuer' | 'center', listenPort: number, caller: string, next?: RelayPlan['next']) => {
      const plan: RelayPlan = { listenPort, own: pki.peer(name), caller: pki.peer(caller), ...(next && { next }) };
      const service = await startService(
        name,
        'bench/relay/main.ts',
        [writeJson(folder, name, plan)],
        join(folder, 'log'),
      );
      closers.push(service.stop);
      return service.process.pid ?? 0;
    };
    const asker = (port: number) => {
      const client = createClient({ baseUrl: `https://127.0.0.1:${port}`, tls: pki.peer(KIOSK), pool: AT_ONCE });
      closers.push(() => client.close());
      return client;
    };
    await serve('issuer', issuerPort, 'center');
    const next = { url: `https://127.0.0.1:${issuerPort}`, pin: pki.peer('issuer').pin };
    const ours = { pid: await serve('center', centerPort, KIOSK, next), client: asker(centerPort) };
    const contest = (relay: { pid: number; client: Client }) => () => throughput(relay.pid, relay.client);
    if (!hasNginx()) {
      const rates = await byTurns(rounds, { ours: contest(ours) });
      return [
        {
          what,
          unit: 'a core-second',
          ours: rates.ours,
          peer: { name: 'nginx', missing: 'it is not installed' },
          aim: 0.3,
        },
      ];
    }
    const nginx = startNginx({ folder, listenPort: nginxPort, nextPort: issuerPort, own: pki.peer('center') });
    closers.push(nginx.close);
    const theirs = { pid: nginx.pid, client: asker(nginxPort) };
    await untilItRelays(theirs.client);
    const rates = await byTurns(rounds, { ours: contest(ours), nginx: contest(theirs) });
    return [{ what, unit: 'a core-second', ours: rates.ours, peer: { name: 'nginx', rounds: rates.nginx }, aim: 0.3 }];
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function throughput(pid: number, client: Client): Promise<number> {
  return aCoreSecond(
    DOCUMENTS,
    () => processorMsOf(pid),
    () => manyAtOnce(DOCUMENTS, AT_ONCE, () => client.call(relayed)),
  );
}

async function untilItRelays(client: Client): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await client.call(relayed);
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await sleep(100);
    }
  }
}
