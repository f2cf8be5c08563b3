/** The whole issuing server over its wire: mutual TLS, real tables, real proofs, real typesetter and real second look. */
import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DatabaseUnavailable, type TestDatabase, testDatabase } from '@machikado/database';
import { checkAgainstBinding, createPdfReader, type PdfReader } from '@machikado/inspection';
import { kidOf, nameRef, readBindingRecord } from '@machikado/pki';
import {
  type IssuedCopy,
  type IssuerOrder,
  issuerEndpoints,
  type PublishDirectory,
  type RegistryRecord,
  statusDigestsOf,
} from '@machikado/protocol';
import { type Client, createClient, createLog, loadConfig } from '@machikado/server';
import { createTestLogins, issueServicePki, type TestCard, type TestLogins } from '@machikado/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { compose, type Issuer } from './compose.ts';
import { IssuerConfig } from './config.ts';
import { issuerMigrations } from './migrate-issuer.ts';
import type { Registry } from './ports.ts';
import { type IssuerFiles, writeIssuerFiles } from './testing/issuer-files.ts';
import { household, person } from './testing/people.ts';

const TOWN = '990019';
const STARTED = new Date();
/** Whatever the hour of the test, noon of a Friday for the town. */
const NOON_OFFSET_MS = Date.parse('2026-11-20T03:00:00Z') - STARTED.getTime();
const family = household([
  person({ residentId: 'r1', order: 1, name: '夕凪　太郎' }),
  person({ residentId: 'r2', order: 2, name: '夕凪　花子', relationship: '妻', sex: 'female' }),
]);
const stranger = household([person({ residentId: 'r9', name: '霧笛　次郎' })]);

let folder: string;
let database: TestDatabase;
let logins: TestLogins;
let card: TestCard;
let files: IssuerFiles;
let issuer: Issuer;
let issuerPort: number;
let center: Client;
let outsider: Client;
let reader: PdfReader;
let pki: Awaited<ReturnType<typeof issueServicePki>>;
/** What the registry answers. */
let answer: () => RegistryRecord = () => family;
const published: PublishDirectory[] = [];
let hearNews = () => {};
const firstNews = new Promise<void>((resolve) => {
  hearNews = resolve;
});
const lines: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'issuer-'));
  database = await testDatabase(issuerMigrations, { schemas: [`m${TOWN}`] });
  logins = await createTestLogins(STARTED);
  card = await logins.makeCard('0a0b0c0d');
  pki = await issueServicePki(path.join(folder, 'tls'), ['issuer', 'center', 'outsider']);
  files = writeIssuerFiles(folder, {
    ...{ lgCode: TOWN, databaseUrl: database.url, logins, businessOffsetMs: NOON_OFFSET_MS },
    ...{ tls: pki.peer('issuer'), centerPin: pki.peer('center').pin },
  });
  issuer = compose(loadConfig(IssuerConfig, files.configFile), {
    log: createLog({ service: 'issuer', write: (line) => lines.push(line) }),
    registry: registryOfOneCard(),
    directory: {
      publish: async (entries) => {
        published.push(entries);
        hearNews();
      },
    },
  });
  const { port } = await issuer.listen();
  issuerPort = port;
  const clientOf = (name: string) => createClient({ baseUrl: `https://localhost:${port}`, tls: pki.peer(name) });
  center = clientOf('center');
  outsider = clientOf('outsider');
  reader = createPdfReader({ workers: 1 });
  await firstNews;
}, 120_000);

afterAll(async () => {
  await Promise.all([center?.close(), outsider?.close(), reader?.close()]);
  await issuer?.close();
  await database?.drop();
  rmSync(folder, { recursive: true });
});

function registryOfOneCard(): Registry {
  const { anchor, serial } = card;
  const event = {
    seq: 1,
    type: 'cert-registered',
    residentId: 'r1',
    anchor,
    serial,
    at: '2026-01-01T00:00:00Z',
  } as const;
  return {
    readRecord: async () => answer(),
    readFeed: async ({ lgCode, after }) => {
      return { lgCode, events: after < 1 ? [event] : [], latest: 1, readAt: new Date().toISOString() };
    },
    readStatusDigest: async ({ lgCode }) => {
      const digests = statusDigestsOf([], (text) => createHash('sha256').update(text).digest('hex'));
      return { lgCode, latest: 1, readAt: new Date().toISOString(), digests };
    },
  };
}

async function askOffers() {
  const sessionId = randomBytes(16).toString('hex');
  const question = { sessionId, lgCode: TOWN, proof: logins.prove({ card, sessionId, now: new Date() }) };
  return { question, offers: await center.call(issuerEndpoints.issuerOffers, { body: question }) };
}

async function chooseOrder(copies: number): Promise<IssuerOrder> {
  const { question, offers } = await askOffers();
  const personRefs = offers.persons.map((offered) => offered.personRef);
  const selection = { kind: 'resident-record', scope: 'household', items: ['relationship'], copies } as const;
  const orderId = randomBytes(16).toString('hex');
  return {
    ...question,
    orderId,
    test: false,
    selection: { ...selection, items: [...selection.items], personRefs, feeYen: 200 * copies },
  };
}

function readRecordOf({ bindingRecord }: IssuedCopy) {
  return readBindingRecord(bindingRecord, new Map([[kidOf(files.signingPublicKey), files.signingPublicKey]]));
}

describe('an issuing server', () => {
  test('follows the feed by itself, tells the directory, and is open', async () => {
    expect(published[0]?.entries).toMatchObject([{ role: 'residence', version: 1, active: true }]);
    const status = await center.call(issuerEndpoints.issuerStatus, {});
    expect(status.build).toMatch(/^[0-9a-f]{64}$/);
    expect(status.municipalities).toEqual([
      { lgCode: TOWN, name: '夕凪市', kinds: [{ kind: 'resident-record', open: true }] },
    ]);
  });

  test('offers the persons of the household by the names that will be printed', async () => {
    const { offers } = await askOffers();
    expect(offers.persons.map(({ name, isSelf }) => [name, isSelf])).toEqual([
      ['夕凪　太郎', true],
      ['夕凪　花子', false],
    ]);
  });

  test('issues copies that the center finds to be what their binding records say', async () => {
    const order = await chooseOrder(2);
    const issued = await center.call(issuerEndpoints.issuerOrder, { body: order });
    const records = await Promise.all(issued.copies.map(readRecordOf));
    expect(new Set(records.map((record) => record.issueNumber)).size).toBe(2);
    for (const [i, record] of records.entries()) {
      const reading = await reader.read(Buffer.from(issued.copies[i]?.pdf ?? '', 'base64'));
      const refOf = (name: string) => nameRef(files.bindingKey, order.orderId, name);
      expect(checkAgainstBinding(reading, record, { nameRef: refOf })).toEqual([]);
      expect(reading.pages[0]?.glyphs.map((glyph) => glyph.text).join('')).toContain(record.issueNumber);
    }
    const copies = records.map(({ issueNumber }) => ({ issueNumber, outcome: 'output' as const }));
    const outcome = { params: { orderId: order.orderId }, body: { orderId: order.orderId, lgCode: TOWN, copies } };
    expect(await center.call(issuerEndpoints.issuerOutcome, outcome)).toEqual({ ok: true });
    expect(await center.call(issuerEndpoints.issuerOutcome, outcome)).toEqual({ ok: true });
  });

  test('issues a text that does not fit its cell on a 続紙, which the inspection finds whole', async () => {
    answer = () => household([person({ residentId: 'r1', relationship: '長'.repeat(40) })]);
    const issued = await center.call(issuerEndpoints.issuerOrder, { body: await chooseOrder(1) });
    const [record] = await Promise.all(issued.copies.map(readRecordOf));
    expect(record?.pages).toHaveLength(2);
    answer = () => family;
  });

  test('reads new settings while it runs, and keeps the last good ones', async () => {
    const settings = JSON.parse(readFileSync(files.settingsFile, 'utf8'));
    const write = (change: object) => writeFileSync(files.settingsFile, JSON.stringify({ ...settings, ...change }));
    const name = async () => (await center.call(issuerEndpoints.issuerStatus, {})).municipalities[0]?.name;
    write({ name: '新夕凪市' });
    expect(await issuer.reload()).toBe('reloaded');
    expect(await name()).toBe('新夕凪市');
    write({ name: '夕凪市', nmae: '' });
    expect(await issuer.reload()).toBe('kept');
    expect(await name()).toBe('新夕凪市');
    write({});
    await issuer.reload();
  });

  describe('the config file read again', () => {
    const config = () => JSON.parse(readFileSync(files.configFile, 'utf8'));
    const reloadWith = (change: object) => {
      const changed = path.join(folder, 'issuer-changed.json');
      writeFileSync(changed, JSON.stringify({ ...config(), ...change }));
      return issuer.reload(() => loadConfig(IssuerConfig, changed));
    };
    const callAs = (client: Client) =>
      client.call(issuerEndpoints.issuerStatus, {}).then(
        () => 'answered',
        (error) => error.code ?? 'no connection',
      );
    const pinOf = (name: string) => pki.peer(name).pin;
    afterEach(async () => {
      expect(await issuer.reload(() => loadConfig(IssuerConfig, files.configFile))).toBe('reloaded');
    });

    test('lets the next key of the center in and the withdrawn one no more', async () => {
      const pins = (...names: string[]) => ({ center: { ...config().center, spkiPins: names.map(pinOf) } });
      expect(await reloadWith(pins('center', 'outsider'))).toBe('reloaded');
      expect([await callAs(center), await callAs(outsider)]).toEqual(['answered', 'answered']);
      expect(await reloadWith(pins('outsider'))).toBe('reloaded');
      expect(await callAs(center)).not.toBe('answered');
      expect(await callAs(outsider)).toBe('answered');
    });

    test('trusts the anchors that stand there now', async () => {
      const other = await createTestLogins(STARTED);
      writeFileSync(path.join(folder, 'other-anchor.der'), other.anchorDer);
      const jpki = { ...config().jpki, anchorFiles: ['other-anchor.der'] };
      expect(await reloadWith({ jpki })).toBe('reloaded');
      await expect(askOffers()).rejects.toMatchObject({ code: 'PROOF_REFUSED' });
    });

    test('signs with the new key and makes references with the new ones', async () => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      writeFileSync(path.join(folder, 'next.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
      writeFileSync(path.join(folder, 'next.hex'), randomBytes(32).toString('hex'));
      const [town] = config().municipalities;
      const keys = { signingKeyFile: 'next.pem', bindingKeyFile: 'next.hex', directoryKeyFile: 'next.hex' };
      expect(await reloadWith({ municipalities: [{ ...town, ...keys }] })).toBe('reloaded');
      const inForce = issuer.ports.municipalities.find(TOWN)?.keys;
      const next = readFileSync(path.join(folder, 'next.hex'), 'utf8');
      expect(inForce?.signing.kid).toBe(kidOf(publicKey));
      expect([inForce?.bindingKey, inForce?.directoryKey].map((key) => Buffer.from(key ?? []).toString('hex'))).toEqual(
        [next, next],
      );
      const order = await chooseOrder(1);
      const { copies } = await center.call(issuerEndpoints.issuerOrder, { body: order });
      const record = await readBindingRecord(copies[0]?.bindingRecord ?? '', new Map([[kidOf(publicKey), publicKey]]));
      expect(record.orderId).toBe(order.orderId);
    });

    test.each([
      ['an unknown key', () => ({ typo: true }), /typo/],
      ['a missing anchor', () => ({ jpki: { ...config().jpki, anchorFiles: ['nowhere.der'] } }), /ENOENT/],
      ['a key of the wrong length', () => ({ municipalities: [brokenTown()] }), /AssertionError/],
      ['another municipality', () => ({ municipalities: [{ ...brokenTown(), lgCode: '990027' }] }), /municipalities/],
      ['another port', () => ({ listen: { host: '127.0.0.1', port: 1 } }), /listen/],
    ])('keeps all of the last good ones and says so when it finds %s', async (_, change, said) => {
      const before = lines.length;
      const withoutCenter = { center: { ...config().center, spkiPins: [pinOf('outsider')] } };
      expect(await reloadWith({ ...withoutCenter, ...change() })).toBe('kept');
      const alarms = lines.slice(before).filter((line) => line.includes('settings-refused'));
      expect(alarms).toEqual([expect.stringMatching(said)]);
      expect([await callAs(center), (await callAs(outsider)) === 'answered']).toEqual(['answered', false]);
    });

    test('keeps all of the last good ones when the TLS files do not fit', async () => {
      const { certFile } = pki.peer('issuer');
      const cert = readFileSync(certFile);
      writeFileSync(certFile, 'half a cert');
      const withoutCenter = { center: { ...config().center, spkiPins: [pinOf('outsider')] } };
      expect(await reloadWith(withoutCenter)).toBe('kept');
      writeFileSync(certFile, cert);
      expect(lines.at(-1)).toContain('settings-refused');
      expect(await callAs(center)).toBe('answered');
    });

    function brokenTown() {
      writeFileSync(path.join(folder, 'short.hex'), 'abcd');
      return { ...config().municipalities[0], bindingKeyFile: 'short.hex' };
    }
  });

  test('stops when it is about to issue the paper of another, and staff set it going again', async () => {
    const order = await chooseOrder(1);
    answer = () => stranger;
    await expect(center.call(issuerEndpoints.issuerOrder, { body: order })).rejects.toMatchObject({
      code: 'INSPECTION_FAILED',
    });
    answer = () => family;
    const kinds = async () => (await center.call(issuerEndpoints.issuerStatus, {})).municipalities[0]?.kinds;
    expect(await kinds()).toEqual([{ kind: 'resident-record', open: false, reason: 'suspended' }]);
    const said = await staff(
      'release-suspension',
      '--staff',
      'clerk-1',
      '--kind',
      'resident-record',
      '--reason',
      'looked into',
    );
    expect(said).toBe('released\n');
    const { by } = await database.ownerDb.one<{ by: string }>(`select released_by as by from m${TOWN}.suspension`);
    expect(by).toBe(`clerk-1 (${userInfo().username})`);
    expect(await kinds()).toEqual([{ kind: 'resident-record', open: true }]);
    expect(await staff('verify-chain')).toMatch(/^whole: /);
    await expect(staff('release-suspension', '--kind', 'resident-record', '--reason', 'x')).rejects.toThrow(/--staff/);
  });

  test('answers the center and nobody else', async () => {
    await expect(outsider.call(issuerEndpoints.issuerStatus, {})).rejects.toThrow();
  });

  test('is healthy while its database answers', async () => {
    const away = { ...database.db, query: () => Promise.reject(new DatabaseUnavailable('not-committed')) };
    const { forms, reader, ...ports } = issuer.ports;
    const closing = { close: async () => undefined };
    const lame = compose(loadConfig(IssuerConfig, files.configFile), {
      ...{ ...ports, forms: { ...forms, ...closing }, reader: { ...reader, ...closing }, database: away },
    });
    const { port } = await lame.listen();
    expect([await health(issuerPort), await health(port)]).toEqual([200, 503]);
    await lame.close();
  });

  test('never logs a name', () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toMatch(/夕凪|霧笛|太郎|長長/);
  });
});

function health(port: number): Promise<number | undefined> {
  const { keyFile, certFile, caFile } = pki.peer('center');
  const [key, cert, ca] = [keyFile, certFile, caFile].map((file) => readFileSync(file));
  return new Promise((resolve, reject) => {
    const sent = request({ host: 'localhost', port, path: '/healthz', key, cert, ca, agent: false }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    });
    sent.once('error', reject).end();
  });
}

async function staff(command: string, ...options: string[]): Promise<string> {
  const program = fileURLToPath(new URL('./staff.ts', import.meta.url));
  const line = [command, '--config', files.configFile, '--lg-code', TOWN, ...options];
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program, ...line]);
  return stdout;
}
