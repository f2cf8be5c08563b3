import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliverOutcomes } from '../jobs/deliver-outcomes.ts';
import {
  codeOf,
  createTestCenter,
  eventsOf,
  kioskA,
  noon,
  opened,
  orderIn,
  outcomeOf,
  pay,
  placed,
  report,
  stateOf,
  type TestCenter,
  yunagi,
} from '../testing/test-center.ts';
import { cancelOrder } from './cancel-order.ts';
import { findOrderStatus } from './find-order-status.ts';

let t: TestCenter;
beforeAll(async () => {
  t = await createTestCenter();
});
afterAll(() => t.close());

/** What the issuing server heard about the copies of this order, each time. */
function toldIssuer(orderId: string): string[][] {
  const about = t.issuer.outcomes.filter((outcome) => outcome.orderId === orderId);
  return about.map(({ copies }) => copies.map(({ outcome }) => outcome));
}

function transfersOf(orderId: string) {
  return t.database.db.query<{ copy: number; kind: string; debit: string; credit: string; yen: number }>(
    'SELECT copy, kind, debit, credit, amount_yen AS yen FROM ledger_transfers WHERE order_id = $1 ORDER BY copy, kind',
    [orderId],
  );
}

/** What lies on each account of this order. */
async function balances(orderId: string): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { debit, credit, yen } of await transfersOf(orderId)) {
    sums[debit] = (sums[debit] ?? 0) + yen;
    sums[credit] = (sums[credit] ?? 0) - yen;
  }
  return Object.fromEntries(Object.entries(sums).map(([account, yen]) => [account.replace(orderId, 'order'), yen]));
}

async function sharesLeft(orderId: string): Promise<number> {
  const row = await t.database.db.one<{ n: number }>(
    'SELECT count(center_share)::int AS n FROM order_copies WHERE order_id = $1',
    [orderId],
  );
  return row.n;
}

const cancel = (orderId: string, depositPayableYen = 0, center = t.center) =>
  cancelOrder(center, kioskA, orderId, { reason: 'resident', depositPayableYen });

function noticesOf(orderId: string) {
  return t.database.db.query<{ copy: number; notice: string }>(
    'SELECT copy, notice FROM notices WHERE order_id = $1 ORDER BY copy, notice',
    [orderId],
  );
}

describe('payment', () => {
  test('releases the shares and puts the fee into suspense, once, however often it is reported', async () => {
    const sealed = await placed(t.center, 2);
    const shares = await pay(t.center, sealed);
    expect(await pay(t.another(), sealed)).toEqual(shares);
    expect(opened(sealed, shares)).toHaveLength(2);
    expect(await balances(sealed.orderId)).toEqual({ 'store-cash:operator-a': 600, 'suspense:order': -600 });
  });

  test('takes no less than the fee, and stays open for the rest', async () => {
    const sealed = await placed(t.center);
    expect(await codeOf(pay(t.center, sealed, 299))).toBe('PAYMENT_SHORT');
    expect(await stateOf(t.center, sealed.orderId)).toBe('sealed');
    expect(await transfersOf(sealed.orderId)).toEqual([]);
    expect(await codeOf(pay(t.center, sealed, 500))).toBe('ok');
    expect(await balances(sealed.orderId)).toMatchObject({ 'suspense:order': -300 });
  });

  test('with another deposit or another manifest is a conflict', async () => {
    const sealed = await placed(t.center);
    const other = await placed(t.center);
    expect(await codeOf(pay(t.center, { ...sealed, manifest: other.manifest }))).toBe('IDEMPOTENCY_CONFLICT');
    expect(await stateOf(t.center, sealed.orderId)).toBe('sealed');
    await pay(t.center, sealed, 300);
    expect(await codeOf(pay(t.center, sealed, 500))).toBe('IDEMPOTENCY_CONFLICT');
    expect(await codeOf(pay(t.center, sealed, 300))).toBe('ok');
  });

  test('is not taken for what was sealed before a suspension', async () => {
    const sealed = await placed(t.center);
    const kind = 'resident-record';
    await t.center.store.suspensions.suspend({ lgCode: yunagi, kind }, null, 'test', noon);
    expect(await codeOf(pay(t.center, sealed))).toBe('ORDER_DEAD');
    expect(await stateOf(t.center, sealed.orderId)).toBe('cancelled');
    expect(await sharesLeft(sealed.orderId)).toBe(0);
    expect(await transfersOf(sealed.orderId)).toEqual([]);
    await t.center.store.suspensions.release({ lgCode: yunagi, kind }, 'staff', 'test', noon);
    expect(await codeOf(pay(t.center, sealed))).toBe('ORDER_DEAD');
  });

  test('reported before a suspension gets its shares again', async () => {
    const sealed = await placed(t.center);
    const shares = await pay(t.center, sealed);
    const kind = 'resident-record';
    await t.center.store.suspensions.suspend({ lgCode: yunagi, kind }, null, 'test', noon);
    expect(await pay(t.center, sealed)).toEqual(shares);
    await t.center.store.suspensions.release({ lgCode: yunagi, kind }, 'staff', 'test', noon);
  });

  test('reported many times at once is booked once and gets one answer', async () => {
    const sealed = await placed(t.center);
    const centers = [t.center, t.another(), t.another(), t.another()];
    const answers = await Promise.all(centers.map((center) => pay(center, sealed)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await transfersOf(sealed.orderId)).toHaveLength(1);
  });

  test('comes too late for a sealed order that has expired', async () => {
    const sealed = await placed(t.center);
    t.pass(600_000);
    expect(await codeOf(pay(t.center, sealed))).toBe('ORDER_DEAD');
    expect(await stateOf(t.center, sealed.orderId)).toBe('cancelled');
    expect(await sharesLeft(sealed.orderId)).toBe(0);
  });
});

test('an outcome that met the order as it became overdue leaves no notice behind', async () => {
  const sealed = await placed(t.center);
  await pay(t.center, sealed);
  let reported: Promise<unknown> | undefined;
  await t.another().store.transaction(async ({ orders, notices }) => {
    const order = await orders.find(sealed.orderId);
    if (!order) throw new Error('the order is gone');
    await orders.clearDue(order);
    await notices.raise(order, 0, 'outcome-overdue', noon);
    reported = report(t.center, sealed);
    await expect.poll(waitingForLocks, { timeout: 30_000 }).toBe(1);
  });
  expect(await reported).toMatchObject({ state: 'settled' });
  const about = (await t.center.store.notices.all()).filter(({ orderId }) => orderId === sealed.orderId);
  expect(about).toMatchObject([{ notice: 'outcome-overdue', resolvedAt: expect.any(Date) }]);
});

async function waitingForLocks(): Promise<number> {
  const rows = await t.database.db.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length;
}

test('payment and cancel race on one compare-and-set: one of them wins, and everything follows it', async () => {
  for (let i = 0; i < 12; i += 1) {
    const sealed = await placed(t.center);
    const [paid, cancelled] = await Promise.all(
      i % 2
        ? [
            codeOf(pay(t.center, sealed)),
            codeOf(cancelOrder(t.another(), kioskA, sealed.orderId, { reason: 'timeout', depositPayableYen: 0 })),
          ]
        : [
            codeOf(cancelOrder(t.another(), kioskA, sealed.orderId, { reason: 'timeout', depositPayableYen: 0 })),
            codeOf(pay(t.center, sealed)),
          ].reverse(),
    );
    const state = await stateOf(t.center, sealed.orderId);
    if (state === 'paid') {
      expect([paid, cancelled]).toEqual(['ok', 'ORDER_ALREADY_PAID']);
      expect(await transfersOf(sealed.orderId)).toHaveLength(1);
      expect(await sharesLeft(sealed.orderId)).toBe(1);
    } else {
      expect([state, paid, cancelled]).toEqual(['cancelled', 'ORDER_DEAD', 'ok']);
      expect(await transfersOf(sealed.orderId)).toEqual([]);
      expect(await sharesLeft(sealed.orderId)).toBe(0);
    }
  }
});

describe('outcome', () => {
  test('makes a whole output copy revenue, deletes the share and tells the issuing server', async () => {
    const sealed = await placed(t.center);
    await pay(t.center, sealed);
    const status = await report(t.center, sealed);
    expect(status).toMatchObject({ state: 'settled', copies: [{ copy: 1, state: 'output' }] });
    expect(await sharesLeft(sealed.orderId)).toBe(0);
    expect(await balances(sealed.orderId)).toEqual({
      'store-cash:operator-a': 300,
      'suspense:order': 0,
      [`fee-revenue:${yunagi}`]: -300,
    });
    await deliverOutcomes(t.center);
    expect(toldIssuer(sealed.orderId)).toEqual([['output']]);
    expect(await eventsOf(t, sealed.orderId)).toEqual(expect.arrayContaining(['copy-output', 'outcome-delivered']));
  });

  test('treats each copy on its own', async () => {
    const sealed = await placed(t.center, 3);
    await pay(t.center, sealed);
    await report(t.center, sealed, outcomeOf(sealed, ['output', 'uncertain', 'not-output'], 400));
    expect(await transfersOf(sealed.orderId)).toMatchObject([
      { copy: 0, kind: 'payment', yen: 900 },
      { copy: 1, kind: 'revenue', yen: 300 },
      { copy: 2, kind: 'refund', yen: 200 },
      { copy: 2, kind: 'refund-payable', yen: 100 },
      { copy: 3, kind: 'refund-payable', yen: 300 },
    ]);
    expect(await balances(sealed.orderId)).toEqual({
      'store-cash:operator-a': 700,
      'suspense:order': 0,
      [`fee-revenue:${yunagi}`]: -300,
      'refund-payable:operator-a': -400,
    });
    await deliverOutcomes(t.center);
    expect(toldIssuer(sealed.orderId)).toEqual([['output', 'cancelled', 'cancelled']]);
    expect(await noticesOf(sealed.orderId)).toEqual([
      { copy: 0, notice: 'refund-owed' },
      { copy: 2, notice: 'copy-uncertain' },
    ]);
  });

  test('owes the resident the change that was not given, beside the fee', async () => {
    const sealed = await placed(t.center);
    await pay(t.center, sealed, 1000);
    const outcome = { ...outcomeOf(sealed), changePayableYen: 700 };
    const answer = await report(t.center, sealed, outcome);
    expect(await balances(sealed.orderId)).toEqual({
      'store-cash:operator-a': 1000,
      'suspense:order': 0,
      [`fee-revenue:${yunagi}`]: -300,
      'refund-payable:operator-a': -700,
    });
    expect(await noticesOf(sealed.orderId)).toEqual([{ copy: 0, notice: 'refund-owed' }]);
    expect(await report(t.center, sealed, outcome)).toEqual(answer);
    expect(await codeOf(report(t.center, sealed, outcomeOf(sealed)))).toBe('IDEMPOTENCY_CONFLICT');
  });

  test('must add up, or changes nothing', async () => {
    const sealed = await placed(t.center, 2);
    await pay(t.center, sealed);
    const good = outcomeOf(sealed, ['output', 'not-output']);
    const [one, two] = good.copies as [(typeof good.copies)[number], (typeof good.copies)[number]];
    const bad = [
      { ...good, refundedYen: 299 },
      { ...good, refundedYen: 0 },
      { ...good, refundPayableYen: 1 },
      { ...good, copies: [one] },
      { ...good, copies: [one, one] },
      { ...good, copies: [one, two, two] },
      { ...good, copies: [one, { ...two, copy: 3 }] },
      { ...good, copies: [{ ...one, sheetsOut: 0 }, two] },
    ];
    for (const outcome of bad) expect(await codeOf(report(t.center, sealed, outcome))).toBe('OUTCOME_UNBALANCED');
    expect(await stateOf(t.center, sealed.orderId)).toBe('paid');
    expect(await transfersOf(sealed.orderId)).toHaveLength(1);
    expect(await sharesLeft(sealed.orderId)).toBe(2);
    expect(await codeOf(report(t.center, sealed, good))).toBe('ok');
  });

  test('gets the same answer again, and another outcome is a conflict', async () => {
    const sealed = await placed(t.center, 2);
    await pay(t.center, sealed);
    const outcome = outcomeOf(sealed, ['output', 'not-output']);
    const answer = await report(t.center, sealed, outcome);
    const reordered = { ...outcome, copies: outcome.copies.toReversed() };
    expect(await report(t.another(), sealed, reordered)).toEqual(answer);
    expect(await codeOf(report(t.center, sealed, outcomeOf(sealed)))).toBe('IDEMPOTENCY_CONFLICT');
    expect(await codeOf(pay(t.center, sealed))).toBe('ORDER_DEAD');
  });

  test('reported many times at once is booked once', async () => {
    const sealed = await placed(t.center);
    await pay(t.center, sealed);
    const centers = [t.center, t.another(), t.another(), t.another()];
    const codes = await Promise.all(centers.map((center) => codeOf(report(center, sealed))));
    expect(codes).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await transfersOf(sealed.orderId)).toHaveLength(2);
  });
});

test('a cancelled order is void: its share is gone, the issuing server hears that it is dead, no money moved', async () => {
  const sealed = await placed(t.center, 2);
  const answer = await cancel(sealed.orderId);
  expect(answer).toMatchObject({ state: 'cancelled', copies: [{ state: 'void' }, { state: 'void' }] });
  expect(await cancel(sealed.orderId)).toEqual(answer);
  expect(await findOrderStatus(t.center, kioskA, sealed.orderId)).toEqual(answer);
  expect(await sharesLeft(sealed.orderId)).toBe(0);
  expect(await transfersOf(sealed.orderId)).toEqual([]);
  await deliverOutcomes(t.center);
  expect(toldIssuer(sealed.orderId)).toEqual([[]]);
});

test.each(['requested', 'sealed', 'failed', 'cancelled'] as const)(
  'a deposit that cannot be given back is owed, once, for an order that is %s',
  async (state) => {
    const { orderId } = await orderIn(t, state);
    const answers = await Promise.all(
      [t.center, t.another(), t.another()].map((center) => cancel(orderId, 500, center)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await transfersOf(orderId)).toMatchObject([{ copy: 0, kind: 'deposit-payable', yen: 500 }]);
    expect(await balances(orderId)).toEqual({ 'store-cash:operator-a': 500, 'refund-payable:operator-a': -500 });
    expect(await noticesOf(orderId)).toEqual([{ copy: 0, notice: 'refund-owed' }]);
    for (const other of [0, 400]) expect(await codeOf(cancel(orderId, other))).toBe('IDEMPOTENCY_CONFLICT');
    expect(await transfersOf(orderId)).toHaveLength(1);
  },
);

test('no deposit is owed for an order that was paid', async () => {
  const { orderId } = await orderIn(t, 'paid');
  expect(await codeOf(cancel(orderId, 500))).toBe('ORDER_ALREADY_PAID');
  expect(await transfersOf(orderId)).toHaveLength(1);
});

test('the role of the running center can neither change nor delete what is booked or recorded', async () => {
  for (const table of ['ledger_transfers', 'audit_events', 'order_index'])
    for (const change of [`UPDATE ${table} SET lg_code = lg_code`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
      await expect(t.database.db.run(change)).rejects.toThrow(/permission denied/);
  const fixed = {
    sessions: ['session_id', 'kiosk_id', 'nonce', 'exporter'],
    directory: ['cert_ref', 'role'],
    orders: ['order_id', 'kiosk_id', 'operator_id', 'fee_yen', 'copies', 'test', 'selection_digest'],
    order_copies: ['order_id', 'copy', 'issue_number', 'fee_yen', 'binding_digest'],
    suspensions: ['kind', 'order_id', 'reason', 'suspended_at'],
    outcome_outbox: ['outbox_id', 'payload'],
    notices: ['notice', 'raised_at'],
  };
  for (const [table, columns] of Object.entries(fixed))
    for (const column of columns)
      await expect(t.database.db.run(`UPDATE ${table} SET ${column} = ${column}`)).rejects.toThrow(/permission denied/);
  for (const table of ['directory', 'orders', 'order_copies', 'suspensions', 'notices'])
    await expect(t.database.db.run(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
});
