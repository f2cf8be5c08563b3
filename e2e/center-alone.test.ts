/**
 * What somebody can do who has taken the center: its TLS identity, its keys, its database, and whatever it ever recorded. He
 * obtains nobody's certificate, because the issuing server checks the cardholder's proof itself; and he opens no sealed copy,
 * because half of each key was only ever in the memory of a kiosk.
 */
import { createCipheriv, createPrivateKey, KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createTestJpki, type IssuedCard, type TestJpki } from '@machikado/jpki';
import {
  buildOcspRequest,
  certIdOf,
  digestOf,
  encodeLoginMessage,
  errorOcspResponse,
  fromBase64,
  fromHex,
  type LoginMessage,
  ocspNonceFor,
  openCopy,
  parseAnchor,
  proofDigest,
  signOcspResponse,
  toBase64,
  toHex,
} from '@machikado/pki';
import {
  centerEndpoints,
  type ErrorCode,
  issuerEndpoints,
  type Offers,
  type ProofBundle,
  ProtocolError,
  type ProvenSession,
  type ReleasedShares,
  registryEndpoints,
  type SealedOrder,
} from '@machikado/protocol';
import type { PersonaKey } from '@machikado/registry';
import { type Client, createClient } from '@machikado/server';
import { createTestLogins } from '@machikado/testkit';
import { CENTER_ID } from '@machikado/town';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { logIn, newOrderId, openCard, openClient, orderFor } from './raw-kiosk.ts';
import { changedTables, dumpTables, textOf } from './tables.ts';

const TOWN = '990019';
const P384 = { algorithm: 'ecdsa-p384-sha384', withoutSignatureCert: true } as const;
const MINUTE_MS = 60_000;

type Login = { sessionId: string } & ProvenSession;

let chain: Chain;
let foreign: TestJpki;
let kiosk: Client;
/** The center's own TLS identity, in other hands. */
let stolen: Client;
let victim: IssuedCard;
let thief: IssuedCard;
/** What a center could have recorded of an earlier use. */
let recorded: Login;
let machineOffsetMs = 0;

beforeAll(async () => {
  const machineClock = { now: () => new Date(Date.now() + machineOffsetMs) };
  [chain, foreign] = await Promise.all([
    openChain({ ...WITHOUT_JOBS, issuerOverrides: (ports) => ({ ...ports, machineClock }) }),
    createTestJpki({ now: () => new Date() }),
  ]);
  kiosk = openClient(chain);
  stolen = asCenter(chain.plan.issuers[0]?.port);
  victim = await chain.orderCard(TOWN, 'family-head', P384);
  thief = await chain.orderCard(TOWN, 'single', P384);
  await chain.passTheNight();
  recorded = await logIn(chain, victim.file, kiosk);
}, 90_000);

afterAll(async () => {
  await Promise.all([kiosk?.close(), stolen?.close()]);
  await chain?.close();
});

function asCenter(port = 0): Client {
  return createClient({ baseUrl: `https://127.0.0.1:${port}`, tls: chain.pki.peer('center-1') });
}

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | 'no refusal'> {
  try {
    await work;
    return 'no refusal';
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

const newSessionId = () => randomBytes(16).toString('hex');

function messageFor(sessionId: string, change: Partial<LoginMessage> = {}): LoginMessage {
  return {
    ...{ centerId: CENTER_ID, sessionId, operatorId: 'operator-a', kioskId: 'kiosk-1', nonce: 'ab'.repeat(32) },
    ...{ exporter: new Uint8Array(32), expiresAt: new Date(Date.now() + MINUTE_MS).toISOString() },
    ...change,
  };
}

/** The real responder answers everybody, also a thief, about any cert and any nonce. */
async function askResponder(card: IssuedCard, message: Uint8Array, signature: Uint8Array): Promise<Uint8Array> {
  const question = buildOcspRequest({
    anchor: anchorOf(card),
    serial: card.auth.serial,
    nonce: ocspNonceFor(message, signature),
    hash: 'sha256',
  });
  const headers = { 'content-type': 'application/ocsp-request' };
  const reply = await fetch(chain.ocsp.url, { method: 'POST', headers, body: Buffer.from(question) });
  return new Uint8Array(await reply.arrayBuffer());
}

const anchorOf = ({ file }: IssuedCard) => parseAnchor(fromBase64(file.auth?.caCert ?? ''));

/** A proof about the card's cert, signed by whatever key there is, with a genuine answer of the responder. */
async function proofBy(card: IssuedCard, message: LoginMessage, signature: Uint8Array): Promise<ProofBundle> {
  const bytes = encodeLoginMessage(message);
  return {
    ...{ authCert: card.file.auth?.cert ?? '', algorithm: 'ecdsa-p384-sha384', message: toBase64(bytes) },
    ...{ signature: toBase64(signature), ocspResponse: toBase64(await askResponder(card, bytes, signature)) },
  };
}

const signWith = (key: KeyObject, message: LoginMessage, hash: string | null = 'sha384') =>
  new Uint8Array(sign(hash, encodeLoginMessage(message), key));

async function signWithCard(card: IssuedCard, message: LoginMessage): Promise<Uint8Array> {
  const client = await openCard(card.file);
  await client.verifyPin(new Uint8Array(Buffer.from('1234')));
  return (await client.signLogin(encodeLoginMessage(message))).signature;
}

function selfMadeAnswer(
  card: IssuedCard,
  proof: ProofBundle,
  signer: { cert: Uint8Array; privateKey: KeyObject },
): string {
  const { message, signature } = proof;
  const now = new Date();
  const certId = certIdOf(anchorOf(card), card.auth.serial, 'sha256');
  return toBase64(
    signOcspResponse({
      responses: [{ certId, status: 'good', thisUpdate: now }],
      producedAt: now,
      nonce: ocspNonceFor(fromBase64(message), fromBase64(signature)),
      signer,
    }),
  );
}

function fail(what: string): never {
  throw new Error(what);
}

const keyFileOf = (name: string) => createPrivateKey(readFileSync(chain.pki.peer(name).keyFile));

/** Everything a center can ask an issuing server with a proof; nothing of it may be answered or leave a row. */
async function expectNothingFor(sessionId: string, proof: ProofBundle, why: RegExp): Promise<void> {
  const before = await dumpTables(chain.issuerDb.ownerDb);
  const saidBefore = chain.logLines.length;
  const ask = stolen.call(issuerEndpoints.issuerOffers, { body: { sessionId, lgCode: TOWN, proof } });
  expect(await codeOf(ask)).toBe('PROOF_REFUSED');
  expect(await codeOf(orderAt(sessionId, proof))).toBe('PROOF_REFUSED');
  expect(changedTables(before, await dumpTables(chain.issuerDb.ownerDb))).toEqual([]);
  // A line is written when its reply has left, which may be a moment later.
  await vi.waitFor(
    () => expect(reasonsSince(saidBefore)).toEqual([expect.stringMatching(why), expect.stringMatching(why)]),
    { timeout: 60_000 },
  );
}

/** Why the issuing server refused, in its own log. */
function reasonsSince(line: number): string[] {
  const said = chain.logLines
    .slice(line)
    .map((text) => JSON.parse(text) as { service: string; code?: string; detail?: string });
  return said.flatMap(({ service, code, detail = '' }) =>
    service === 'issuer' && code === 'PROOF_REFUSED' ? [detail] : [],
  );
}

function orderAt(sessionId: string, proof: ProofBundle, personRef = '00'.repeat(16), feeYen = 200) {
  const selection = {
    kind: 'resident-record',
    scope: 'self',
    personRefs: [personRef],
    items: [],
    copies: 1,
    feeYen,
  } as const;
  const body = { orderId: newOrderId(), sessionId, lgCode: TOWN, test: true, proof };
  return stolen.call(issuerEndpoints.issuerOrder, {
    body: { ...body, selection: { ...selection, personRefs: [...selection.personRefs], items: [] } },
  });
}

describe('a center alone obtains nobody’s certificate', () => {
  test('(the way in is open: a fresh proof for its own session is answered)', async () => {
    const { sessionId, proof } = recorded;
    const offers = await stolen.call(issuerEndpoints.issuerOffers, { body: { sessionId, lgCode: TOWN, proof } });
    expect(offers.persons.some(({ isSelf }) => isSelf)).toBe(true);
  });

  test('(and what the thief builds below has but one thing wrong with it: the card itself could make it hold)', async () => {
    const sessionId = newSessionId();
    const message = messageFor(sessionId);
    const proof = await proofBy(victim, message, await signWithCard(victim, message));
    const ask = stolen.call(issuerEndpoints.issuerOffers, { body: { sessionId, lgCode: TOWN, proof } });
    expect(await codeOf(ask)).toBe('no refusal');
  });

  test('not with a card of its own making that bears the victim’s serial', async () => {
    const logins = await createTestLogins(new Date());
    const sessionId = newSessionId();
    const card = await logins.makeCard(victim.auth.serial);
    await expectNothingFor(
      sessionId,
      logins.prove({ card, sessionId, now: new Date(), centerId: CENTER_ID }),
      /anchor|policy/,
    );
  });

  test('not with a card of a CA of the same name, responder included', async () => {
    const card = await foreign.issueCard({ issuedBy: '99001', birthday: '05-05', ...P384 });
    const sessionId = newSessionId();
    const message = messageFor(sessionId);
    const proof = await proofBy(card, message, await signWithCard(card, message));
    const own = foreign.generations.find(({ anchor }) => anchor.fingerprint === card.auth.anchorFingerprint);
    const { cert, key } = own?.signers.p256 ?? fail('no responder');
    const answer = selfMadeAnswer(card, proof, { cert, privateKey: KeyObject.from(key) });
    await expectNothingFor(sessionId, { ...proof, ocspResponse: answer }, /no anchor/);
  });

  test.each<[string, () => [KeyObject, string | null]]>([
    ['its TLS key', () => [keyFileOf('center-1'), 'sha384']],
    ['its seal key', () => [createPrivateKey(readFileSync(chain.plan.keys.seal.keyFile)), null]],
    ['the key of another card', () => [createPrivateKey(thief.file.auth?.key ?? ''), 'sha384']],
  ])('not with the victim’s cert and %s, though the responder says good', async (_key, signer) => {
    const [key, hash] = signer();
    const sessionId = newSessionId();
    const message = messageFor(sessionId);
    await expectNothingFor(
      sessionId,
      await proofBy(victim, message, signWith(key, message, hash)),
      /^signature of the card$/,
    );
  });

  test('not with a recorded proof in another session', async () => {
    await expectNothingFor(newSessionId(), recorded.proof, /^proof was made for another session$/);
  });

  test('not with a recorded signature under a message for another session', async () => {
    const sessionId = newSessionId();
    await expectNothingFor(
      sessionId,
      await proofBy(victim, messageFor(sessionId), fromBase64(recorded.proof.signature)),
      /^signature of the card$/,
    );
  });

  test('not with the thief’s own good proof and the victim’s cert in it', async () => {
    const own = await logIn(chain, thief.file, kiosk);
    await expectNothingFor(
      own.sessionId,
      { ...own.proof, authCert: recorded.proof.authCert },
      /^signature of the card$/,
    );
  });

  test('not with a proof that the victim made for another center', async () => {
    const sessionId = newSessionId();
    const message = messageFor(sessionId, { centerId: 'center-elsewhere' });
    await expectNothingFor(
      sessionId,
      await proofBy(victim, message, await signWithCard(victim, message)),
      /for another center$/,
    );
  });

  test('not with a proof that was made to last', async () => {
    const sessionId = newSessionId();
    const message = messageFor(sessionId, { expiresAt: new Date(Date.now() + 60 * MINUTE_MS).toISOString() });
    await expectNothingFor(
      sessionId,
      await proofBy(victim, message, await signWithCard(victim, message)),
      /later than any challenge$/,
    );
  });

  describe('not without the JPKI center’s word on this very login', () => {
    const expectNothingWith = async (why: RegExp, answer: () => string | Promise<string>) =>
      expectNothingFor(recorded.sessionId, { ...recorded.proof, ocspResponse: await answer() }, why);

    test('an answer is missing', () => expectNothingWith(/./, () => ''));
    test('an error instead of an answer', () =>
      expectNothingWith(/try-later/, () => toBase64(errorOcspResponse('tryLater'))));
    test('the answer to another login of the same person', () =>
      expectNothingWith(/nonce-differs/, async () => (await logIn(chain, victim.file, kiosk)).proof.ocspResponse));
    test('an answer about somebody else’s cert', () =>
      expectNothingWith(/other-cert/, async () => {
        const { message, signature } = recorded.proof;
        return toBase64(await askResponder(thief, fromBase64(message), fromBase64(signature)));
      }));
    test('an answer signed with the center’s TLS identity', () =>
      expectNothingWith(/signer/, () => {
        const cert = new Uint8Array(new X509Certificate(readFileSync(chain.pki.peer('center-1').certFile)).raw);
        return selfMadeAnswer(victim, recorded.proof, { cert, privateKey: keyFileOf('center-1') });
      }));
    test('an answer signed with a resident’s cert of the right CA', () =>
      expectNothingWith(/signer-purpose/, () => {
        const { cert = '', key = '' } = thief.file.auth ?? {};
        return selfMadeAnswer(victim, recorded.proof, { cert: fromBase64(cert), privateKey: createPrivateKey(key) });
      }));
    test('the true answer says revoked', async () => {
      const card = await chain.orderCard(TOWN, 'couple', P384);
      const sessionId = newSessionId();
      const message = messageFor(sessionId);
      const signature = await signWithCard(card, message);
      chain.jpki.revoke(card.auth, 'keyCompromise');
      await expectNothingFor(sessionId, await proofBy(card, message, signature), /revoked/);
    });
  });

  test('not with tables of the center that say the forged session is proven', async () => {
    const sessionId = newSessionId();
    const message = messageFor(sessionId);
    const forged = await proofBy(victim, message, signWith(createPrivateKey(thief.file.auth?.key ?? ''), message));
    const proofKey = fromHex(readFileSync(chain.plan.keys.proofKeyFile, 'utf8').trim());
    await chain.centerDb.ownerDb.run(
      `insert into sessions (session_id, kiosk_id, operator_id, nonce, exporter, state, begun_at, expires_at, proof_digest, municipalities)
       values ($1, 'kiosk-1', 'operator-a', $2, $2, 'proven', now(), now() + interval '10 minutes', $3, $4)`,
      [
        sessionId,
        'ab'.repeat(32),
        proofDigest(proofKey, forged),
        JSON.stringify([{ lgCode: TOWN, role: 'residence' }]),
      ],
    );
    const before = await dumpTables(chain.issuerDb.ownerDb);
    const ask = kiosk.call(centerEndpoints.askOffers, { params: { sessionId }, body: { lgCode: TOWN, proof: forged } });
    expect(await codeOf(ask)).toBe('PROOF_REFUSED');
    expect(changedTables(before, await dumpTables(chain.issuerDb.ownerDb))).toEqual([]);
  });

  test('not for somebody outside the household of the one whose fresh proof it holds', async () => {
    const own = await logIn(chain, thief.file, kiosk);
    const { sessionId, proof } = recorded;
    const offers = await stolen.call(issuerEndpoints.issuerOffers, { body: { sessionId, lgCode: TOWN, proof } });
    const self = offers.persons.find(({ isSelf }) => isSelf);
    expect(await codeOf(orderAt(own.sessionId, own.proof, self?.personRef))).toBe('RECORD_CHANGED');
    expect(await chain.issuerDb.ownerDb.query(`select * from m${TOWN}.issue_number`)).toEqual([]);
  });

  test('not from the registry: it does not know the center at all', async () => {
    const toRegistry = asCenter(chain.plan.registries[0]?.port);
    const residentId = chain.registry.towns[0]?.personas['family-head' satisfies PersonaKey] ?? '';
    const read = toRegistry.call(registryEndpoints.readRecord, { body: { lgCode: TOWN, residentId } });
    expect(await codeOf(read)).toBe('PEER_NOT_ALLOWED');
    const feed = toRegistry.call(registryEndpoints.readFeed, { body: { lgCode: TOWN, after: 0, limit: 10 } });
    expect(await codeOf(feed)).toBe('PEER_NOT_ALLOWED');
    await toRegistry.close();
  });

  test('a recorded fresh proof serves no more orders than one visit needs', async () => {
    const { sessionId, proof } = await logIn(chain, victim.file, kiosk);
    const codes: string[] = [];
    for (let i = 0; i < 11; i += 1) codes.push(await codeOf(orderAt(sessionId, proof, undefined, 1)));
    expect(codes).toEqual([...Array(10).fill('FEE_CHANGED'), 'PROOF_REFUSED']);
  });

  test('and it is worth nothing once the longest use of a kiosk is over, not even with a new word of the responder', async () => {
    const { sessionId, proof } = recorded;
    const [message, signature] = [fromBase64(proof.message), fromBase64(proof.signature)];
    machineOffsetMs = 17 * MINUTE_MS;
    try {
      await expectNothingFor(sessionId, proof, /^proof is too old$/);
      const anew = { ...proof, ocspResponse: toBase64(await askResponder(victim, message, signature)) };
      await expectNothingFor(sessionId, anew, /^proof is too old$/);
    } finally {
      machineOffsetMs = 0;
    }
  });
});

describe('everything the center ever had opens nothing', () => {
  let offers: Offers;
  let sealed: SealedOrder;
  let released: ReleasedShares;
  /** Every message that center and kiosk exchanged, but for the half of each key that only the kiosk keeps. */
  const overheard: string[] = [];
  const hear = <T>(message: T): T => {
    overheard.push(JSON.stringify(message));
    return message;
  };

  beforeAll(async () => {
    const login = hear(await logIn(chain, victim.file, kiosk));
    const { sessionId, proof } = login;
    offers = hear(
      await kiosk.call(centerEndpoints.askOffers, { params: { sessionId }, body: { lgCode: TOWN, proof } }),
    );
    const one = orderFor(login, offers);
    const order = hear({ ...one, selection: { ...one.selection, copies: 2, feeYen: 2 * one.selection.feeYen } });
    sealed = await kiosk.call(centerEndpoints.placeOrder, { body: order });
    const [, payload = ''] = sealed.manifest.split('.');
    hear({ ...sealed, manifest: Buffer.from(payload, 'base64url').toString(), copies: [] });
    hear(sealed.manifest);
  });

  const kioskShares = () => sealed.copies.map(({ kioskShare }) => fromBase64(kioskShare));
  const held = async () =>
    [textOf(await dumpTables(chain.centerDb.ownerDb)), ...overheard, ...(await keysOfTheCenter())].join('\n');

  async function keysOfTheCenter(): Promise<string[]> {
    const { keys } = chain.plan;
    const files = [keys.directoryKeyFile, keys.proofKeyFile, keys.municipality(TOWN).bindingKeyFile];
    return files.map((file) => readFileSync(file, 'utf8').trim());
  }

  /** Copies that some value, or two of them XORed, decrypts. */
  function opened(text: string, more: readonly Uint8Array[] = []): number[] {
    const { whole, parts } = candidatesIn(text);
    const values = [...whole, ...more];
    const pairs = values.flatMap((a, i) => values.slice(i + 1).map((b) => a.map((octet, j) => octet ^ (b[j] ?? 0))));
    const keys = [...values, ...parts, ...pairs];
    expect(keys.length).toBeGreaterThan(500);
    return sealed.copies
      .filter(({ ciphertext }) => keys.some((key) => decrypts(key, fromBase64(ciphertext))))
      .map(({ copy }) => copy);
  }

  test('while the shares wait at the center, and also with both of them after the payment', async () => {
    const waiting = await held();
    expect(opened(waiting)).toEqual([]);
    const { orderId } = sealed;
    const body = { depositYen: 400, manifestDigest: digestOf(sealed.manifest) };
    released = hear(await kiosk.call(centerEndpoints.reportPayment, { params: { orderId }, body }));
    expect(opened(await held())).toEqual([]);
    // The search is sound: with what the kiosk has in memory it finds every key.
    expect(opened(waiting, kioskShares())).toEqual([1, 2]);
  });

  test('not even the halves of one copy open another', async () => {
    const [first, second] = sealed.copies;
    const [share] = released.shares;
    const bytes = {
      ciphertext: fromBase64(first?.ciphertext ?? ''),
      centerShare: fromBase64(share?.centerShare ?? ''),
    };
    const name = { orderId: sealed.orderId, copy: 1 };
    expect(() => openCopy({ ...name, ...bytes, kioskShare: fromBase64(second?.kioskShare ?? '') })).toThrow(
      /BINDING_MISMATCH/,
    );
    const pdf = openCopy({ ...name, ...bytes, kioskShare: fromBase64(first?.kioskShare ?? '') });
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  });

  test('no table holds ciphertext or a kiosk’s half', async () => {
    const text = textOf(await dumpTables(chain.centerDb.ownerDb));
    const bytes = sealed.copies.flatMap(({ ciphertext, kioskShare }) => [
      fromBase64(kioskShare),
      fromBase64(ciphertext).subarray(0, 24),
    ]);
    expect(bytes.filter((secret) => isIn(text, secret))).toEqual([]);
  });

  test('after payment and outcome the center’s halves are gone from every table', async () => {
    const { orderId } = sealed;
    const shares = released.shares.map(({ centerShare }) => fromBase64(centerShare));
    const before = textOf(await dumpTables(chain.centerDb.ownerDb));
    expect(shares.filter((share) => isIn(before, share))).toHaveLength(2);
    const copies = [
      { copy: 1, outcome: 'output' as const, sheetsOut: 1 },
      { copy: 2, outcome: 'uncertain' as const, sheetsOut: 0 },
    ];
    await kiosk.call(centerEndpoints.reportOutcome, {
      params: { orderId },
      body: { copies, refundedYen: 200, refundPayableYen: 0, changePayableYen: 0 },
    });
    await expectNoShareLeft(orderId, shares);
  });

  test('after a cancel they are gone too, and nobody can ever open the copies', async () => {
    const login = await logIn(chain, victim.file, kiosk);
    const { sessionId, proof } = login;
    const menu = await kiosk.call(centerEndpoints.askOffers, { params: { sessionId }, body: { lgCode: TOWN, proof } });
    const { orderId, copies } = await kiosk.call(centerEndpoints.placeOrder, { body: orderFor(login, menu) });
    const [row] = await chain.centerDb.ownerDb.query<{ center_share: Buffer }>(
      'select center_share from order_copies where order_id = $1',
      [orderId],
    );
    const share = new Uint8Array(row?.center_share ?? []);
    expect(share).toHaveLength(32);
    await kiosk.call(centerEndpoints.cancelOrder, {
      params: { orderId },
      body: { reason: 'resident', depositPayableYen: 0 },
    });
    await expectNoShareLeft(orderId, [share]);
    expect(copies).toHaveLength(1);
  });

  async function expectNoShareLeft(orderId: string, shares: readonly Uint8Array[]): Promise<void> {
    const left = await chain.centerDb.ownerDb.query(
      'select copy from order_copies where order_id = $1 and center_share is not null',
      [orderId],
    );
    expect(left).toEqual([]);
    const text = `${textOf(await dumpTables(chain.centerDb.ownerDb))}\n${chain.logLines.join('')}`;
    expect(shares.filter((share) => isIn(text, share))).toEqual([]);
  }
});

function isIn(text: string, secret: Uint8Array): boolean {
  const base64 = toBase64(secret).replace(/=+$/, '');
  return (
    text.includes(toHex(secret)) ||
    text.includes(base64) ||
    text.includes(base64.replaceAll('+', '-').replaceAll('/', '_'))
  );
}

const KEY_BYTES = 32;

/** Every value of 32 bytes that stands in the text, and every 32 bytes in a row of longer ones. */
function candidatesIn(text: string): { whole: Uint8Array[]; parts: Uint8Array[] } {
  const hex = [...text.matchAll(/[0-9a-f]{64,}/g)].map(([token]) => Buffer.from(token, 'hex'));
  const base64 = [...text.matchAll(/[A-Za-z0-9+/_-]{43,}/g)].map(([token]) => Buffer.from(token, 'base64'));
  const found = new Map([...hex, ...base64].map((bytes) => [bytes.toString('hex'), new Uint8Array(bytes)]));
  const values = [...found.values()];
  return {
    whole: values.filter(({ length }) => length === KEY_BYTES),
    parts: values.flatMap((bytes) =>
      Array.from({ length: Math.max(0, bytes.length - KEY_BYTES) }, (_, at) => bytes.slice(at, at + KEY_BYTES)),
    ),
  };
}

/** Whether the first block of AES-256-GCM under this key is the beginning of a PDF. */
function decrypts(key: Uint8Array, ciphertext: Uint8Array): boolean {
  const counter = Buffer.concat([ciphertext.subarray(0, 12), Buffer.of(0, 0, 0, 2)]);
  const stream = createCipheriv('aes-256-ecb', key, null).update(counter);
  return [...'%PDF-'].every((char, i) => ((stream[i] ?? 0) ^ (ciphertext[12 + i] ?? 0)) === char.charCodeAt(0));
}
