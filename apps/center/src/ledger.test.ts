import { type CopyOutcome, copyOutcomes } from '@machikado/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { depositTransfers, outcomeTransfers, paymentTransfers, payoutTransfer } from './ledger.ts';
import type { Copy, Transfer } from './model.ts';

const payer = { lgCode: '990019', orderId: '00'.repeat(16), operatorId: 'operator-a', test: false };

function copiesFrom(fees: readonly number[]): Copy[] {
  return fees.map((feeYen, i) => ({
    copy: i + 1,
    issueNumber: String(i).padStart(16, '0'),
    feeYen,
    sheets: 1,
    bindingDigest: '',
    state: 'released',
    centerShare: null,
    sheetsOut: null,
  }));
}

const suspense = (transfers: readonly Transfer[]) =>
  transfers.reduce((sum, { debit, credit, amountYen }) => {
    if (credit.startsWith('suspense')) return sum + amountYen;
    return debit.startsWith('suspense') ? sum - amountYen : sum;
  }, 0);
const credited = (transfers: readonly Transfer[], account: string) =>
  transfers.filter(({ credit }) => credit.startsWith(account)).reduce((sum, { amountYen }) => sum + amountYen, 0);
const balance = (transfers: readonly Transfer[], account: string) =>
  transfers.reduce((sum, { debit, credit, amountYen }) => {
    if (debit.startsWith(account)) return sum + amountYen;
    return credit.startsWith(account) ? sum - amountYen : sum;
  }, 0);

test('whatever comes out, nothing is left in suspense and each yen is on one account', () => {
  const copy = fc.record({ feeYen: fc.integer({ min: 0, max: 800 }), outcome: fc.constantFrom(...copyOutcomes) });
  fc.assert(
    fc.property(
      fc.array(copy, { minLength: 1, maxLength: 20 }),
      fc.nat(),
      fc.nat(1000),
      (drawn, cut, changePayableYen) => {
        const fees = drawn.map(({ feeYen }) => feeYen);
        const feeYen = fees.reduce((a, b) => a + b, 0);
        const back = drawn.filter(({ outcome }) => outcome !== 'output').reduce((sum, one) => sum + one.feeYen, 0);
        const refundedYen = back === 0 ? 0 : cut % (back + 1);
        const order = { ...payer, feeYen };
        const report = {
          copies: drawn.map(({ outcome }: { outcome: CopyOutcome }, i) => ({ copy: i + 1, outcome, sheetsOut: 1 })),
          refundedYen,
          refundPayableYen: back - refundedYen,
          changePayableYen,
        };
        const paid = paymentTransfers(order);
        const settled = outcomeTransfers(order, copiesFrom(fees), report);
        expect(suspense(paid)).toBe(feeYen);
        expect(suspense([...paid, ...settled])).toBe(0);
        expect(credited(settled, 'store-cash')).toBe(refundedYen);
        expect(credited(settled, 'refund-payable')).toBe(back - refundedYen + changePayableYen);
        expect(credited(settled, 'fee-revenue')).toBe(feeYen - back);
        for (const { amountYen } of [...paid, ...settled]) expect(amountYen).toBeGreaterThan(0);
        const owedYen = credited(settled, 'refund-payable');
        const all = owedYen > 0 ? [...paid, ...settled, payoutTransfer(order, owedYen)] : [...paid, ...settled];
        expect(balance(all, 'refund-payable')).toBe(0);
        expect(balance(all, 'store-cash')).toBe(feeYen - back);
        const keys = settled.map(({ copy: n, kind }) => `${n} ${kind}`);
        expect(new Set(keys).size).toBe(keys.length);
      },
    ),
  );
});

test('a deposit that is owed and paid out leaves nothing on any account', () => {
  const order = { ...payer, feeYen: 300 };
  const all = [...depositTransfers(order, 500), payoutTransfer(order, 500)];
  for (const account of ['refund-payable', 'store-cash']) expect(balance(all, account)).toBe(0);
});
