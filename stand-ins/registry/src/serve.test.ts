import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProtocolError, registryEndpoints } from '@machikado/protocol';
import { type Client, createClient, createLog } from '@machikado/server';
import { issueServicePki, type ServicePeer } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryJournal } from './journal.ts';
import { createRegistry } from './registry.ts';
import { adminEndpoints, type RunningRegistry, startRegistry } from './serve.ts';
import { generateTown } from './town/generate-town.ts';

const towns = [generateTown('990019', 'test'), generateTown('990027', 'test')] as const;
const residentId = towns[0].personas.single;
const lines: string[] = [];
const clients: Client[] = [];
let dir: string;
let pki: Awaited<ReturnType<typeof issueServicePki>>;
let running: RunningRegistry;
let yunagi: Client;
let muteki: Client;
let stranger: Client;
let admin: Client;

const filesOf = ({ keyFile, certFile, caFile, crlFile }: ServicePeer) => ({ keyFile, certFile, caFile, crlFile });

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'registry-'));
  pki = await issueServicePki(dir, ['registry', 'issuer-yunagi', 'issuer-muteki', 'stranger']);
  const registry = createRegistry({
    towns,
    journal: memoryJournal('one'),
    now: () => new Date('2026-11-20T03:00:00Z'),
  });
  running = await startRegistry({
    registry,
    issuers: issuers(),
    tls: filesOf(pki.peer('registry')),
    log: createLog({ service: 'registry', write: (line) => lines.push(line) }),
    host: '127.0.0.1',
    port: 0,
    adminPort: 0,
  });
  const connect = (options: Parameters<typeof createClient>[0]) => {
    const client = createClient(options);
    clients.push(client);
    return client;
  };
  const baseUrl = `https://localhost:${running.port}`;
  yunagi = connect({ baseUrl, tls: filesOf(pki.peer('issuer-yunagi')) });
  muteki = connect({ baseUrl, tls: filesOf(pki.peer('issuer-muteki')) });
  stranger = connect({ baseUrl, tls: filesOf(pki.peer('stranger')) });
  admin = connect({ baseUrl: `http://127.0.0.1:${running.adminPort}` });
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await running.close();
  rmSync(dir, { recursive: true });
});

function issuers(yunagiName = 'issuer-yunagi') {
  return [
    { name: 'issuer-yunagi', spkiPin: pki.peer(yunagiName).pin, lgCodes: ['990019'] },
    { name: 'issuer-muteki', spkiPin: pki.peer('issuer-muteki').pin, lgCodes: ['990027'] },
  ];
}

async function codeOf(answer: Promise<unknown>): Promise<string> {
  const error = await answer.then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  return error instanceof ProtocolError ? error.code : String(error);
}

test('a town’s own issuing server reads its households', async () => {
  const record = await yunagi.call(registryEndpoints.readRecord, { body: { lgCode: '990019', residentId } });
  expect(record.members.map((member) => member.residentId)).toEqual([residentId]);
});

test('the issuing server of the next town is refused, and so is a cert that nobody registered', async () => {
  const household = { body: { lgCode: '990019', residentId } };
  const feed = { body: { lgCode: '990019', after: 0, limit: 10 } };
  for (const client of [muteki, stranger]) {
    expect(await codeOf(client.call(registryEndpoints.readRecord, household))).toBe('PEER_NOT_ALLOWED');
    expect(await codeOf(client.call(registryEndpoints.readFeed, feed))).toBe('PEER_NOT_ALLOWED');
  }
});

test('the next key of an issuing server is taken over while it runs, and the withdrawn one reads no more', async () => {
  const read = (client: Client) =>
    client.call(registryEndpoints.readRecord, { body: { lgCode: '990019', residentId } }).then(
      () => 'answered',
      () => 'refused',
    );
  expect(await running.reload(issuers('stranger'))).toBe('reloaded');
  expect([await read(yunagi), await read(stranger)]).toEqual(['refused', 'answered']);
  expect(await running.reload(issuers())).toBe('reloaded');
  expect([await read(yunagi), await read(stranger)]).toEqual(['answered', 'refused']);
});

test('a change over the admin door is seen at the next read, and the old version is refused', async () => {
  const question = { lgCode: '990019', residentId: towns[0].personas.couple };
  const before = await yunagi.call(registryEndpoints.readRecord, { body: question });
  const { latest } = await admin.call(adminEndpoints.applyChanges, {
    body: { lgCode: '990019', changes: [{ type: 'died', residentId: question.residentId }] },
  });
  const old = { body: { ...question, version: before.version } };
  expect(await codeOf(yunagi.call(registryEndpoints.readRecord, old))).toBe('RECORD_CHANGED');
  const feed = await yunagi.call(registryEndpoints.readFeed, { body: { lgCode: '990019', after: 0, limit: 10 } });
  const { residentId: of } = question;
  // The seal of the dead goes with them (職権抹消).
  expect(feed.events.map(({ type, residentId }) => [type, residentId])).toEqual([
    ['died', of],
    ['seal-cancelled', of],
  ]);
  expect(feed.latest).toBe(latest);
});

test('the admin door refuses what cannot be', async () => {
  const body = { lgCode: '990019', changes: [{ type: 'died', residentId: 'nobody' }] } as const;
  expect(await codeOf(admin.call(adminEndpoints.applyChanges, { body: { ...body, changes: [...body.changes] } }))).toBe(
    'MALFORMED_REQUEST',
  );
});

test('nothing about a person stands in the log', () => {
  const log = lines.join('\n');
  for (const { households } of towns) {
    for (const { address, members } of households) {
      expect(log).not.toContain(address);
      for (const member of members) expect(log).not.toContain(member.name);
    }
  }
  expect(lines.length).toBeGreaterThan(0);
});
