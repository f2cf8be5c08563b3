import assert from 'node:assert/strict';
import { test } from 'vitest';
import { compareTruths, type JournalLine, type LedgerOrder } from './truths.ts';

const outcome = {
  copies: [{ copy: 1, outcome: 'output' as const, sheetsOut: 1 }],
  refundedYen: 0,
  refundPayableYen: 0,
  changePayableYen: 0,
};
const journal: readonly JournalLine[] = [
  { orderId: 'a', event: 'order-intended' },
  { orderId: 'a', event: 'order-sealed', copies: [{ copy: 1, sheets: 1 }] },
  { orderId: 'a', event: 'outcome-intended', outcome },
  { orderId: 'a', event: 'order-closed' },
];
const order: LedgerOrder = {
  orderId: 'a',
  state: 'settled',
  feeYen: 300,
  copies: [{ copy: 1, feeYen: 300, outcome: 'output' }],
  refundedYen: 0,
  refundPayableYen: 0,
  owedYen: 0,
};
const physical = {
  cash: { insertedYen: 500, escrowYen: 0, returnedYen: 0, fixedYen: 500, clearedYen: 0, dispensedYen: 200 },
  sheetsOut: new Map([['a.1.1', 1]]),
  jobsActive: 0,
  sheetsInTray: 0,
};

test('one story told three times agrees', () => {
  assert.deepEqual(compareTruths(physical, journal, [order]), []);
});

test('change that is owed stands in all three', () => {
  const devices = { ...physical, cash: { ...physical.cash, dispensedYen: 0 } };
  const lines = [...journal, { orderId: 'a', event: 'paid-out', owedYen: 200 }];
  assert.deepEqual(compareTruths(devices, lines, [{ ...order, owedYen: 200 }]), []);
});

test.each([
  ['a charge without paper', { ...physical, sheetsOut: new Map() }, journal, order],
  ['paper twice', { ...physical, sheetsOut: new Map([['a.1.1', 2]]) }, journal, order],
  ['a stranger’s sheet', { ...physical, sheetsOut: new Map([...physical.sheetsOut, ['b.1.1', 1]]) }, journal, order],
  ['a coin too many', { ...physical, cash: { ...physical.cash, dispensedYen: 190 } }, journal, order],
  ['money in escrow', { ...physical, cash: { ...physical.cash, escrowYen: 10 } }, journal, order],
  ['a living job', { ...physical, jobsActive: 1 }, journal, order],
  ['an order left open', physical, journal.slice(0, -1), order],
  ['an order left paid', physical, journal, { ...order, state: 'paid' as const }],
  ['an outcome that differs', physical, journal, { ...order, refundedYen: 300 }],
  ['a debt that only the ledger knows', physical, journal, { ...order, owedYen: 200 }],
  [
    'a debt that only the kiosk knows',
    { ...physical, cash: { ...physical.cash, dispensedYen: 0 } },
    [...journal, { orderId: 'a', event: 'paid-out', owedYen: 200 }],
    order,
  ],
  ['an order without a journal', physical, journal, { ...order, orderId: 'c' }],
  [
    'free paper',
    { ...physical, cash: { ...physical.cash, dispensedYen: 500 } },
    journal,
    { ...order, copies: [{ copy: 1, feeYen: 300, outcome: 'not-output' as const }] },
  ],
])('finds %s', (_, devices, lines, ledgerOrder) => {
  assert.notDeepEqual(compareTruths(devices, lines, [ledgerOrder]), []);
});
