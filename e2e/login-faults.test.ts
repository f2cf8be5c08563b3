/** Every way in which a login can go wrong, against the real center over mutual TLS with a real responder that misbehaves. */
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import type { CardFile, JpkiClient } from '@machikado/card';
import type { CenterConfig } from '@machikado/center';
import { createTestJpki, type IssuedCard, type TestJpki } from '@machikado/jpki';
import type { OcspFault } from '@machikado/jpki/faulty-responder';
import { encodeLoginMessage, type LoginMessage } from '@machikado/pki';
import { type Challenge, centerEndpoints, type ErrorCode, ProtocolError, type ProveSession } from '@machikado/protocol';
import type { PersonaKey } from '@machikado/registry';
import type { Client, PinnedClient } from '@machikado/server';
import { centerConfig, registered } from '@machikado/town';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { type TracedPerson, tracePerson, tracesIn } from './person-traces.ts';
import { base64, logIn, openCard, openClient, signChallenge } from './raw-kiosk.ts';
import { dumpTables, textOf } from './tables.ts';

const TOWN = '990019';
const OTHER_TOWN = '990027';
const P384 = { algorithm: 'ecdsa-p384-sha384', withoutSignatureCert: true } as const;

let chain: Chain;
let foreign: TestJpki;
let kiosk: Client;
let otherKiosk: Client;
/** Who must be served after every fault. */
let next: IssuedCard;
let victim: IssuedCard;
let machineOffsetMs = 0;
const cards = new Map<string, IssuedCard>();
const traced: TracedPerson[] = [];

beforeAll(async () => {
  [chain, foreign] = await Promise.all([
    openChain({
      kiosks: 2,
      ...WITHOUT_JOBS,
      centerOverrides: { machineClock: { now: () => new Date(Date.now() + machineOffsetMs) } },
    }),
    createTestJpki({ now: () => new Date() }),
  ]);
  [kiosk, otherKiosk] = [openClient(chain, 'kiosk-1'), openClient(chain, 'kiosk-2')];
  await orderCards();
  await chain.passTheNight();
  await loseRegistrations();
  await chain.passTheNight();
}, 90_000);

afterAll(async () => {
  await Promise.all([kiosk?.close(), otherKiosk?.close()]);
  await chain?.close();
});

/** The center with other settings for as long as the work takes. */
async function withJpki(jpki: Partial<CenterConfig['jpki']>, work: () => Promise<void>): Promise<void> {
  const config = { ...centerConfig(chain.plan, 'center-1'), ...WITHOUT_JOBS.centerConfig };
  await chain.centers[0]?.reload({ ...config, jpki: { ...config.jpki, ...jpki } });
  try {
    await work();
  } finally {
    await chain.centers[0]?.reload(config);
  }
}

async function orderCards(): Promise<void> {
  const order = async (name: string, who: PersonaKey, how: Parameters<Chain['orderCard']>[2] = P384) => {
    const card = await chain.orderCard(TOWN, who, how);
    cards.set(name, card);
    traced.push(trace(card, TOWN, who));
    return card;
  };
  next = await order('next', 'single');
  victim = await order('victim', 'family-head');
  await order('revoked', 'couple');
  await order('held', 'family-spouse');
  await order('expired', 'former-name', {
    ...P384,
    issuedAt: '2021-04-01T00:00:00.000Z',
    notAfter: '2025-04-01T00:00:00.000Z',
  });
  await order('not yet valid', 'three-generations', { ...P384, issuedAt: '2027-04-01T00:00:00.000Z' });
  await order('with signature cert', 'nine', { algorithm: 'ecdsa-p384-sha384', withoutSignatureCert: false });
  await order('withdrawn', 'big-household');
  await order('claimed twice', 'widowed');
  await order('moved out since', 'foreign-alias');
  for (const generation of [1, 2, 3] as const)
    await order(`generation ${generation}`, 'long-name', { ...P384, generation });
  await order('RSA', 'leap-birthday', { withoutSignatureCert: true });
  cards.set('never registered', await chain.jpki.issueCard({ issuedBy: '99001', birthday: '05-05', ...P384 }));
  cards.set('foreign', await foreign.issueCard({ issuedBy: '99001', birthday: '05-05', ...P384 }));
  // The same CA, but the register of the responder has never heard of this cert.
  const forgetful = await createTestJpki({ now: () => new Date(), generations: chain.jpki.generations });
  cards.set('unknown', await forgetful.issueCard({ issuedBy: '99001', birthday: '05-05', ...P384 }));
  chain.jpki.revoke(card('revoked').auth, 'keyCompromise');
  chain.jpki.revoke(card('held').auth, 'certificateHold');
}

async function loseRegistrations(): Promise<void> {
  const { registry } = chain;
  const residentOf = (lgCode: string, who: PersonaKey) => townOf(lgCode).personas[who];
  const { anchorFingerprint: anchor, serial } = card('withdrawn').auth;
  const withdrawn = { type: 'cert-withdrawn' as const, residentId: residentOf(TOWN, 'big-household'), anchor, serial };
  registry.apply(TOWN, [withdrawn, { type: 'moved-out', residentIds: [residentOf(TOWN, 'foreign-alias')] }]);
  registry.apply(OTHER_TOWN, [registered(residentOf(OTHER_TOWN, 'single'), card('claimed twice').auth)]);
}

function townOf(lgCode: string) {
  const town = chain.registry.towns.find((one) => one.lgCode === lgCode);
  if (!town) throw new RangeError(`no town ${lgCode}`);
  return town;
}

function trace(card: IssuedCard, lgCode: string, who: PersonaKey): TracedPerson {
  const residentId = townOf(lgCode).personas[who];
  return tracePerson(chain.registry.readRecord({ lgCode, residentId }), residentId, card);
}

function card(name: string): IssuedCard {
  const found = cards.get(name);
  if (!found) throw new RangeError(`no card ${name}`);
  return found;
}

interface Line {
  readonly line: PinnedClient;
  readonly challenge: Challenge;
  readonly exporter: Uint8Array;
}

async function begin(client = kiosk): Promise<Line> {
  const line = client.pinned();
  const challenge = await line.call(centerEndpoints.beginSession, { body: {} });
  return { line, challenge, exporter: await line.exporter() };
}

const prove = ({ line, challenge }: Pick<Line, 'line' | 'challenge'>, body: ProveSession) =>
  line.call(centerEndpoints.proveSession, { params: { sessionId: challenge.sessionId }, body });

async function answerOf(
  file: CardFile,
  { challenge, exporter }: Pick<Line, 'challenge' | 'exporter'>,
): Promise<ProveSession> {
  return signChallenge(await openCard(file), challenge, exporter);
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

/** What must hold after every refused login, whatever the reason. */
async function expectBurnt({ line, challenge, exporter }: Line, code: ErrorCode): Promise<void> {
  const { sessionId } = challenge;
  const rows = await chain.centerDb.ownerDb.query(
    'select state, proof_digest, municipalities from sessions where session_id = $1',
    [sessionId],
  );
  expect(rows).toEqual([{ state: 'burnt', proof_digest: null, municipalities: [] }]);
  const [event] = await chain.centerDb.ownerDb.query(
    `select reason from audit_events where session_id = $1 and event = 'session-burnt'`,
    [sessionId],
  );
  expect(event).toEqual({ reason: code });
  // Not even the right answer of the right card helps now.
  const right = await answerOf(next.file, { challenge, exporter });
  expect(await codeOf(prove({ line, challenge }, right))).toBe('CHALLENGE_USED');
  await line.close();
}

async function expectNobodyNamedAndNextServed(): Promise<void> {
  const written = `${textOf(await dumpTables(chain.centerDb.ownerDb))}\n${chain.logLines.join('')}`;
  expect(traced.flatMap((person) => tracesIn(written, person))).toEqual([]);
  const login = await logIn(chain, next.file, kiosk);
  expect(login.municipalities).toEqual([{ lgCode: TOWN, role: 'residence' }]);
  await kiosk.call(centerEndpoints.endSession, { params: { sessionId: login.sessionId }, body: {} });
}

async function expectRefused(code: ErrorCode, answer: (line: Line) => Promise<ProveSession>): Promise<void> {
  const line = await begin();
  expect(await codeOf(prove(line, await answer(line)))).toBe(code);
  await expectBurnt(line, code);
  await expectNobodyNamedAndNextServed();
}

describe('a card that must not log in', () => {
  test.each<[string, ErrorCode]>([
    ['revoked', 'USER_CERT_REVOKED'],
    ['held', 'USER_CERT_REVOKED'],
    ['expired', 'USER_CERT_EXPIRED'],
    ['not yet valid', 'USER_CERT_EXPIRED'],
    ['unknown', 'USER_CERT_UNKNOWN'],
    ['foreign', 'PROOF_REFUSED'],
    ['never registered', 'NOT_REGISTERED'],
    ['withdrawn', 'NOT_REGISTERED'],
    ['moved out since', 'NOT_REGISTERED'],
    ['claimed twice', 'NOT_REGISTERED'],
  ])('%s: refused with %s, challenge burnt, nobody named, the next person served', async (name, code) => {
    await expectRefused(code, (line) => answerOf(card(name).file, line));
  });

  test('two towns that claim one residence are both refused, and staff can see that they do', async () => {
    const line = await begin();
    const { sessionId } = line.challenge;
    expect(await codeOf(prove(line, await answerOf(card('claimed twice').file, line)))).toBe('NOT_REGISTERED');
    const contested = await chain.centerDb.ownerDb.query<{ lg_code: string }>(
      `select lg_code from audit_events where event = 'directory-contested' and session_id = $1 order by 1`,
      [sessionId],
    );
    expect(contested.map((row) => row.lg_code)).toEqual([TOWN, OTHER_TOWN]);
    await line.line.close();
  });

  test('the foreign CA has the very same name, so its cert is told apart by the signature alone', () => {
    const [own] = chain.jpki.anchors('auth');
    const [other] = foreign.anchors('auth');
    expect(new X509Certificate(other ?? '').subject).toBe(new X509Certificate(own ?? '').subject);
  });
});

describe('an answer that is not the card’s word on this challenge', () => {
  const signedBySignatureKey = (message: LoginMessage) => {
    const { sign: key } = card('with signature cert').file;
    const signature = sign('sha384', encodeLoginMessage(message), createPrivateKey(key?.key ?? ''));
    return { key, signature: base64(signature) };
  };
  const signOther = async (line: Line, change: Partial<LoginMessage>) => {
    const client: JpkiClient = await openCard(victim.file);
    return signChallenge(client, { ...line.challenge, ...change } as Challenge, change.exporter ?? line.exporter);
  };

  test.each<[string, (line: Line) => Promise<ProveSession>]>([
    [
      'the signature cert with its own key',
      async ({ challenge, exporter }) => {
        const { key, signature } = signedBySignatureKey({ ...challenge, exporter });
        return { authCert: key?.cert ?? '', algorithm: 'ecdsa-p384-sha384', signature };
      },
    ],
    [
      'the user-authentication cert with the signature key',
      async ({ challenge, exporter }) => {
        const { signature } = signedBySignatureKey({ ...challenge, exporter });
        return { ...(await answerOf(card('with signature cert').file, { challenge, exporter })), signature };
      },
    ],
    [
      'a flipped bit in the signature',
      async (line) => {
        const answer = await answerOf(victim.file, line);
        const bytes = Buffer.from(answer.signature, 'base64');
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        return { ...answer, signature: base64(bytes) };
      },
    ],
    ['no signature at all', async (line) => ({ ...(await answerOf(victim.file, line)), signature: '' })],
    ['no cert at all', async (line) => ({ ...(await answerOf(victim.file, line)), authCert: '' })],
    [
      'another algorithm than the key’s',
      async (line) => ({ ...(await answerOf(victim.file, line)), algorithm: 'rsa-pkcs1-sha256' }),
    ],
    [
      'the cert of one person and the signature of another',
      async (line) => {
        const { authCert } = await answerOf(victim.file, line);
        return { ...(await answerOf(next.file, line)), authCert };
      },
    ],
    ['a message for another center', (line) => signOther(line, { centerId: 'center-elsewhere' })],
    ['a message for another session', (line) => signOther(line, { sessionId: '00'.repeat(16) })],
    ['a message with another nonce', (line) => signOther(line, { nonce: '00'.repeat(32) })],
    ['a message from another kiosk', (line) => signOther(line, { kioskId: 'kiosk-2' })],
    ['a message of another operator', (line) => signOther(line, { operatorId: 'operator-b' })],
    ['a message that ends later', (line) => signOther(line, { expiresAt: '2099-01-01T00:00:00.000Z' })],
    ['a message about another connection', (line) => signOther(line, { exporter: new Uint8Array(32) })],
  ])('%s is refused', async (_what, answer) => {
    await expectRefused('PROOF_REFUSED', answer);
  });

  test('a proof is taken once: replayed, it is refused and the proven session stays as it was', async () => {
    const line = await begin();
    const answer = await answerOf(victim.file, line);
    await prove(line, answer);
    expect(await codeOf(prove(line, answer))).toBe('CHALLENGE_USED');
    const [session] = await chain.centerDb.ownerDb.query('select state from sessions where session_id = $1', [
      line.challenge.sessionId,
    ]);
    expect(session).toEqual({ state: 'proven' });
    await line.line.close();
    await expectNobodyNamedAndNextServed();
  });

  test.each(['the connection of the challenge', 'the connection it is sent on'])(
    'a proof moved to another socket is refused, also when the card signed for %s',
    async (signedFor) => {
      const [first, second] = [await begin(), await begin()];
      const { exporter } = signedFor === 'the connection of the challenge' ? first : second;
      const answer = await answerOf(victim.file, { challenge: first.challenge, exporter });
      expect(await codeOf(prove({ line: second.line, challenge: first.challenge }, answer))).toBe('PROOF_REFUSED');
      await second.line.close();
      await expectBurnt(first, 'PROOF_REFUSED');
      await expectNobodyNamedAndNextServed();
    },
  );

  test('another kiosk can neither answer nor burn a challenge', async () => {
    const line = await begin();
    const other = await begin(otherKiosk);
    const answer = await answerOf(victim.file, line);
    expect(await codeOf(prove({ line: other.line, challenge: line.challenge }, answer))).toBe('SESSION_UNKNOWN');
    expect((await prove(line, answer)).municipalities).toEqual([{ lgCode: TOWN, role: 'residence' }]);
    await Promise.all([line.line.close(), other.line.close()]);
  });

  test('another kiosk’s proof does not fit here', async () => {
    const other = await begin(otherKiosk);
    const stolen = await answerOf(victim.file, other);
    await other.line.close();
    await expectRefused('PROOF_REFUSED', async () => stolen);
  });

  test('a challenge that is too old is refused even with the right answer', async () => {
    const line = await begin();
    const answer = await answerOf(victim.file, line);
    machineOffsetMs = 90_001;
    try {
      expect(await codeOf(prove(line, answer))).toBe('SESSION_EXPIRED');
    } finally {
      machineOffsetMs = 0;
    }
    expect(await codeOf(prove(line, answer))).toBe('CHALLENGE_USED');
    const [session] = await chain.centerDb.ownerDb.query(
      'select state, proof_digest, municipalities from sessions where session_id = $1',
      [line.challenge.sessionId],
    );
    expect(session).toEqual({ state: 'expired', proof_digest: null, municipalities: [] });
    await line.line.close();
    await expectNobodyNamedAndNextServed();
  });
});

describe('without a usable word of the JPKI center nobody gets in', () => {
  const HOUR_MS = 3_600_000;
  const expectUnavailable = async ({ line, answer }: { line: Line; answer: ProveSession }) => {
    expect(await codeOf(prove(line, answer))).toBe('REVOCATION_STATUS_UNAVAILABLE');
  };
  const ready = async () => {
    const line = await begin();
    return { line, answer: await answerOf(victim.file, line) };
  };
  const settle = async ({ line }: { line: Line }) => {
    await expectBurnt(line, 'REVOCATION_STATUS_UNAVAILABLE');
    await expectNobodyNamedAndNextServed();
  };

  test.each<[string, () => OcspFault]>([
    ['old', () => ({ kind: 'old', ageMs: HOUR_MS })],
    ['foreign', () => ({ kind: 'foreign', other: foreign })],
    ['wrong nonce', () => ({ kind: 'wrong-nonce' })],
    ['no nonce', () => ({ kind: 'no-nonce' })],
    ['try later', () => ({ kind: 'try-later' })],
    ['garbage', () => ({ kind: 'garbage' })],
    ['HTTP error', () => ({ kind: 'http-error' })],
    ['drops the connection', () => ({ kind: 'drops' })],
  ])('%s', async (_name, fault) => {
    const use = await ready();
    chain.ocsp.play(fault());
    await expectUnavailable(use).finally(() => chain.ocsp.play(undefined));
    await settle(use);
  });

  test('slower than the center waits', async () => {
    const use = await ready();
    chain.ocsp.play({ kind: 'slow', delayMs: HOUR_MS });
    await withJpki({ timeoutMs: 100 }, () => expectUnavailable(use)).finally(() => chain.ocsp.play(undefined));
    await settle(use);
  });

  test('down', async () => {
    const use = await ready();
    // Nobody listens on the port of discard.
    await withJpki({ ocspUrl: 'http://127.0.0.1:9/ocsp' }, () => expectUnavailable(use));
    await settle(use);
  });

  test('an outage: kiosks are told before card and PIN, and that it is over as soon as it is', async () => {
    const said = async () => {
      const { open, reason } = await kiosk.call(centerEndpoints.status);
      return { open, reason };
    };
    const [center] = chain.centers;
    const uses = [await ready(), await ready(), await ready()];
    expect(await said()).toEqual({ open: true });
    chain.ocsp.play({ kind: 'http-error' });
    try {
      for (const use of uses) await expectUnavailable(use);
      await center?.runJobs();
      expect(await said()).toEqual({ open: false, reason: 'revocation-unavailable' });
    } finally {
      chain.ocsp.play(undefined);
    }
    await center?.runJobs();
    expect(await said()).toEqual({ open: true });
    const told = chain.logLines.filter((line) => /"responder-(away|back)"/.test(line)).length;
    expect(told).toBe(2);
    await Promise.all(uses.map(settle));
  });

  test('a proof that is refused without the responder asks it nothing', async () => {
    const asked = chain.ocsp.questionCount();
    const line = await begin();
    expect(await codeOf(prove(line, await answerOf(card('foreign').file, line)))).toBe('PROOF_REFUSED');
    expect(chain.ocsp.questionCount()).toBe(asked);
    await line.line.close();
  });
});

describe('cards of every kind log in', () => {
  test.each(['generation 1', 'generation 2', 'generation 3', 'RSA', 'with signature cert'])('%s', async (name) => {
    const login = await logIn(chain, card(name).file, kiosk);
    expect(login.municipalities).toEqual([{ lgCode: TOWN, role: 'residence' }]);
  });
});
