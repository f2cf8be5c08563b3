import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, createBench, MUTEKI, YUNAGI } from '../testing/issuer-bench.ts';
import { issueOrder } from './issue-order.ts';
import { recordOutcome } from './record-outcome.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench.close());

async function issuedOrder(copies: number) {
  const { card, record } = await bench.addHousehold([{}]);
  const order = bench.orderFor(card, record, { selection: { copies } });
  await issueOrder(order, bench.deadline(), bench.ports);
  const rows = await bench.rows<{ issue_number: string }>(
    `select issue_number from issue_number where order_id = '${order.orderId}' order by copy`,
  );
  return { orderId: order.orderId, numbers: rows.map((row) => row.issue_number) };
}
const report = (orderId: string, copies: [string, 'output' | 'cancelled'][], lgCode = YUNAGI) =>
  recordOutcome(
    {
      orderId,
      outcome: { orderId, lgCode, copies: copies.map(([issueNumber, outcome]) => ({ issueNumber, outcome })) },
    },
    bench.ports,
  );
const states = (orderId: string) =>
  bench
    .rows<{ state: string }>(`select state from issue_number where order_id = '${orderId}' order by copy`)
    .then((rows) => rows.map((row) => row.state));

describe('the outcome', () => {
  test('of one copy never touches another', async () => {
    const { orderId, numbers } = await issuedOrder(2);
    await report(orderId, [[numbers[1] as string, 'cancelled']]);
    expect(await states(orderId)).toEqual(['issued', 'cancelled']);
    await report(orderId, [[numbers[0] as string, 'output']]);
    expect(await states(orderId)).toEqual(['handed-over', 'cancelled']);
  });

  test('that comes again changes nothing and is recorded once', async () => {
    const { orderId, numbers } = await issuedOrder(1);
    const copies: [string, 'output'][] = [[numbers[0] as string, 'output']];
    await Promise.all([report(orderId, copies), report(orderId, copies), report(orderId, copies)]);
    const entries = await bench.rows(
      `select 1 from delivery_record where event = 'copy-handed-over' and (body::jsonb) ->> 'orderId' = '${orderId}'`,
    );
    expect(entries).toHaveLength(1);
  });

  test('cannot bring back a cancelled number', async () => {
    const { orderId, numbers } = await issuedOrder(1);
    await report(orderId, [[numbers[0] as string, 'cancelled']]);
    await expect(report(orderId, [[numbers[0] as string, 'output']])).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(await states(orderId)).toEqual(['cancelled']);
  });

  test('without copies kills the order and cancels every number it has, once', async () => {
    const { orderId } = await issuedOrder(2);
    await report(orderId, []);
    await report(orderId, []);
    expect(await states(orderId)).toEqual(['cancelled', 'cancelled']);
    const entries = await bench.rows(
      `select 1 from delivery_record where event = 'order-given-up' and (body::jsonb) ->> 'orderId' = '${orderId}'`,
    );
    expect(entries).toHaveLength(1);
  });

  test('without copies buries an order that has not arrived yet: when it comes, it is dead', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const order = bench.orderFor(card, record);
    await report(order.orderId, []);
    await expect(issueOrder(order, bench.deadline(), bench.ports)).rejects.toMatchObject({ code: 'ORDER_DEAD' });
    expect(await states(order.orderId)).toEqual([]);
  });

  test('without copies cannot take back a copy that was handed over', async () => {
    const { orderId, numbers } = await issuedOrder(1);
    await report(orderId, [[numbers[0] as string, 'output']]);
    await expect(report(orderId, [])).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await states(orderId)).toEqual(['handed-over']);
  });

  test('of a number of another order, or told to another town, changes nothing', async () => {
    const one = await issuedOrder(1);
    const two = await issuedOrder(1);
    await expect(report(one.orderId, [[two.numbers[0] as string, 'cancelled']])).rejects.toMatchObject({
      code: 'ORDER_UNKNOWN',
    });
    await expect(report(one.orderId, [[one.numbers[0] as string, 'cancelled']], MUTEKI)).rejects.toMatchObject({
      code: 'ORDER_UNKNOWN',
    });
    expect(await states(one.orderId)).toEqual(['issued']);
    expect(await states(two.orderId)).toEqual(['issued']);
  });

  test('that names one copy twice with two ends is refused whole', async () => {
    const { orderId, numbers } = await issuedOrder(1);
    const [number = ''] = numbers;
    await expect(
      report(orderId, [
        [number, 'output'],
        [number, 'cancelled'],
      ]),
    ).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(await states(orderId)).toEqual(['issued']);
  });
});
