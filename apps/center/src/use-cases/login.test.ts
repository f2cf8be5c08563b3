import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staffCommand } from '../staff-commands.ts';
import {
  begin,
  cardholders,
  codeOf,
  createTestCenter,
  kioskA,
  kioskB,
  login,
  mutou,
  noon,
  offersFor,
  prove,
  register,
  type TestCenter,
  yunagi,
} from '../testing/test-center.ts';
import { endSession } from './end-session.ts';

let t: TestCenter;
beforeAll(async () => {
  t = await createTestCenter();
});
afterAll(() => t.close());

async function stateOfSession(sessionId: string) {
  return (await t.center.store.sessions.find(sessionId))?.state;
}

test('a good card is proven and told its municipality', async () => {
  const { municipalities, challenge, proof, expiresAt } = await login(t.center);
  expect(municipalities).toEqual([{ lgCode: yunagi, role: 'residence' }]);
  expect(expiresAt).toBe(new Date(noon.getTime() + 600_000).toISOString());
  expect(proof.ocspResponse).not.toBe('');
  expect(await stateOfSession(challenge.sessionId)).toBe('proven');
});

test.each([
  ['2026-06-02T21:29:59Z', 'SERVICE_CLOSED'],
  ['2026-06-02T21:30:00Z', 'ok'],
  ['2026-06-03T13:59:59Z', 'ok'],
  ['2026-06-03T14:00:00Z', 'SERVICE_CLOSED'],
  ['2026-12-28T15:00:00Z', 'SERVICE_CLOSED'],
  ['2027-01-03T03:00:00Z', 'SERVICE_CLOSED'],
  ['2027-01-03T22:00:00Z', 'ok'],
])('at %s by the business clock a session begins or not: %s', async (at, code) => {
  t.clocks.business = new Date(at);
  try {
    expect(await codeOf(begin(t.center))).toBe(code);
  } finally {
    t.clocks.business = noon;
  }
});

describe('refuses, and burns the challenge,', () => {
  const wrong = new Uint8Array(32).fill(8);
  test.each([
    ['a proof that comes on another connection', { exporter: wrong }, 'PROOF_REFUSED'],
    ['a message made on another connection', { signedExporter: wrong }, 'PROOF_REFUSED'],
    ['both from another connection', { exporter: wrong, signedExporter: wrong }, 'PROOF_REFUSED'],
  ] as const)('%s', async (_what, change, code) => {
    const challenge = await begin(t.center);
    expect(await codeOf(prove(t.center, challenge, change))).toBe(code);
    expect(await stateOfSession(challenge.sessionId)).toBe('burnt');
    expect(await codeOf(prove(t.center, challenge))).toBe('CHALLENGE_USED');
  });

  test('an answer to another challenge', async () => {
    const [one, other] = [await begin(t.center), await begin(t.center)];
    expect(await codeOf(prove(t.center, { ...other, sessionId: one.sessionId }))).toBe('PROOF_REFUSED');
    expect(await codeOf(prove(t.center, other))).toBe('ok');
  });

  test.each([
    [{ status: 'revoked', at: noon } as const, 'USER_CERT_REVOKED'],
    [{ status: 'unknown' } as const, 'USER_CERT_UNKNOWN'],
  ])('a cert of which the responder says %o', async (status, code) => {
    const holder = await cardholders.makeCardholder('77aa0001');
    await register(t, holder, yunagi);
    t.statuses.set('77aa0001', status);
    const challenge = await begin(t.center);
    expect(await codeOf(prove(t.center, challenge, { holder }))).toBe(code);
    expect(await stateOfSession(challenge.sessionId)).toBe('burnt');
  });
});

test('a challenge is answered once, by whichever center hears it first', async () => {
  const challenge = await begin(t.center);
  const centers = [t.center, t.another(), t.another()];
  const codes = await Promise.all(centers.map((center) => codeOf(prove(center, challenge))));
  expect(codes.toSorted()).toEqual(['CHALLENGE_USED', 'CHALLENGE_USED', 'ok']);
});

test('a second answer is refused while the first is still being checked', async () => {
  let second = '';
  const slow = t.another({
    revocation: {
      ask: async (request, deadline) => {
        second = await codeOf(prove(t.center, challenge));
        return t.center.revocation.ask(request, deadline);
      },
    },
  });
  const challenge = await begin(t.center);
  expect(await codeOf(prove(slow, challenge))).toBe('ok');
  expect(second).toBe('CHALLENGE_USED');
});

test('another kiosk can neither use nor burn a challenge', async () => {
  const challenge = await begin(t.center);
  expect(await codeOf(prove(t.center, challenge, { kiosk: kioskB }))).toBe('SESSION_UNKNOWN');
  expect(await codeOf(endSession(t.center, kioskB, challenge.sessionId))).toBe('SESSION_UNKNOWN');
  expect(await codeOf(prove(t.center, challenge))).toBe('ok');
});

test('a challenge that is too old is over', async () => {
  const challenge = await begin(t.center);
  t.pass(90_000);
  expect(await codeOf(prove(t.center, challenge))).toBe('SESSION_EXPIRED');
  expect(await stateOfSession(challenge.sessionId)).toBe('expired');
});

describe('without a usable word of the responder nobody gets in:', () => {
  const answers = {
    'no answer': async () => {
      throw new Error('connection refused');
    },
    'an answer to another login': async (request: Uint8Array) => {
      const other = Uint8Array.from(request);
      other[other.length - 1] = (other[other.length - 1] ?? 0) ^ 1;
      return cardholders.respond(other, { at: t.clocks.machine });
    },
    'an old answer': async (request: Uint8Array) =>
      cardholders.respond(request, { at: new Date(t.clocks.machine.getTime() - 700_000) }),
    'an answer from the future': async (request: Uint8Array) =>
      cardholders.respond(request, { at: new Date(t.clocks.machine.getTime() + 700_000) }),
    'bytes that are no answer': async () => Uint8Array.of(1, 2, 3),
  };
  test.each(Object.entries(answers))('%s', async (_name, ask) => {
    const center = t.another({ revocation: { ask } });
    const challenge = await begin(center);
    expect(await codeOf(prove(center, challenge))).toBe('REVOCATION_STATUS_UNAVAILABLE');
    expect(await stateOfSession(challenge.sessionId)).toBe('burnt');
  });
});

describe('the directory', () => {
  test('a card that no municipality knows is not registered', async () => {
    const holder = await cardholders.makeCardholder('77aa0002');
    expect(await codeOf(login(t.center, holder))).toBe('NOT_REGISTERED');
  });

  test('two municipalities that claim one residence are both refused, and it is written down', async () => {
    const holder = await cardholders.makeCardholder('77aa0003');
    await register(t, holder, yunagi);
    await register(t, holder, mutou);
    expect(await codeOf(login(t.center, holder))).toBe('NOT_REGISTERED');
    const [row] = await t.database.db.query("SELECT 1 FROM audit_events WHERE event = 'directory-contested'");
    expect(row).toBeDefined();
  });

  test('residence and 本籍 may be two municipalities', async () => {
    const holder = await cardholders.makeCardholder('77aa0004');
    await register(t, holder, yunagi);
    await register(t, holder, mutou, { role: 'registered-domicile' });
    expect((await login(t.center, holder)).municipalities).toEqual([
      { lgCode: yunagi, role: 'residence' },
      { lgCode: mutou, role: 'registered-domicile' },
    ]);
  });

  test('a late entry with a lower version never brings a withdrawn card back', async () => {
    const holder = await cardholders.makeCardholder('77aa0005');
    await register(t, holder, yunagi, { version: 3 });
    await register(t, holder, yunagi, { version: 5, active: false });
    await register(t, holder, yunagi, { version: 4 });
    await register(t, holder, yunagi, { version: 5 });
    expect(await codeOf(login(t.center, holder))).toBe('NOT_REGISTERED');
  });
});

describe('after the login', () => {
  test('only the very proof of this session is taken, at this kiosk, for its municipality', async () => {
    const [one, other] = [await login(t.center), await login(t.center)];
    expect(await codeOf(offersFor(t.center, one))).toBe('ok');
    expect(await codeOf(offersFor(t.center, { ...one, proof: other.proof }))).toBe('PROOF_REFUSED');
    expect(await codeOf(offersFor(t.center, one, mutou))).toBe('MUNICIPALITY_NOT_PARTICIPATING');
    expect(await codeOf(offersFor(t.center, one, '131016'))).toBe('MUNICIPALITY_NOT_PARTICIPATING');
  });

  test('an ended session is forgotten, and ending it again changes nothing', async () => {
    const proven = await login(t.center);
    const { sessionId } = proven.challenge;
    expect(await endSession(t.center, kioskA, sessionId)).toEqual({ ok: true });
    expect(await endSession(t.center, kioskA, sessionId)).toEqual({ ok: true });
    expect(await codeOf(offersFor(t.center, proven))).toBe('SESSION_UNKNOWN');
    const session = await t.center.store.sessions.find(sessionId);
    expect(session).toMatchObject({ state: 'ended', proofDigest: null, municipalities: [] });
  });

  test('a proven session is over after its time', async () => {
    const proven = await login(t.center);
    t.pass(600_000);
    expect(await codeOf(offersFor(t.center, proven))).toBe('SESSION_EXPIRED');
  });
});

test('staff end one session, proven or only begun, with name and reason; it opens nothing any more, and the others go on', async () => {
  const [stopped, other, begun] = [await login(t.center), await login(t.center), await begin(t.center)];
  const end = (session: string, who: object = { staff: '凪野', reason: '申出による' }) =>
    staffCommand(t.center.store, 'end-session', { session, ...who }, noon);
  const { sessionId } = stopped.challenge;
  await expect(end(sessionId, { staff: '凪野', reason: ' ' })).rejects.toThrow('npm run center');
  expect(await end(sessionId)).toBe(`ended: ${sessionId}`);
  expect(await end(sessionId)).toContain('it was over');
  expect(await end('0'.repeat(32))).toContain('no such session');
  await end(begun.sessionId);
  expect(await codeOf(offersFor(t.center, stopped))).toBe('SESSION_UNKNOWN');
  expect(await stateOfSession(begun.sessionId)).toBe('burnt');
  expect(await stateOfSession(other.challenge.sessionId)).toBe('proven');
  const [event] = await t.database.db.query<{ staff: string; reason: string }>(
    "SELECT staff, reason FROM audit_events WHERE session_id = $1 AND event = 'session-ended'",
    [sessionId],
  );
  expect(event).toEqual({ staff: '凪野', reason: '申出による' });
});
