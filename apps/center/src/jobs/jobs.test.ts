import { type ErrorCode, ProtocolError } from '@machikado/protocol';
import { systemClocks } from '@machikado/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staffCommand, UsageError } from '../staff-commands.ts';
import {
  begin,
  codeOf,
  createTestCenter,
  eventsOf,
  kioskA,
  login,
  mutou,
  noon,
  orderIn,
  pay,
  placed,
  randomId,
  report,
  stateOf,
  type TestCenter,
  yunagi,
} from '../testing/test-center.ts';
import { endSession } from '../use-cases/end-session.ts';
import { deliverOutcomes } from './deliver-outcomes.ts';
import { expireOrders } from './expire-orders.ts';
import { expireSessions } from './expire-sessions.ts';
import { runJobs, startJobs } from './run-jobs.ts';

let t: TestCenter;
beforeAll(async () => {
  t = await createTestCenter();
});
afterAll(() => t.close());

test('sessions that nobody ended are expired and forgotten, once', async () => {
  const challenge = await begin(t.center);
  const proven = await login(t.center);
  expect(await expireSessions(t.center)).toBe(0);
  t.pass(90_000);
  expect(await expireSessions(t.center)).toBe(1);
  expect((await t.center.store.sessions.find(challenge.sessionId))?.state).toBe('expired');
  t.pass(600_000);
  const counts = await Promise.all([t.center, t.another(), t.another()].map(expireSessions));
  expect(counts.reduce((a, b) => a + b)).toBe(1);
  expect(await t.center.store.sessions.find(proven.challenge.sessionId)).toMatchObject({
    state: 'expired',
    proofDigest: null,
    municipalities: [],
  });
});

test('sessions that have been over for a day leave the table, and their history stays', async () => {
  const { sessionId } = (await login(t.center)).challenge;
  const alive = await begin(t.center);
  await endSession(t.center, kioskA, sessionId);
  t.pass(600_000);
  await expireSessions(t.center);
  expect((await t.center.store.sessions.find(sessionId))?.state).toBe('ended');
  t.pass(86_400_000);
  await t.database.ownerDb.run("UPDATE sessions SET state = 'challenged' WHERE session_id = $1", [alive.sessionId]);
  await expireSessions(t.center);
  expect(await t.center.store.sessions.find(sessionId)).toBeUndefined();
  expect((await t.center.store.sessions.find(alive.sessionId))?.state).toBe('expired');
  const events = await t.database.db.query<{ event: string }>('SELECT event FROM audit_events WHERE session_id = $1', [
    sessionId,
  ]);
  expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(['session-proven', 'session-ended']));
});

test('orders that wait too long: requested fails, sealed is cancelled, paid stays suspense and staff get a notice', async () => {
  const requested = await orderIn(t, 'requested');
  const sealed = await orderIn(t, 'sealed');
  const paid = await orderIn(t, 'paid');
  expect(await expireOrders(t.center)).toBe(0);
  t.pass(1_800_000);
  const counts = await Promise.all([t.center, t.another(), t.another()].map(expireOrders));
  expect(counts.reduce((a, b) => a + b)).toBe(3);
  expect(await stateOf(t.center, requested.orderId)).toBe('failed');
  expect(await stateOf(t.center, sealed.orderId)).toBe('cancelled');
  expect(await stateOf(t.center, paid.orderId)).toBe('paid');
  expect(await eventsOf(t, sealed.orderId)).toEqual(expect.arrayContaining(['order-cancelled', 'copy-void']));
  expect((await eventsOf(t, paid.orderId)).filter((event) => event === 'outcome-overdue')).toHaveLength(1);
  const notices = await t.database.db.query('SELECT notice FROM notices WHERE order_id = $1', [paid.orderId]);
  expect(notices).toEqual([{ notice: 'outcome-overdue' }]);
  expect(await expireOrders(t.center)).toBe(0);
  expect(await staffCommand(t.center.store, 'notices', {}, noon)).toContain(`${paid.orderId} - outcome-overdue`);
  // The outcome may still come, however late.
  expect((await report(t.center, paid)).state).toBe('settled');
  expect(await staffCommand(t.center.store, 'notices', {}, noon)).not.toContain(paid.orderId);
});

test('staff settle an overdue order in place of a kiosk that never will, with name and reason, and only if it adds up', async () => {
  const sealed = await placed(t.center, 2);
  await pay(t.center, sealed);
  const { orderId } = sealed;
  const who = { 'lg-code': yunagi, order: orderId, staff: '運用 一郎', reason: 'the kiosk burnt down' };
  const found = { outcome: '1=output,2=not-output', 'refunded-yen': '0', 'refund-payable-yen': '300' };
  const settle = (change = {}) => staffCommand(t.center.store, 'settle-order', { ...who, ...found, ...change }, noon);
  await expect(settle()).rejects.toThrow(/not overdue/);
  t.pass(1_800_000);
  await expireOrders(t.center);
  const wrong = [
    { staff: ' ' },
    { reason: undefined },
    { 'lg-code': '990027' },
    { outcome: '1=output' },
    { outcome: '1=gone,2=output' },
    { 'refund-payable-yen': '299' },
    { 'refunded-yen': undefined },
  ];
  for (const change of wrong) await expect(settle(change)).rejects.toBeInstanceOf(UsageError);
  expect(await stateOf(t.center, orderId)).toBe('paid');
  expect(await settle()).toBe(`settled: ${yunagi} ${orderId}`);
  expect(await stateOf(t.center, orderId)).toBe('settled');
  const [settled] = await t.database.db.query(
    "SELECT staff, reason FROM audit_events WHERE order_id = $1 AND event = 'order-settled'",
    [orderId],
  );
  expect(settled).toEqual({ staff: '運用 一郎', reason: 'the kiosk burnt down' });
  const notices = await staffCommand(t.center.store, 'notices', {}, noon);
  expect(notices).toContain(`${orderId} - refund-owed`);
  expect(notices).not.toContain(`${orderId} - outcome-overdue`);
  await deliverOutcomes(t.center);
  const told = t.issuer.outcomes.find((outcome) => outcome.orderId === orderId);
  expect(told?.copies.map(({ outcome }) => outcome)).toEqual(['output', 'cancelled']);
  await expect(settle()).rejects.toThrow(/settled/);
  expect(await codeOf(report(t.center, sealed))).toBe('IDEMPOTENCY_CONFLICT');
});

test('mail to an issuing server that is away waits, and arrives when it is back', async () => {
  await deliverOutcomes(t.center);
  const sealed = await placed(t.center);
  await pay(t.center, sealed);
  await report(t.center, sealed);
  const told = () => t.issuer.outcomes.filter(({ orderId }) => orderId === sealed.orderId).length;
  t.issuer.onOutcome = () => {
    throw new ProtocolError('MUNICIPALITY_UNAVAILABLE', 'test');
  };
  expect(await deliverOutcomes(t.center)).toBe(0);
  t.issuer.onOutcome = () => undefined;
  expect(await deliverOutcomes(t.center)).toBe(0);
  t.pass(1_000);
  expect(await deliverOutcomes(t.center)).toBe(1);
  expect(await deliverOutcomes(t.another())).toBe(0);
  expect(told()).toBe(1);
  expect(await eventsOf(t, sealed.orderId)).not.toContain('outcome-refused');
});

test('letters to one municipality do not wait for each other', async () => {
  await deliverOutcomes(t.center);
  for (let n = 0; n < 2; n += 1) {
    const sealed = await placed(t.center);
    await pay(t.center, sealed);
    await report(t.center, sealed);
  }
  let arrived = 0;
  let bothAreThere: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    bothAreThere = resolve;
  });
  t.issuer.onOutcome = () => {
    arrived += 1;
    if (arrived === 2) bothAreThere();
    return both;
  };
  expect(await deliverOutcomes(t.center)).toBe(2);
  t.issuer.onOutcome = () => undefined;
});

test('a municipality that answers slowly has its turn, however much mail it has, and the others theirs', async () => {
  await deliverOutcomes(t.center);
  const send = (lgCode: string) =>
    t.center.store.outbox.put({ orderId: randomId(), lgCode, copies: [] }, t.clocks.machine);
  for (let n = 0; n < 9; n += 1) await send(yunagi);
  await send(mutou);
  const told: string[] = [];
  t.issuer.onOutcome = ({ lgCode }) => {
    told.push(lgCode);
    if (lgCode === yunagi) t.pass(9_900);
  };
  expect(await deliverOutcomes(t.center)).toBe(3);
  expect(told.sort()).toEqual([yunagi, yunagi, mutou]);
  t.issuer.onOutcome = () => undefined;
  expect(await deliverOutcomes(t.center)).toBe(7);
});

test('a refused outcome is told to staff and written down once, however late the refusal, and tried again', async () => {
  const sealed = await placed(t.center);
  await pay(t.center, sealed);
  await report(t.center, sealed);
  const refusal = (code: ErrorCode) => () => {
    throw new ProtocolError(code, 'test');
  };
  for (const code of ['MUNICIPALITY_UNAVAILABLE', 'TOO_BUSY', 'ORDER_UNKNOWN', 'ORDER_UNKNOWN'] as const) {
    t.issuer.onOutcome = refusal(code);
    await deliverOutcomes(t.center);
    t.pass(600_000);
  }
  expect(await staffCommand(t.center.store, 'notices', {}, noon)).toContain(`${sealed.orderId} - outcome-refused`);
  t.issuer.onOutcome = () => undefined;
  expect(await deliverOutcomes(t.center)).toBe(1);
  expect(await staffCommand(t.center.store, 'notices', {}, noon)).not.toContain(sealed.orderId);
  const events = await eventsOf(t, sealed.orderId);
  expect(events.filter((event) => event === 'outcome-refused')).toHaveLength(1);
  expect(events).toContain('outcome-delivered');
});

test('a job that fails holds up no other', async () => {
  const sealed = await placed(t.center);
  await pay(t.center, sealed);
  await report(t.center, sealed);
  const { store } = t.center;
  const sessions = { ...store.sessions };
  const broken = t.another({
    store: {
      ...store,
      transaction: (work) =>
        store.transaction((tables) =>
          work({ ...tables, sessions: { ...sessions, claimExpired: () => Promise.reject(new Error('broken')) } }),
        ),
    },
  });
  await runJobs(broken);
  expect(t.issuer.outcomes.some(({ orderId }) => orderId === sealed.orderId)).toBe(true);
  expect(t.logLines.some((line) => line.includes('job-failed') && line.includes('expireSessions'))).toBe(true);
});

test('a job that takes long holds up no other', async () => {
  const signal = () => {
    let ring: () => void = () => undefined;
    const rung = new Promise<void>((resolve) => {
      ring = resolve;
    });
    return { ring, rung };
  };
  const [arrived, answer, told, again] = [signal(), signal(), signal(), signal()];
  await t.center.store.outbox.put({ orderId: randomId(), lgCode: yunagi, copies: [] }, t.clocks.machine);
  t.issuer.onOutcome = () => {
    arrived.ring();
    return answer.rung;
  };
  t.site.onList = told.ring;
  t.pass(600_000);
  let looks = 0;
  const { store } = t.center;
  const municipalitiesWithDue: typeof store.orders.municipalitiesWithDue = async (state, at) => {
    // Three states a round.
    if (++looks > 3) again.ring();
    return store.orders.municipalitiesWithDue(state, at);
  };
  const another = t.another({ store: { ...store, orders: { ...store.orders, municipalitiesWithDue } } });
  const work = startJobs(another, systemClocks(), 1);
  await Promise.all([arrived.rung, told.rung, again.rung]);
  answer.ring();
  await work.stop();
  t.issuer.onOutcome = () => undefined;
  t.site.onList = () => undefined;
});

test('staff see and release suspensions by command, with name and reason or not at all', async () => {
  const { store } = t.center;
  const run = (command: string, options = {}) => staffCommand(store, command, options, noon);
  expect(await run('suspensions')).toBe('nothing is suspended');
  await store.suspensions.suspend({ lgCode: yunagi, kind: 'resident-record' }, null, 'subject', noon);
  expect(await run('suspensions')).toBe(`${yunagi} resident-record`);
  const what = { 'lg-code': yunagi, kind: 'resident-record' };
  await expect(run('release-suspension', what)).rejects.toBeInstanceOf(UsageError);
  await expect(run('release-suspension', { ...what, staff: '運用 一郎' })).rejects.toBeInstanceOf(UsageError);
  await expect(run('release-suspension', { ...what, staff: '運用 一郎', reason: ' ' })).rejects.toBeInstanceOf(
    UsageError,
  );
  await expect(run('release-everything')).rejects.toBeInstanceOf(UsageError);
  const release = { ...what, staff: '運用 一郎', reason: 'the vendor found the cause' };
  expect(await run('release-suspension', release)).toBe(`released: ${yunagi} resident-record`);
  expect(await run('release-suspension', release)).toBe(`was not suspended: ${yunagi} resident-record`);
});
