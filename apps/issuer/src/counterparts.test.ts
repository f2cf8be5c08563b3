/** Whom the issuing server asks: a good cert with the right name is not enough, the key must be one that was agreed on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { centerEndpoints, registryEndpoints } from '@machikado/protocol';
import { createLog, createServer, loadConfig, type MachikadoServer, type Peer, systemClocks } from '@machikado/server';
import { createTestLogins, issueServicePki, type ServicePki } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStaffPorts } from './compose.ts';
import { IssuerConfig } from './config.ts';
import { writeIssuerFiles } from './testing/issuer-files.ts';

const TOWN = '990019';
const PAGE = { lgCode: TOWN, events: [], latest: 0, readAt: '2026-11-20T03:00:00Z' };
const ENTRY = { certRef: '0'.repeat(64), role: 'residence', version: 1, active: true } as const;
const log = createLog({ service: 'test', write: () => undefined });

let folder: string;
let pki: ServicePki;
let config: IssuerConfig;
let ports: { readonly registry: number; readonly center: number };
const heard: string[] = [];
const servers: MachikadoServer[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'issuer-counterparts-'));
  pki = await issueServicePki(path.join(folder, 'tls'), ['issuer', 'center', 'registry', 'other']);
  const { configFile } = writeIssuerFiles(folder, {
    ...{ lgCode: TOWN, databaseUrl: 'postgres://nobody@localhost:1/none', businessOffsetMs: 0 },
    ...{ logins: await createTestLogins(new Date()), tls: pki.peer('issuer'), centerPin: pki.peer('center').pin },
  });
  config = loadConfig(IssuerConfig, configFile);
  ports = { registry: await startServer('registry'), center: await startServer('center') };
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true });
});

/** A server with the key of this name that answers as registry and as center alike. */
async function startServer(name: string): Promise<number> {
  const identify = (): Peer => ({ kind: 'municipality', id: TOWN });
  const server = createServer({ service: name, log, tls: pki.peer(name), identify });
  server.on(registryEndpoints.readFeed, async () => {
    heard.push('feed');
    return PAGE;
  });
  server.on(centerEndpoints.publishDirectory, async () => {
    heard.push('directory');
    return { ok: true as const };
  });
  servers.push(server);
  return (await server.listen({ host: '127.0.0.1', port: 0 })).port;
}

/** The issuing server’s outside world when it looks for registry and center at these ports. */
function openSide(at: { readonly registry: number; readonly center: number }) {
  const url = (port: number) => `https://127.0.0.1:${port}`;
  return openStaffPorts(
    {
      ...config,
      registry: { url: url(at.registry), spkiPins: [pki.peer('registry').pin] },
      center: { ...config.center, urls: [url(at.center)] },
    },
    { clocks: systemClocks(), log },
  );
}
const readFeed = ({ ports: { registry } }: ReturnType<typeof openSide>) =>
  registry.readFeed({ lgCode: TOWN, after: 0, limit: 1 });
const publish = ({ ports: { directory } }: ReturnType<typeof openSide>) =>
  directory.publish({ lgCode: TOWN, entries: [ENTRY] });

test('registry and center are heard by the keys that were agreed on', async () => {
  const side = openSide(ports);
  heard.length = 0;
  expect(await readFeed(side)).toEqual(PAGE);
  await publish(side);
  expect(heard).toEqual(['feed', 'directory']);
  await side.closePorts();
});

test('a server of the right name and CA with another key never gets a request', async () => {
  const other = await startServer('other');
  const side = openSide({ registry: other, center: other });
  heard.length = 0;
  await expect(readFeed(side)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
  await expect(publish(side)).rejects.toMatchObject({ kind: 'unreachable', sent: false });
  expect(heard).toEqual([]);
  await side.closePorts();
});

test('a center with a new key is heard as soon as the settings say so', async () => {
  const other = await startServer('other');
  const side = openSide({ registry: ports.registry, center: other });
  await expect(publish(side)).rejects.toMatchObject({ sent: false });
  side.use({ ...side.settings(), centerPins: [pki.peer('other').pin] });
  await side.reloadClients();
  await publish(side);
  await side.closePorts();
});
