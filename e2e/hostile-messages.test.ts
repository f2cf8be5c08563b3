/**
 * Hostile messages to every endpoint of center, issuing server and registry, made from the tables of endpoints: each gets its
 * coded error and nothing more, changes no row, and leaves no trace of the person whose data it carried.
 */
import { gzipSync } from 'node:zlib';
import type { IssuedCard } from '@machikado/jpki';
import { digestOf, generateSigningKey, kidOf } from '@machikado/pki';
import {
  centerEndpoints,
  type Endpoint,
  type ErrorCode,
  issuerEndpoints,
  type Offers,
  type PlaceOrder,
  type ProofBundle,
  ProtocolError,
  type ProvenSession,
  type ReportOutcome,
  registryEndpoints,
  type SealedOrder,
} from '@machikado/protocol';
import type { PersonaKey } from '@machikado/registry';
import { type Client, createClient } from '@machikado/server';
import { issueServicePki, type ServicePki } from '@machikado/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutantsOf } from './mutants.ts';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { type TracedPerson, tracePerson, tracesIn } from './person-traces.ts';
import { codeIn, openRawLine, type RawLine, type RawRequest } from './raw-http.ts';
import { logIn, newOrderId, openCard, openClient, orderFor, signChallenge } from './raw-kiosk.ts';
import { changedTables, type Dump, dumpTables, textOf } from './tables.ts';

const TOWN = '990019';
const OTHER_TOWN = '990027';
const NOWHERE = '131016';
const P384 = { algorithm: 'ecdsa-p384-sha384', withoutSignatureCert: true } as const;
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

type Login = { sessionId: string } & ProvenSession;
type ServerName = 'center' | 'issuer' | 'registry';

const tables = { center: centerEndpoints, issuer: issuerEndpoints, registry: registryEndpoints } as const;
const everyEndpoint = Object.entries(tables).flatMap(([server, endpoints]) =>
  Object.values<Endpoint>(endpoints).map((endpoint) => [`${endpoint.id} of the ${server}`, server, endpoint] as const),
) as readonly (readonly [string, ServerName, Endpoint])[];

let chain: Chain;
let otherPki: ServicePki;
let alice: Client;
let bob: Client;
let asCenter: Client;
let asIssuer: Client;
let asReader: Client;
let first: Login;
let second: Login;
let bobs: Login;
let offers: Offers;
let secondOffers: Offers;
let bobsOffers: Offers;
let order: PlaceOrder;
let sealed: SealedOrder;
let persons: readonly TracedPerson[];
let card: IssuedCard;
const lines = new Map<string, RawLine>();

beforeAll(async () => {
  chain = await openChain({ kiosks: 2, ...WITHOUT_JOBS });
  await chain.pki.issue('stranger');
  otherPki = await issueServicePki(`${chain.dir}/other-pki`, Object.values(goodPeers).flatMap(Object.values));
  [alice, bob] = [openClient(chain, 'kiosk-1'), openClient(chain, 'kiosk-2')];
  asCenter = createClient({ baseUrl: urlOf('issuer'), tls: chain.pki.peer('center-1') });
  asIssuer = createClient({ baseUrl: urlOf('center'), tls: chain.pki.peer('issuer-1') });
  asReader = createClient({ baseUrl: urlOf('registry'), tls: chain.pki.peer('issuer-1') });
  const cards = [
    await chain.orderCard(TOWN, 'family-head', P384),
    await chain.orderCard(TOWN, 'single', P384),
  ] as const;
  await chain.passTheNight();
  [card] = cards;
  persons = [trace(cards[0], 'family-head'), trace(cards[1], 'single')];
  first = await logIn(chain, cards[0].file, alice);
  second = await logIn(chain, cards[0].file, alice);
  bobs = await logIn(chain, cards[1].file, bob);
  [offers, secondOffers, bobsOffers] = [await ask(alice, first), await ask(alice, second), await ask(bob, bobs)];
  order = orderFor(first, offers);
  sealed = await alice.call(centerEndpoints.placeOrder, { body: order });
}, 90_000);

afterAll(async () => {
  for (const line of lines.values()) line.close();
  await Promise.all([alice, bob, asCenter, asIssuer, asReader].map((client) => client?.close()));
  await chain?.close();
});

const goodPeers: Readonly<Record<ServerName, Partial<Record<Endpoint['peer'], string>>>> = {
  center: { kiosk: 'kiosk-1', municipality: 'issuer-1' },
  issuer: { center: 'center-1' },
  registry: { municipality: 'issuer-1' },
};
const goodPeer = (server: ServerName, { peer }: Endpoint) => goodPeers[server][peer] ?? '';

function portOf(server: ServerName): number {
  const { centers, issuers, registries } = chain.plan;
  return { center: centers, issuer: issuers, registry: registries }[server][0]?.port ?? 0;
}

const urlOf = (server: ServerName) => `https://127.0.0.1:${portOf(server)}`;

function lineTo(server: ServerName, peer: string): RawLine {
  const known = lines.get(`${server} ${peer}`);
  const line = known ?? openRawLine(portOf(server), chain.pki.caFile, chain.pki.peer(peer));
  lines.set(`${server} ${peer}`, line);
  return line;
}

function ask(client: Client, { sessionId, proof }: Login): Promise<Offers> {
  return client.call(centerEndpoints.askOffers, { params: { sessionId }, body: { lgCode: TOWN, proof } });
}

function residentOf(who: PersonaKey = 'family-head'): string {
  const town = chain.registry.towns.find(({ lgCode }) => lgCode === TOWN);
  return town?.personas[who] ?? '';
}

function trace(ofCard: IssuedCard, who: PersonaKey): TracedPerson {
  const residentId = residentOf(who);
  return tracePerson(chain.registry.readRecord({ lgCode: TOWN, residentId }), residentId, ofCard);
}

/** A message that would be taken: real ids, the real proof, the order that waits for its payment. */
function validFor(endpoint: Endpoint): { readonly path: string; readonly body?: unknown } {
  const { sessionId, proof } = first;
  const path = endpoint.path.replace(':sessionId', sessionId).replace(':orderId', order.orderId);
  const { authCert, algorithm, signature } = proof;
  const { orderId, selection } = order;
  const outcome = {
    copies: [{ copy: 1, outcome: 'output', sheetsOut: 1 }],
    refundedYen: 0,
    refundPayableYen: 0,
    changePayableYen: 0,
  };
  const bodies: Readonly<Record<string, unknown>> = {
    'PR-BEGIN': {},
    'PR-PROVE': { authCert, algorithm, signature },
    'PR-OFFERS': { lgCode: TOWN, proof },
    'PR-ORDER': {
      ...order,
      orderId: newOrderId(),
      replaces: orderId,
      selection: { ...selection, items: ['relationship'] },
    },
    'PR-PAYMENT': { depositYen: 200, manifestDigest: digestOf(sealed.manifest) },
    'PR-CANCEL': { reason: 'resident', depositPayableYen: 0 },
    'PR-OUTCOME': outcome,
    'PR-END': {},
    'DR-PUBLISH': {
      lgCode: TOWN,
      entries: [{ certRef: 'ab'.repeat(32), role: 'residence', version: 1, active: true }],
    },
    'IS-OFFERS': { sessionId, lgCode: TOWN, proof },
    'IS-ORDER': { orderId: newOrderId(), sessionId, lgCode: TOWN, test: true, proof, selection },
    'IS-OUTCOME': { orderId, lgCode: TOWN, copies: [{ issueNumber: '00'.repeat(8), outcome: 'output' }] },
    'RG-RECORD': { lgCode: TOWN, residentId: residentOf() },
    'RG-FEED': { lgCode: TOWN, after: 0, limit: 10 },
    'RG-STATUS-DIGEST': { lgCode: TOWN, book: 'seals', bucket: 0 },
  };
  return { path, ...(endpoint.body && { body: bodies[endpoint.id] }) };
}

async function dumpAll(): Promise<Dump> {
  const [center, issuer] = await Promise.all([dumpTables(chain.centerDb.ownerDb), dumpTables(chain.issuerDb.ownerDb)]);
  return new Map([...center, ...[...issuer].map(([table, rows]) => [`issuer ${table}`, rows] as const)]);
}

/** Does the work and says which tables it changed. */
async function changesOf(work: () => Promise<unknown>): Promise<string[]> {
  const before = await dumpAll();
  await work();
  return changedTables(before, await dumpAll());
}

interface Hostile extends RawRequest {
  readonly what: string;
  readonly codes: readonly string[];
}

/** Sends them all; nothing may change, and what is returned is every answer that was not the one it should be. */
async function surprises(line: RawLine, hostile: readonly Hostile[]): Promise<string[]> {
  const wrong: string[] = [];
  const changed = await changesOf(async () => {
    await Promise.all(
      hostile.map(async ({ what, codes, ...request }) => {
        const code = await line.ask(request).then(codeIn, (error: NodeJS.ErrnoException) => `no answer: ${error.code}`);
        if (!codes.includes(code)) wrong.push(`${what}: ${code}`);
      }),
    );
  });
  return [...wrong, ...changed.map((table) => `changed: ${table}`)];
}

function post(endpoint: Endpoint, path: string, body: unknown): RawRequest {
  if (body === undefined) return { method: endpoint.method, path };
  return { method: endpoint.method, path, headers: JSON_TYPE, body: JSON.stringify(body) };
}

describe('who may not ask gets no further than the door', () => {
  test.each(everyEndpoint)('%s: a peer of another kind, or one that nobody knows', async (_name, server, endpoint) => {
    const { path, body } = validFor(endpoint);
    const others = ['kiosk-1', 'issuer-1', 'registry', 'center-1', 'stranger'].filter(
      (peer) => peer !== goodPeer(server, endpoint),
    );
    for (const peer of others) {
      const hostile = [{ what: peer, codes: ['PEER_NOT_ALLOWED'], ...post(endpoint, path, body) }];
      expect(await surprises(lineTo(server, peer), hostile)).toEqual([]);
    }
  });

  test.each(everyEndpoint)(
    '%s: no client cert, or one of another CA under the same name',
    async (_name, server, endpoint) => {
      const { path, body } = validFor(endpoint);
      const without = openRawLine(portOf(server), chain.pki.caFile);
      const forged = openRawLine(portOf(server), chain.pki.caFile, otherPki.peer(goodPeer(server, endpoint)));
      const changed = await changesOf(async () => {
        for (const line of [without, forged])
          await expect(line.ask(post(endpoint, path, body))).rejects.toMatchObject({
            code: expect.stringMatching(/^ERR_SSL_TLSV1_ALERT|^ERR_SSL_TLSV13_ALERT|^ECONNRESET$|^EPIPE$/),
          });
      });
      expect(changed).toEqual([]);
      without.close();
      forged.close();
    },
  );
});

describe('a message with one thing wrong in it is refused', () => {
  const withBody = everyEndpoint.filter(([, , endpoint]) => endpoint.body);

  test.each(withBody)(
    '%s: any member missing, unknown, of another type or out of bounds',
    async (_name, server, endpoint) => {
      const { path, body } = validFor(endpoint);
      const mutants = mutantsOf(endpoint.body as NonNullable<Endpoint['body']>, body);
      expect(mutants.length).toBeGreaterThan(5);
      const hostile = mutants.map((mutant) => ({
        what: mutant.what,
        codes: ['MALFORMED_REQUEST'],
        ...post(endpoint, path, mutant.body),
      }));
      expect(await surprises(lineTo(server, goodPeer(server, endpoint)), hostile)).toEqual([]);
    },
  );

  test.each(withBody)(
    '%s: the unchanged message is well-formed, so the one wrong thing is what was refused',
    async (_name, server, endpoint) => {
      // The same shape about things that do not exist, so that taking it does no harm.
      const { path, body } = validFor(endpoint);
      const renamed = JSON.stringify(body)
        .replaceAll(first.sessionId, '00'.repeat(16))
        .replaceAll(order.orderId, '00'.repeat(16));
      const harmless = path.replace(first.sessionId, '00'.repeat(16)).replace(order.orderId, '00'.repeat(16));
      const reply = await lineTo(server, goodPeer(server, endpoint)).ask(post(endpoint, harmless, JSON.parse(renamed)));
      if (reply.status !== 200) expect(endpoint.refusals).toContain(codeIn(reply));
    },
  );

  test.each(everyEndpoint)(
    '%s: anything that is not one JSON message of this endpoint',
    async (_name, server, endpoint) => {
      const line = lineTo(server, goodPeer(server, endpoint));
      expect(
        await surprises(line, [...hostileHeads(endpoint), ...hostileBodies(endpoint), ...hostilePaths(endpoint)]),
      ).toEqual([]);
    },
  );

  test.each(['center', 'issuer', 'registry'] as const)('%s: bytes that are not HTTP', async (server) => {
    const [kind] = Object.values(goodPeers[server]);
    const line = lineTo(server, kind ?? '');
    const head = 'POST /v1/orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    const changed = await changesOf(async () => {
      for (const bytes of [
        'HELLO\r\n\r\n',
        `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
        `${head}content-length: -1\r\n\r\n{}`,
        `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
        `${head}x: ${'a'.repeat(20_000)}\r\n\r\n`,
        `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`,
      ])
        expect(await line.write(bytes)).toMatch(/^HTTP\/1\.1 400 [\s\S]*"MALFORMED_REQUEST"/);
    });
    expect(changed).toEqual([]);
  });
});

function hostileHeads(endpoint: Endpoint): Hostile[] {
  const { path, body } = validFor(endpoint);
  const request = post(endpoint, path, body);
  const head = (what: string, codes: string[], headers: Record<string, string>) => ({
    ...request,
    what,
    codes,
    headers,
  });
  const deadlines = ['abc', '-1', '0', '1e3', '99999999', ' '].map((value) =>
    head(`deadline-ms ${value}`, ['MALFORMED_REQUEST'], { ...request.headers, 'deadline-ms': value }),
  );
  if (!endpoint.body) return deadlines;
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=shift_jis',
    'application/jsonx',
  ];
  return [
    ...deadlines,
    ...types.map((type) => head(type, ['UNSUPPORTED_MEDIA_TYPE'], { 'content-type': type })),
    head('no content type', ['UNSUPPORTED_MEDIA_TYPE'], {}),
  ];
}

function hostileBodies(endpoint: Endpoint): Hostile[] {
  const { path, body } = validFor(endpoint);
  const { method, bodyBytesMax } = endpoint;
  const send = (what: string, code: string, bytes: string | Uint8Array): Hostile => ({
    ...{ what, codes: [code], method, path, body: bytes },
    headers: JSON_TYPE,
  });
  if (!endpoint.body) return [send('a body where none belongs', 'MALFORMED_REQUEST', '{}')];
  const text = JSON.stringify(body);
  const inner = text.slice(1);
  const comma = inner === '}' ? '' : ',';
  const [key = 'key', value = 1] = Object.entries(body as object)[0] ?? [];
  const again = JSON.stringify({ [key]: value }).slice(1, -1);
  const malformed: [string, string | Uint8Array][] = [
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"text"'],
    ['half a message', text.slice(0, -1)],
    ['two messages', `${text}${text}`],
    ['a duplicate member', `{${again},${again}${comma}${inner}`],
    [
      'a duplicate member, escaped',
      `{${again.replace(key[0] ?? '', `\\u00${key.charCodeAt(0).toString(16)}`)},${again}${comma}${inner}`,
    ],
    ['__proto__', `{"__proto__":{}${comma}${inner}`],
    ['deep nesting', `{"x":${'['.repeat(1500)}${']'.repeat(1500)}${comma}${inner}`],
    ['a comment', `/* */${text}`],
    ['a byte order mark', `\ufeff${text}`],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('{"x":"'), Buffer.of(0xff, 0xfe), Buffer.from(`"${comma}${inner}`)]),
    ],
    ['a compressed message', gzipSync(text)],
  ];
  const large = text.padEnd(bodyBytesMax + 1);
  return [
    ...malformed.map(([what, bytes]) => send(what, 'MALFORMED_REQUEST', bytes)),
    send('one byte too many', 'BODY_TOO_LARGE', large),
    {
      what: 'one byte too many, in chunks',
      codes: ['BODY_TOO_LARGE'],
      method,
      path,
      headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
      body: large,
    },
  ];
}

function hostilePaths(endpoint: Endpoint): Hostile[] {
  const { path, body } = validFor(endpoint);
  const request = post(endpoint, path, body);
  const nowhere = ['NO_SUCH_ENDPOINT'];
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((method) => method !== endpoint.method);
  const shared = methods.filter(
    (method) => !everyEndpoint.some(([, , other]) => other.method === method && other.path === endpoint.path),
  );
  const ids = [...endpoint.path.matchAll(/:(\w+)/g)].length > 0 ? BAD_IDS : [];
  const good = /[0-9a-f]{32}/;
  return [
    ...shared.map((method) => ({ ...request, what: method, codes: nowhere, method })),
    { ...request, what: 'a query', codes: ['MALFORMED_REQUEST'], path: `${path}?a=1` },
    ...[`${path}/`, `${path}/x`, `/${path}`, path.replace('v1', 'v2'), path.replace('/v1', '/V1'), `${path}%00`].map(
      (other) => ({
        ...{ ...request, path: other, what: other },
        codes: ['NO_SUCH_ENDPOINT', 'MALFORMED_REQUEST'],
      }),
    ),
    ...ids.map((id) => ({
      ...{ ...request, path: path.replace(good, id), what: `id ${id.slice(0, 40)}` },
      codes: ['MALFORMED_REQUEST', 'NO_SUCH_ENDPOINT'],
    })),
  ];
}

const BAD_IDS = [
  '',
  '0',
  'A'.repeat(32),
  '0'.repeat(31),
  '0'.repeat(33),
  '0'.repeat(5000),
  `${'0'.repeat(31)}%00`,
  `${'0'.repeat(32)}%0a`,
  '..%2f..%2fetc',
  '%ff%fe',
  '%zz',
  "'%20OR%201=1--",
];

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | 'no refusal'> {
  try {
    await work;
    return 'no refusal';
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

type Case = readonly [what: string, code: ErrorCode, ask: () => Promise<unknown>];

/** Each refused with its code, and no row changed but those of the audit and of tables that the test names. */
async function expectRefused(cases: readonly Case[], mayChange: readonly string[] = []): Promise<void> {
  for (const [what, code, ask] of cases) {
    let answered = '';
    const changed = await changesOf(async () => {
      answered = await codeOf(ask());
    });
    expect([what, answered]).toEqual([what, code]);
    expect([what, ...changed.filter((table) => !['audit_events', ...mayChange].includes(table))]).toEqual([what]);
  }
}

const offersWith = (client: Client, sessionId: string, proof: ProofBundle, lgCode = TOWN) =>
  client.call(centerEndpoints.askOffers, { params: { sessionId }, body: { lgCode, proof } });
const place = (change: Partial<PlaceOrder>, client = alice) =>
  client.call(centerEndpoints.placeOrder, { body: { ...order, orderId: newOrderId(), ...change } });
/** In a session of its own: one session places only so many orders. */
const newOrder = async (): Promise<PlaceOrder> => {
  const login = await logIn(chain, card.file, alice);
  return orderFor(login, await ask(alice, login));
};
const pay = (change: { depositYen?: number; manifestDigest?: string } = {}, client = alice, orderId = order.orderId) =>
  client.call(centerEndpoints.reportPayment, {
    params: { orderId },
    body: { depositYen: 200, manifestDigest: digestOf(sealed.manifest), ...change },
  });
const cancel = (client = alice, orderId = order.orderId) =>
  client.call(centerEndpoints.cancelOrder, { params: { orderId }, body: { reason: 'resident', depositPayableYen: 0 } });
const settle = (change: Partial<ReportOutcome> = {}, client = alice, orderId = order.orderId) =>
  client.call(centerEndpoints.reportOutcome, {
    params: { orderId },
    body: {
      copies: [{ copy: 1, outcome: 'output', sheetsOut: 1 }],
      refundedYen: 0,
      refundPayableYen: 0,
      changePayableYen: 0,
      ...change,
    },
  });
const end = (client: Client, sessionId: string) =>
  client.call(centerEndpoints.endSession, { params: { sessionId }, body: {} });
const statusOf = (client: Client, orderId: string) => client.call(centerEndpoints.orderStatus, { params: { orderId } });
const strange = '00'.repeat(16);

describe('a message at the wrong time, from the wrong side or about the wrong thing is refused', () => {
  test('a session answers to its own kiosk, its own proof and its own municipalities', async () => {
    const challenge = await alice.call(centerEndpoints.beginSession, { body: {} });
    const { proof } = first;
    await expectRefused([
      ['a session that is not there', 'SESSION_UNKNOWN', () => offersWith(alice, strange, proof)],
      ['a session of another kiosk', 'SESSION_UNKNOWN', () => offersWith(alice, bobs.sessionId, bobs.proof)],
      ['a session that is not proven', 'SESSION_UNKNOWN', () => offersWith(alice, challenge.sessionId, proof)],
      ['the proof of another session', 'PROOF_REFUSED', () => offersWith(alice, first.sessionId, second.proof)],
      ['the proof of another person', 'PROOF_REFUSED', () => offersWith(alice, first.sessionId, bobs.proof)],
      ...(['authCert', 'message', 'signature', 'ocspResponse'] as const).map((part): Case => {
        const mixed = { ...proof, [part]: bobs.proof[part] };
        return [`another ${part}`, 'PROOF_REFUSED', () => offersWith(alice, first.sessionId, mixed)];
      }),
      [
        'another algorithm',
        'PROOF_REFUSED',
        () => offersWith(alice, first.sessionId, { ...proof, algorithm: 'rsa-pkcs1-sha256' }),
      ],
      [
        'a town that does not know the card',
        'MUNICIPALITY_NOT_PARTICIPATING',
        () => offersWith(alice, first.sessionId, proof, OTHER_TOWN),
      ],
      [
        'a town that takes no part',
        'MUNICIPALITY_NOT_PARTICIPATING',
        () => offersWith(alice, first.sessionId, proof, NOWHERE),
      ],
      ['the end of another kiosk’s session', 'SESSION_UNKNOWN', () => end(alice, bobs.sessionId)],
      ['the end of a session that is not there', 'SESSION_UNKNOWN', () => end(alice, strange)],
    ]);
  });

  test('an order needs the proof of its own session, at its own kiosk', async () => {
    const { proof, sessionId } = bobs;
    await expectRefused([
      ['a session of another kiosk', 'SESSION_UNKNOWN', () => place({ sessionId, proof })],
      ['a session that is not there', 'SESSION_UNKNOWN', () => place({ sessionId: strange })],
      ['the proof of another person', 'PROOF_REFUSED', () => place({ proof })],
      ['the proof of another session', 'PROOF_REFUSED', () => place({ proof: second.proof })],
      ['a town that does not know the card', 'MUNICIPALITY_NOT_PARTICIPATING', () => place({ lgCode: OTHER_TOWN })],
    ]);
  });

  test('an order for other people, another fee or too many copies dies without a document', async () => {
    const { selection } = order;
    const asked = (change: Partial<PlaceOrder['selection']>) => () => place({ selection: { ...selection, ...change } });
    const fresh = await newOrder();
    const askedAnew = (change: Partial<PlaceOrder['selection']>) => () =>
      place({ ...fresh, orderId: newOrderId(), selection: { ...fresh.selection, ...change } });
    const refs = ({ persons }: Offers) => persons.map(({ personRef }) => personRef);
    const self = ({ persons }: Offers) => persons.filter(({ isSelf }) => isSelf).map(({ personRef }) => personRef);
    const written = [
      'outcome_outbox',
      'orders',
      'order_index',
      `issuer m${TOWN}.session_use`,
      `issuer m${TOWN}.issue_order`,
      `issuer m${TOWN}.delivery_record`,
    ];
    const cases: Case[] = [
      ['the person of another session', 'RECORD_CHANGED', asked({ personRefs: self(secondOffers) })],
      ['a person of another household', 'RECORD_CHANGED', asked({ personRefs: self(bobsOffers) })],
      ['a person that is not there', 'RECORD_CHANGED', asked({ personRefs: [strange] })],
      ['the whole household as the applicant alone', 'RECORD_CHANGED', asked({ personRefs: refs(offers) })],
      ['the applicant alone as the whole household', 'RECORD_CHANGED', asked({ scope: 'household' })],
      [
        'another household beside one’s own',
        'RECORD_CHANGED',
        asked({ scope: 'part', personRefs: [...self(offers), ...self(bobsOffers)] }),
      ],
      ['too small a fee', 'FEE_CHANGED', askedAnew({ feeYen: 10 })],
      ['no fee', 'FEE_CHANGED', askedAnew({ feeYen: 0 })],
      ['too large a fee', 'FEE_CHANGED', askedAnew({ feeYen: 1_000_000 })],
      ['more copies than the town issues', 'KIND_NOT_OFFERED', askedAnew({ copies: 11, feeYen: 2200 })],
    ];
    await expectRefused(cases, written);
    const dead = await chain.centerDb.ownerDb.query<{ count: number }>(
      `select count(*)::int as count from orders where state = 'failed'`,
    );
    expect(dead).toEqual([{ count: cases.length }]);
    const line = lineTo('center', 'kiosk-1');
    const hostile = [0, 21].map((copies) => ({
      ...{ what: `${copies} copies`, codes: ['MALFORMED_REQUEST'] },
      ...post(centerEndpoints.placeOrder, '/v1/orders', { ...order, selection: { ...selection, copies } }),
    }));
    expect(await surprises(line, hostile)).toEqual([]);
  });

  test('a sealed order takes its own payment and nothing else', async () => {
    const { orderId } = order;
    const other = { orderId, sessionId: bobs.sessionId, proof: bobs.proof };
    await expectRefused([
      ['a payment for no order', 'ORDER_UNKNOWN', () => pay({}, alice, strange)],
      ['a payment from another kiosk', 'ORDER_UNKNOWN', () => pay({}, bob)],
      ['too small a payment', 'PAYMENT_SHORT', () => pay({ depositYen: 199 })],
      ['a payment for another manifest', 'IDEMPOTENCY_CONFLICT', () => pay({ manifestDigest: 'ab'.repeat(32) })],
      ['an outcome before the payment', 'ORDER_NOT_PAID', () => settle()],
      ['an outcome of no order', 'ORDER_UNKNOWN', () => settle({}, alice, strange)],
      ['an outcome from another kiosk', 'ORDER_UNKNOWN', () => settle({}, bob)],
      ['a cancel of no order', 'ORDER_UNKNOWN', () => cancel(alice, strange)],
      ['a cancel from another kiosk', 'ORDER_UNKNOWN', () => cancel(bob)],
      ['another kiosk’s look at it', 'ORDER_UNKNOWN', () => statusOf(bob, orderId)],
      ['another kiosk’s order under its id', 'IDEMPOTENCY_CONFLICT', () => place(other, bob)],
      [
        'another choice under its id',
        'IDEMPOTENCY_CONFLICT',
        () => place({ orderId, selection: { ...order.selection, items: ['relationship'] } }),
      ],
    ]);
  });

  test('another kiosk cannot kill it by naming it as replaced', async () => {
    const { sessionId, proof } = bobs;
    const selection = { ...orderFor(bobs, bobsOffers).selection, feeYen: 1 };
    expect(await codeOf(place({ sessionId, proof, selection, replaces: order.orderId }, bob))).toBe('FEE_CHANGED');
    expect((await statusOf(alice, order.orderId)).state).toBe('sealed');
  });

  test('a paid order can only be settled, once and to the yen', async () => {
    const paid = await pay();
    const sheet = { copy: 1, outcome: 'output', sheetsOut: 1 } as const;
    await expectRefused([
      ['a cancel', 'ORDER_ALREADY_PAID', () => cancel()],
      ['another payment', 'IDEMPOTENCY_CONFLICT', () => pay({ depositYen: 300 })],
      ['another kiosk’s payment', 'ORDER_UNKNOWN', () => pay({}, bob)],
      ['the order again', 'ORDER_DEAD', () => place({ ...order })],
      ['another kiosk’s outcome', 'ORDER_UNKNOWN', () => settle({}, bob)],
      ['money back for a copy that came out', 'OUTCOME_UNBALANCED', () => settle({ refundedYen: 200 })],
      [
        'no money back for one that did not',
        'OUTCOME_UNBALANCED',
        () => settle({ copies: [{ ...sheet, outcome: 'not-output', sheetsOut: 0 }] }),
      ],
      ['a copy that was never sealed', 'OUTCOME_UNBALANCED', () => settle({ copies: [{ ...sheet, copy: 2 }] })],
      ['a copy twice', 'OUTCOME_UNBALANCED', () => settle({ copies: [sheet, sheet] })],
      ['a copy too many', 'OUTCOME_UNBALANCED', () => settle({ copies: [sheet, { ...sheet, copy: 2 }] })],
      [
        'a whole copy with a sheet missing',
        'OUTCOME_UNBALANCED',
        () => settle({ copies: [{ ...sheet, sheetsOut: 0 }] }),
      ],
    ]);
    expect(await changesOf(async () => expect(await pay()).toEqual(paid))).toEqual([]);
  });

  test('a settled order is over: the same outcome gets the same answer, another one none', async () => {
    const settled = await settle();
    expect(settled.state).toBe('settled');
    await expectRefused([
      [
        'another outcome',
        'IDEMPOTENCY_CONFLICT',
        () => settle({ copies: [{ copy: 1, outcome: 'uncertain', sheetsOut: 0 }], refundedYen: 200 }),
      ],
      ['a payment', 'ORDER_DEAD', () => pay()],
      ['a cancel', 'ORDER_ALREADY_PAID', () => cancel()],
      ['the order again', 'ORDER_DEAD', () => place({ ...order })],
    ]);
    expect(await changesOf(async () => expect(await settle()).toEqual(settled))).toEqual([]);
  });

  test('a cancelled order never comes back', async () => {
    const fresh = await newOrder();
    const again = await alice.call(centerEndpoints.placeOrder, { body: fresh });
    const { orderId } = fresh;
    const manifestDigest = digestOf(again.manifest);
    const cancelled = await cancel(alice, orderId);
    await expectRefused([
      ['a late payment', 'ORDER_DEAD', () => pay({ manifestDigest }, alice, orderId)],
      ['an outcome', 'ORDER_DEAD', () => settle({}, alice, orderId)],
      ['the order again', 'ORDER_DEAD', () => place(fresh)],
    ]);
    expect(await changesOf(async () => expect(await cancel(alice, orderId)).toEqual(cancelled))).toEqual([]);
  });

  test('an ended session opens nothing any more', async () => {
    await end(alice, second.sessionId);
    await expectRefused([
      ['offers', 'SESSION_UNKNOWN', () => ask(alice, second)],
      ['an order', 'SESSION_UNKNOWN', () => place({ sessionId: second.sessionId, proof: second.proof })],
    ]);
    expect(await changesOf(() => end(alice, second.sessionId))).toEqual([]);
  });
});

describe('servers among themselves', () => {
  test('the issuing server believes no word about an order that it does not know', async () => {
    const [number] = await chain.issuerDb.ownerDb.query<{ issue_number: string; state: string }>(
      `select issue_number, state from m${TOWN}.issue_number where order_id = $1`,
      [order.orderId],
    );
    await chain.centers[0]?.runJobs();
    const issueNumber = number?.issue_number ?? '';
    const tell = (
      change: { orderId?: string; lgCode?: string; issueNumber?: string; outcome?: 'output' | 'cancelled' },
      path = order.orderId,
    ) => {
      const { outcome = 'output', ...about } = change;
      const { orderId = order.orderId, lgCode = TOWN } = about;
      const copies = [{ issueNumber: about.issueNumber ?? issueNumber, outcome }];
      return asCenter.call(issuerEndpoints.issuerOutcome, {
        params: { orderId: path },
        body: { orderId, lgCode, copies },
      });
    };
    await expectRefused([
      ['an order that is not there', 'ORDER_UNKNOWN', () => tell({ orderId: strange }, strange)],
      ['an issue number of no order', 'ORDER_UNKNOWN', () => tell({ issueNumber: '00'.repeat(8) })],
      ['an order of another town', 'ORDER_UNKNOWN', () => tell({ lgCode: OTHER_TOWN })],
      ['a town that is not here', 'MUNICIPALITY_NOT_PARTICIPATING', () => tell({ lgCode: NOWHERE })],
      ['two orders in one message', 'MALFORMED_REQUEST', () => tell({}, strange)],
      ['the opposite of what it was told', 'IDEMPOTENCY_CONFLICT', () => tell({ outcome: 'cancelled' })],
    ]);
    expect(await changesOf(() => tell({}))).toEqual([]);
  });

  test('the directory takes no entry for a town that the peer does not speak for, and no older one', async () => {
    const publish = (lgCode: string, version: number, active: boolean) =>
      asIssuer.call(centerEndpoints.publishDirectory, {
        body: { lgCode, entries: [{ certRef: 'cd'.repeat(32), role: 'residence', version, active }] },
      });
    await expectRefused([
      ['a town of somebody else', 'MUNICIPALITY_NOT_PARTICIPATING', () => publish(NOWHERE, 1, true)],
    ]);
    await publish(TOWN, 5, false);
    expect(await changesOf(() => publish(TOWN, 4, true))).toEqual([]);
    expect(await changesOf(() => publish(TOWN, 5, true))).toEqual([]);
  });

  test('the registry answers a town’s own issuing server about its own residents, at the version it names', async () => {
    const read = (lgCode: string, residentId: string, version?: string) =>
      asReader.call(registryEndpoints.readRecord, { body: { lgCode, residentId, ...(version && { version }) } });
    await expectRefused([
      ['another town', 'PEER_NOT_ALLOWED', () => read(NOWHERE, residentOf())],
      [
        'another town’s feed',
        'PEER_NOT_ALLOWED',
        () => asReader.call(registryEndpoints.readFeed, { body: { lgCode: NOWHERE, after: 0, limit: 1 } }),
      ],
      ['nobody', 'NOT_REGISTERED', () => read(TOWN, 'nobody')],
      ['an old version', 'RECORD_CHANGED', () => read(TOWN, residentOf(), 'version-of-yesterday')],
    ]);
  });

  describe('a binding record that is not the town’s own word about this order suspends the kind and seals nothing', () => {
    const municipality = (lgCode: string) => {
      const found = chain.issuers[0]?.ports.municipalities.find(lgCode);
      if (!found) throw new RangeError(`no ${lgCode}`);
      return found;
    };
    test.each<[string, () => object]>([
      ['signed by a key that nobody knows', () => ({ signing: generateSigningKey() })],
      ['signed by another municipality', () => ({ signing: municipality(OTHER_TOWN).keys.signing })],
      [
        'signed by an unknown key under the name of the known one',
        () => ({ signing: { ...generateSigningKey(), kid: kidOf(municipality(TOWN).keys.signing.privateKey) } }),
      ],
      ['about another person', () => ({ bindingKey: municipality(OTHER_TOWN).keys.bindingKey })],
    ])('%s', async (_what, lie) => {
      const { keys } = municipality(TOWN);
      const own = { ...keys };
      const fresh = await newOrder();
      const { orderId } = fresh;
      Object.assign(keys, lie());
      try {
        expect(await codeOf(place(fresh))).toBe('BINDING_MISMATCH');
      } finally {
        Object.assign(keys, own);
      }
      expect((await statusOf(alice, orderId)).state).toBe('failed');
      for (const table of ['order_copies', 'ledger_transfers'])
        expect(await chain.centerDb.ownerDb.query(`select * from ${table} where order_id = $1`, [orderId])).toEqual([]);
      // What the town had issued under it is void there too.
      await chain.centers[0]?.runJobs();
      const numbers = await chain.issuerDb.ownerDb.query<{ state: string }>(
        `select state from m${TOWN}.issue_number where order_id = $1`,
        [orderId],
      );
      expect(numbers).toEqual([{ state: 'cancelled' }]);
      // The next try does not close the case; staff do.
      expect(await codeOf(place({ ...fresh, orderId: newOrderId() }))).toBe('MUNICIPALITY_SUSPENDED');
      const center = chain.centers[0]?.center;
      await center?.store.transaction(({ suspensions }) =>
        suspensions.release({ lgCode: TOWN, kind: 'resident-record' }, 'staff-1', 'looked at', new Date()),
      );
    });
  });
});

test('after all of this nothing names a person, in no table of the center and no line of any log', async () => {
  const written = `${textOf(await dumpTables(chain.centerDb.ownerDb))}\n${chain.logLines.join('')}`;
  const kept = textOf(await dumpTables(chain.issuerDb.ownerDb));
  for (const person of persons) {
    expect(tracesIn(written, person)).toEqual([]);
    // The search itself is sound: what the issuing server keeps of the card is found.
    expect(tracesIn(kept, person)).toContain('cert serial');
  }
});

test('and a whole use still goes through', async () => {
  const card = await openCard((await chain.orderCard(TOWN, 'couple', P384)).file);
  await chain.passTheNight();
  const line = alice.pinned();
  const challenge = await line.call(centerEndpoints.beginSession, { body: {} });
  const body = await signChallenge(card, challenge, await line.exporter());
  const { sessionId } = challenge;
  const login = { sessionId, ...(await line.call(centerEndpoints.proveSession, { params: { sessionId }, body })) };
  const placed = await alice.call(centerEndpoints.placeOrder, { body: orderFor(login, await ask(alice, login)) });
  const { orderId } = placed;
  await pay({ manifestDigest: digestOf(placed.manifest) }, alice, orderId);
  expect((await settle({}, alice, orderId)).state).toBe('settled');
  await line.close();
});
