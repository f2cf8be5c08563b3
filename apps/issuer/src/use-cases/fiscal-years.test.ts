import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ports } from '../ports.ts';
import { type Bench, createBench, municipalityOf, YUNAGI } from '../testing/issuer-bench.ts';
import { taxOf } from '../testing/people.ts';
import { issueOrder } from './issue-order.ts';
import { listOffers } from './list-offers.ts';

let bench: Bench;
let resident: Awaited<ReturnType<Bench['addHousehold']>>;
beforeAll(async () => {
  bench = await createBench();
  const income = { scopes: ['self' as const], items: [], copiesMax: 1, fiscalYears: { count: 2, newFrom: '06-10' } };
  const tariff = { 'tax-income': [{ from: '2020-04-01', value: 300 }] };
  bench.towns.set(YUNAGI, municipalityOf(YUNAGI, { kinds: { 'tax-income': income }, tariff }));
  resident = await bench.addHousehold([{}]);
});
afterAll(() => bench.close());

/** The registry has a ledger of every year that is asked for. */
const ports = (): Ports => ({
  ...bench.ports,
  registry: {
    ...bench.ports.registry,
    readRecord: async (question, deadline) => ({
      ...(await bench.ports.registry.readRecord(question, deadline)),
      ...(question.fiscalYear !== undefined && { tax: taxOf({ fiscalYear: question.fiscalYear }) }),
    }),
  },
});

async function on(day: string) {
  bench.clock.now = new Date(`${day}T12:00:00+09:00`);
  await bench.database.ownerDb.query(`update m${YUNAGI}.feed set followed_at = $1`, [bench.clock.now]);
  await bench.database.ownerDb.query(`update m${YUNAGI}.book set reconciled_at = $1`, [bench.clock.now]);
}
async function yearsOnMenu() {
  const { sessionId, lgCode, proof } = bench.orderFor(resident.card, resident.record);
  return (await listOffers({ sessionId, lgCode, proof }, bench.deadline(), ports())).offers[0]?.fiscalYears;
}
function orderOf(fiscalYear: number) {
  const selection = { kind: 'tax-income', scope: 'self', fiscalYear, feeYen: 300 } as const;
  const order = bench.orderFor(resident.card, resident.record, { selection });
  return issueOrder(order, bench.deadline(), ports()).then(
    () => 'issued',
    (error: { code?: string }) => error.code,
  );
}

test('until the switch in June the newest 年度 is last year’s, and no other can be ordered', async () => {
  await on('2026-06-09');
  expect(await yearsOnMenu()).toEqual([2025, 2024]);
  expect([await orderOf(2026), await orderOf(2025), await orderOf(2023)]).toEqual([
    ...['KIND_NOT_OFFERED', 'issued', 'KIND_NOT_OFFERED'],
  ]);
  await on('2026-06-10');
  expect(await yearsOnMenu()).toEqual([2026, 2025]);
  expect([await orderOf(2026), await orderOf(2024)]).toEqual(['issued', 'KIND_NOT_OFFERED']);
});
