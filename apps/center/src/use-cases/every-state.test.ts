/** Walks the table of endpoints: each one against each state, allowed or refused with its code, and a refusal changes nothing. */
import { centerEndpoints, commonRefusals, type ErrorCode, type OrderState, orderMoves } from '@machikado/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  begin,
  codeOf,
  createTestCenter,
  kioskA,
  kioskB,
  login,
  offersFor,
  orderFor,
  orderIn,
  type Proven,
  pay,
  place,
  prove,
  randomId,
  report,
  stateOf,
  type TestCenter,
} from '../testing/test-center.ts';
import { cancelOrder } from './cancel-order.ts';
import { endSession } from './end-session.ts';
import { findOrderStatus } from './find-order-status.ts';

let t: TestCenter;
beforeAll(async () => {
  t = await createTestCenter();
});
afterAll(() => t.close());

const states = Object.keys(orderMoves) as OrderState[];
type Sealed = Awaited<ReturnType<typeof orderIn>>;

const calls = {
  reportPayment: (sealed: Sealed, kiosk = kioskA) => pay(t.center, sealed, 300, kiosk),
  cancelOrder: (sealed: Sealed, kiosk = kioskA) =>
    cancelOrder(t.center, kiosk, sealed.orderId, { reason: 'resident', depositPayableYen: 0 }),
  reportOutcome: (sealed: Sealed, kiosk = kioskA) => report(t.center, sealed, undefined, kiosk),
  orderStatus: (sealed: Sealed, kiosk = kioskA) => findOrderStatus(t.center, kiosk, sealed.orderId),
};

/** Code and state afterwards, for each endpoint and state. */
const expected: Record<keyof typeof calls, Record<OrderState, readonly [ErrorCode | 'ok', OrderState]>> = {
  reportPayment: {
    requested: ['ORDER_UNKNOWN', 'requested'],
    sealed: ['ok', 'paid'],
    paid: ['ok', 'paid'],
    settled: ['ORDER_DEAD', 'settled'],
    failed: ['ORDER_DEAD', 'failed'],
    cancelled: ['ORDER_DEAD', 'cancelled'],
  },
  cancelOrder: {
    requested: ['ok', 'failed'],
    sealed: ['ok', 'cancelled'],
    paid: ['ORDER_ALREADY_PAID', 'paid'],
    settled: ['ORDER_ALREADY_PAID', 'settled'],
    failed: ['ok', 'failed'],
    cancelled: ['ok', 'cancelled'],
  },
  reportOutcome: {
    requested: ['ORDER_NOT_PAID', 'requested'],
    sealed: ['ORDER_NOT_PAID', 'sealed'],
    paid: ['ok', 'settled'],
    settled: ['ok', 'settled'],
    failed: ['ORDER_DEAD', 'failed'],
    cancelled: ['ORDER_DEAD', 'cancelled'],
  },
  orderStatus: {
    requested: ['ok', 'requested'],
    sealed: ['ok', 'sealed'],
    paid: ['ok', 'paid'],
    settled: ['ok', 'settled'],
    failed: ['ok', 'failed'],
    cancelled: ['ok', 'cancelled'],
  },
};

const endpoints = Object.keys(calls) as (keyof typeof calls)[];

describe.each(endpoints)('%s', (name) => {
  const mayRefuseWith: readonly string[] = [...centerEndpoints[name].refusals, ...commonRefusals, 'ok'];

  test.each(states)('of an order that is %s', async (state) => {
    const [code, after] = expected[name][state];
    expect(mayRefuseWith).toContain(code);
    const sealed = await orderIn(t, state);
    expect(await stateOf(t.center, sealed.orderId)).toBe(state);
    expect(await codeOf(calls[name](sealed))).toBe(code);
    expect(await stateOf(t.center, sealed.orderId)).toBe(after);
    // A repeat gets the same answer and moves nothing.
    expect(await codeOf(calls[name](sealed))).toBe(code);
    expect(await stateOf(t.center, sealed.orderId)).toBe(after);
  });

  test.each(states)('by another kiosk, of an order that is %s, is about an unknown order', async (state) => {
    const sealed = await orderIn(t, state);
    expect(await codeOf(calls[name](sealed, kioskB))).toBe('ORDER_UNKNOWN');
    expect(await stateOf(t.center, sealed.orderId)).toBe(state);
  });

  test('of an order that nobody placed', async () => {
    const sealed = await orderIn(t, 'sealed');
    expect(await codeOf(calls[name]({ ...sealed, orderId: randomId() }))).toBe('ORDER_UNKNOWN');
  });
});

test.each(states)(
  'placing an order again that is %s: ORDER_DEAD, and what was alive and unpaid is given up',
  async (state) => {
    const request = orderFor(await login(t.center));
    await place(t.center, request);
    await t.database.ownerDb.run('UPDATE orders SET state = $2 WHERE order_id = $1', [request.orderId, state]);
    expect(await codeOf(place(t.center, request))).toBe('ORDER_DEAD');
    const after = { requested: 'failed', sealed: 'cancelled' } as Partial<Record<OrderState, OrderState>>;
    expect(await stateOf(t.center, request.orderId)).toBe(after[state] ?? state);
  },
);

type SessionState = 'challenged' | 'proven' | 'burnt' | 'ended' | 'expired';

async function sessionIn(state: SessionState): Promise<Proven> {
  const proven = await login(t.center);
  const { sessionId } = proven.challenge;
  if (state === 'challenged' || state === 'burnt') {
    const challenge = await begin(t.center);
    if (state === 'burnt') await endSession(t.center, kioskA, challenge.sessionId);
    return { ...proven, challenge };
  }
  if (state === 'ended') await endSession(t.center, kioskA, sessionId);
  if (state === 'expired')
    await t.center.store.transaction((tables) => tables.sessions.move(sessionId, 'proven', 'expired'));
  return proven;
}

describe.each([
  ['challenged', { prove: 'ok', use: 'SESSION_UNKNOWN' }],
  ['proven', { prove: 'CHALLENGE_USED', use: 'ok' }],
  ['burnt', { prove: 'CHALLENGE_USED', use: 'SESSION_UNKNOWN' }],
  ['ended', { prove: 'CHALLENGE_USED', use: 'SESSION_UNKNOWN' }],
  ['expired', { prove: 'CHALLENGE_USED', use: 'SESSION_EXPIRED' }],
] as const)('a session that is %s', (state, codes) => {
  test('proveSession', async () => {
    const { challenge } = await sessionIn(state);
    expect(await codeOf(prove(t.center, challenge))).toBe(codes.prove);
  });
  test('askOffers and placeOrder', async () => {
    const proven = await sessionIn(state);
    expect(await codeOf(offersFor(t.center, proven))).toBe(codes.use);
    expect(await codeOf(place(t.center, orderFor(proven)))).toBe(codes.use);
  });
  test('endSession', async () => {
    const { challenge } = await sessionIn(state);
    expect(await codeOf(endSession(t.center, kioskA, challenge.sessionId))).toBe('ok');
    expect(await codeOf(endSession(t.center, kioskB, challenge.sessionId))).toBe('SESSION_UNKNOWN');
  });
});
