/** The whole center as a process would run it: config file, mutual TLS on both sides, OCSP over HTTP, PostgreSQL. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { type TestDatabase, testDatabase } from '@machikado/database';
import { certRef, digestOf } from '@machikado/pki';
import { centerEndpoints, certificateKinds, issuerEndpoints, refuse, verificationEndpoints } from '@machikado/protocol';
import {
  type Client,
  createClient,
  createLog,
  createServer,
  loadConfig,
  type MachikadoServer,
} from '@machikado/server';
import { issueServicePki, type ServicePki } from '@machikado/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compose, type RunningCenter } from './compose.ts';
import { CenterConfig } from './config.ts';
import { fakeReader } from './testing/fake-documents.ts';
import { FakeIssuer } from './testing/fake-issuer.ts';
import { fakeTreatment } from './testing/fake-treatment.ts';
import {
  card,
  cardholders,
  codeOf,
  deadline,
  mutou,
  noon,
  outcomeOf,
  randomId,
  selection,
  yunagi,
} from './testing/test-center.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'machikado-center-'));
const issuer = new FakeIssuer();
issuer.subject = card.certKey;
const silent = createLog({ service: 'test', level: 'silent' });
let pki: ServicePki;
let database: TestDatabase;
let ocsp: Server;
let issuerServer: MachikadoServer;
let center: RunningCenter;
let ports: { center: number; issuer: number; ocsp: number };
const clients: Client[] = [];

beforeAll(async () => {
  pki = await issueServicePki(dir, ['center', 'issuer', 'site', 'stranger'], ['kiosk-1', 'kiosk-2']);
  database = await testDatabase(new URL('../db/', import.meta.url));
  ocsp = createHttpServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => response.end(cardholders.respond(Buffer.concat(parts), { at: noon })));
  });
  await new Promise<void>((resolve) => ocsp.listen(0, '127.0.0.1', resolve));
  issuerServer = await startIssuer();
  const { port } = await issuerServer.listen({ host: '127.0.0.1', port: 0 });
  ports = { center: 0, issuer: port, ocsp: (ocsp.address() as { port: number }).port };
  const clock = { now: () => noon };
  center = compose(configOf({}), {
    machineClock: clock,
    businessClock: clock,
    reader: fakeReader(),
    treatment: fakeTreatment(),
    log: silent,
  });
  ports.center = (await center.listen()).port;
  const entry = { certRef: certRef(new Uint8Array(32).fill(1), card.certKey), role: 'residence' as const };
  const body = { lgCode: yunagi, entries: [{ ...entry, version: 1, active: true }] };
  expect(await as('issuer').call(centerEndpoints.publishDirectory, { body })).toEqual({ ok: true });
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await center.close();
  await issuerServer.close();
  ocsp.close();
  await database.drop();
  rmSync(dir, { recursive: true });
});

async function startIssuer(): Promise<MachikadoServer> {
  const peer = { kind: 'center', id: 'center-1' } as const;
  const server = createServer({ service: 'issuer', log: silent, tls: pki.peer('issuer'), identify: () => peer });
  return server
    .on(
      issuerEndpoints.issuerStatus,
      async () => (await issuer.readStatus({ lgCode: yunagi }))[0] ?? refuse('INTERNAL', ''),
    )
    .on(issuerEndpoints.issuerOffers, ({ body }) => issuer.askOffers(undefined, body))
    .on(issuerEndpoints.issuerOrder, ({ body, deadline }) => issuer.order(body, body, deadline))
    .on(issuerEndpoints.issuerOutcome, async ({ body }) => {
      await issuer.reportOutcome(undefined, body);
      return { ok: true as const };
    });
}

function configOf(
  change: object,
  load: (file: string) => unknown = (file) => loadConfig(CenterConfig, file),
): CenterConfig {
  const file = (name: string, content: string) => {
    writeFileSync(path.join(dir, name), content);
    return name;
  };
  const pem = (key: 'privateKey' | 'publicKey') =>
    sealKeys[key].export({ format: 'pem', type: key === 'privateKey' ? 'pkcs8' : 'spki' }).toString();
  const kiosk = (name: string) => ({ kioskId: name, operatorId: 'operator-a', spkiPins: [pki.peer(name).pin] });
  const { keyFile, certFile, caFile, crlFile } = pki.peer('center');
  const config = {
    centerId: 'center-1',
    listen: { host: '127.0.0.1', port: 0 },
    tls: { keyFile, certFile, caFile, crlFile },
    databaseUrlFile: file('database-url', database.url),
    keys: {
      directoryKeyFile: file('directory.key', `${'01'.repeat(32)}\n`),
      proofKeyFile: file('proof.key', '02'.repeat(32)),
      sealKeyFile: file('seal.pem', pem('privateKey')),
      scrambling: { id: 1, keyFile: file('scrambling.key', '03'.repeat(32)) },
      sheetSigning: { id: 1, keyFile: file('sheet-signing.pem', pem('privateKey')) },
    },
    jpki: {
      ocspUrl: `http://127.0.0.1:${ports.ocsp}/`,
      anchorFiles: [file('anchor.pem', pemCert(cardholders.anchorDer))],
      ...cardholders.profile,
    },
    kiosks: [kiosk('kiosk-1'), kiosk('kiosk-2')],
    municipalities: [
      {
        lgCode: yunagi,
        name: '夕凪市',
        // Nobody listens at the first one.
        issuers: [`https://127.0.0.1:1`, `https://127.0.0.1:${ports.issuer}`].map((url) => ({
          url,
          serverName: 'localhost',
          spkiPins: [pki.peer('issuer').pin],
        })),
        bindingKeyFile: file('binding.key', Buffer.from(issuer.bindingKey).toString('hex')),
        bindingSignerFiles: [
          file('binding.pem', issuer.signer.publicKey.export({ format: 'pem', type: 'spki' }).toString()),
        ],
        approvedBuilds: [issuer.build],
      },
    ],
    inquiryUrl: 'https://inquiry.machikado.test/',
    ...change,
  };
  return load(path.join(dir, file('center.json', JSON.stringify(config)))) as CenterConfig;
}

const sealKeys = generateKeyPairSync('ed25519');

function pemCert(der: Uint8Array): string {
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
}

function as(name: string): Client {
  const client = createClient({
    baseUrl: `https://127.0.0.1:${ports.center}`,
    tls: pki.peer(name),
    serverName: 'localhost',
  });
  clients.push(client);
  return client;
}

async function login(name = 'kiosk-1', proveOn?: ReturnType<Client['pinned']>) {
  const client = as(name);
  const line = client.pinned();
  const challenge = await line.call(centerEndpoints.beginSession, { body: {} });
  const body = card.sign({ ...challenge, exporter: await line.exporter() });
  const params = { sessionId: challenge.sessionId };
  const proven = await (proveOn ?? line).call(centerEndpoints.proveSession, { params, body });
  await line.close();
  return { client, proven, challenge };
}

type LoggedIn = Awaited<ReturnType<typeof login>>;

function placeOrder({ client, proven, challenge }: LoggedIn) {
  const { sessionId } = challenge;
  const body = { orderId: randomId(), sessionId, lgCode: yunagi, proof: proven.proof, selection };
  return client.call(centerEndpoints.placeOrder, { body });
}

test('a use from challenge to outcome, over the wire', async () => {
  const use = await login();
  const { client, proven, challenge } = use;
  const { sessionId } = challenge;
  const offers = await client.call(centerEndpoints.askOffers, {
    params: { sessionId },
    body: { lgCode: yunagi, proof: proven.proof },
  });
  expect(offers.offers).toHaveLength(certificateKinds.length);
  const sealed = await placeOrder(use);
  const params = { orderId: sealed.orderId };
  const payment = { depositYen: 300, manifestDigest: digestOf(sealed.manifest) };
  const { shares } = await client.call(centerEndpoints.reportPayment, { params, body: payment });
  expect(shares).toHaveLength(1);
  const status = await client.call(centerEndpoints.reportOutcome, { params, body: outcomeOf(sealed) });
  expect(status.state).toBe('settled');
  expect(await client.call(centerEndpoints.orderStatus, { params })).toEqual(status);
  await center.runJobs();
  expect(issuer.outcomes.map(({ orderId }) => orderId)).toContain(sealed.orderId);
  expect(await client.call(centerEndpoints.endSession, { params: { sessionId }, body: {} })).toEqual({ ok: true });
});

test('a proof that is carried to another connection of the same kiosk is refused', async () => {
  const elsewhere = as('kiosk-1').pinned();
  expect(await codeOf(login('kiosk-1', elsewhere))).toBe('PROOF_REFUSED');
  await elsewhere.close();
});

test('the status is honest about what issuing servers say', async () => {
  await center.refreshStandings();
  const { municipalities } = await as('kiosk-1').call(centerEndpoints.status);
  expect(municipalities).toEqual([
    { lgCode: yunagi, name: '夕凪市', kinds: certificateKinds.map((kind) => ({ kind, open: true })) },
  ]);
});

describe('peers', () => {
  const publish = (lgCode: string) => ({
    body: { lgCode, entries: [{ certRef: 'ab'.repeat(32), role: 'residence' as const, version: 1, active: true }] },
  });
  test('only who is listed gets an answer, each for its own endpoints', async () => {
    expect(await codeOf(as('stranger').call(centerEndpoints.status))).toBe('PEER_NOT_ALLOWED');
    expect(await codeOf(as('issuer').call(centerEndpoints.status))).toBe('PEER_NOT_ALLOWED');
    expect(await codeOf(as('kiosk-1').call(centerEndpoints.publishDirectory, publish(yunagi)))).toBe(
      'PEER_NOT_ALLOWED',
    );
  });
  test('an issuing server publishes for its own municipalities only', async () => {
    const code = codeOf(as('issuer').call(centerEndpoints.publishDirectory, publish(mutou)));
    expect(await code).toBe('MUNICIPALITY_NOT_PARTICIPATING');
  });
});

describe('an issuing server', () => {
  test('may refuse what the protocol lets a kiosk hear', async () => {
    issuer.onOrder = () => refuse('USE_COUNTER', 'test');
    expect(await codeOf(placeOrder(await login()))).toBe('USE_COUNTER');
    issuer.onOrder = () => refuse('DEADLINE_PASSED', 'test');
    expect(await codeOf(placeOrder(await login()))).toBe('DEADLINE_PASSED');
  });
  test('is not available when it fails in any other way', async () => {
    issuer.onOrder = () => {
      throw new Error('broken');
    };
    expect(await codeOf(placeOrder(await login()))).toBe('MUNICIPALITY_UNAVAILABLE');
    issuer.onOrder = () => refuse('PEER_NOT_ALLOWED', 'test');
    expect(await codeOf(placeOrder(await login()))).toBe('MUNICIPALITY_UNAVAILABLE');
    issuer.onOrder = () => undefined;
    expect(await codeOf(placeOrder(await login()))).toBe('ok');
  });
});

test('before anything else goes out, a server that was never asked is asked for its build', async () => {
  const fresh = compose(configOf({}), { log: silent, reader: fakeReader(), treatment: fakeTreatment() });
  const { center: unheard } = fresh;
  const town = unheard.settings().municipalities.get(yunagi);
  if (!town) throw new Error('the town is in the settings');
  const proof = { authCert: '', algorithm: 'rsa-pkcs1-sha256', message: '', signature: '', ocspResponse: '' } as const;
  const order = { orderId: randomId(), sessionId: randomId(), lgCode: yunagi, test: false, proof, selection };
  const relayed = issuer.orders.length;
  issuer.onStatus = (status) => [{ ...status, build: 'ff'.repeat(32) }];
  try {
    expect(await codeOf(unheard.issuers.order(town, order, deadline()))).toBe('BUILD_NOT_APPROVED');
    expect(issuer.orders).toHaveLength(relayed);
    // What was issued before must be told its end all the same.
    const outcome = { orderId: order.orderId, lgCode: yunagi, copies: [] };
    await unheard.issuers.reportOutcome(town, outcome);
    expect(issuer.outcomes).toContainEqual(outcome);
  } finally {
    issuer.onStatus = (status) => [status];
    await fresh.close();
  }
});

test('new settings come into force without a restart; settings that do not fit leave the old ones', async () => {
  const one = as('kiosk-2');
  expect(await codeOf(one.call(centerEndpoints.status))).toBe('ok');
  const all = configOf({});
  await center.reload({ ...all, kiosks: all.kiosks.slice(0, 1) });
  expect(await codeOf(as('kiosk-2').call(centerEndpoints.status))).toBe('PEER_NOT_ALLOWED');
  await expect(center.reload({ ...all, kiosks: [...all.kiosks, ...all.kiosks] })).rejects.toThrow(RangeError);
  expect(await codeOf(as('kiosk-1').call(centerEndpoints.status))).toBe('ok');
  await center.reload(all);
  expect(await codeOf(as('kiosk-2').call(centerEndpoints.status))).toBe('ok');
});

test('a setting that counts from the next start on is named, and nothing beside it is taken over', async () => {
  const all = configOf({});
  const changed = { ...all, kiosks: [], listen: { ...all.listen, port: 1 }, inFlightMax: 3 };
  await expect(center.reload(changed)).rejects.toThrow('listen, inFlightMax: counts from the next start on');
  expect(await codeOf(as('kiosk-1').call(centerEndpoints.status))).toBe('ok');
});

test('a verification site that is in the settings is told of cancelled copies, over mutual TLS', async () => {
  const lists: string[] = [];
  const identify = (pin: string) =>
    pin === pki.peer('center').pin ? ({ kind: 'center', id: 'center-1' } as const) : undefined;
  const site = createServer({ service: 'verification', log: silent, tls: pki.peer('site'), identify });
  site.on(verificationEndpoints.takeCancellations, async ({ body }) => {
    lists.push(body.list);
    return { version: 1 };
  });
  const { port } = await site.listen({ host: '127.0.0.1', port: 0 });
  const address = { url: `https://127.0.0.1:${port}`, serverName: 'localhost', spkiPins: [pki.peer('site').pin] };
  await center.reload(configOf({ verificationSites: [address] }));
  await center.runJobs();
  await vi.waitFor(() => expect(lists).toHaveLength(1), { timeout: 60_000 });
  await center.reload(configOf({}));
  await site.close();
});

test('as a process it says when it listens, follows SIGHUP, and ends in order', async () => {
  configOf({});
  const main = new URL('./main.ts', import.meta.url).pathname;
  const args = ['--import', 'tsx', main, '--config', path.join(dir, 'center.json')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let output = '';
  child.stdout?.on('data', (part: Buffer) => {
    output += part;
  });
  const [{ listening }] = (await once(child, 'message')) as [{ listening: number }];
  const kiosk = createClient({
    baseUrl: `https://127.0.0.1:${listening}`,
    tls: pki.peer('kiosk-2'),
    serverName: 'localhost',
  });
  clients.push(kiosk);
  expect(await codeOf(kiosk.call(centerEndpoints.status))).toBe('ok');
  const said = (event: string) => vi.waitFor(() => expect(output).toContain(`"event":"${event}"`), { timeout: 60_000 });
  configOf({ kiosks: 'none' }, (file) => file);
  child.kill('SIGHUP');
  await said('settings-refused');
  expect(output).toContain('/kiosks');
  expect(await codeOf(kiosk.call(centerEndpoints.status))).toBe('ok');
  configOf({ kiosks: [] });
  child.kill('SIGHUP');
  await said('settings-reloaded');
  expect(await codeOf(kiosk.call(centerEndpoints.status))).not.toBe('ok');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the business clock is moved in a demonstration only', () => {
  const businessClock = { offsetMs: 3_600_000 };
  expect(() =>
    compose(configOf({ businessClock }), { log: silent, reader: fakeReader(), treatment: fakeTreatment() }),
  ).toThrow(/demo/);
});

test('a setting that does not exist is refused', () => {
  expect(() => configOf({ bussinessClock: {} })).toThrow(/bussinessClock is not a setting/);
});
