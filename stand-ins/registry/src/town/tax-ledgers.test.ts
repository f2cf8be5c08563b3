import { earliestDay, testMunicipalities } from '@machikado/domain';
import { TaxLedger } from '@machikado/protocol';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { generateTown } from './generate-town.ts';
import type { PersonaKey } from './personas.ts';
import { fiscalYears } from './tax-ledgers.ts';

const towns = [...testMunicipalities.keys()].map((lgCode) => generateTown(lgCode, 'test'));
const sum = (rows: readonly { readonly yen: number }[]) => rows.reduce((total, { yen }) => total + yen, 0);

test.each(towns)('$name: every ledger is valid and adds up', ({ ledgers }) => {
  expect(ledgers.length).toBeGreaterThan(2_000);
  for (const { ledger } of ledgers) {
    expect(Check(TaxLedger, ledger)).toBe(true);
    expect(sum(ledger.income)).toBe(ledger.totalIncomeYen);
    expect(sum(ledger.assessed)).toBe(ledger.totalAssessedYen);
    expect(ledger.payments.reduce((total, { dueYen }) => total + dueYen, 0)).toBe(ledger.totalAssessedYen);
    const rest = Math.max(0, ledger.totalIncomeYen - sum(ledger.deductions));
    if (ledger.state === 'fixed') expect(ledger.taxableIncomeYen).toBe(Math.floor(rest / 1000) * 1000);
    for (const { paidYen, dueYen } of ledger.payments) expect(paidYen).toBeLessThanOrEqual(dueYen);
    const forest = ledger.assessed.filter(({ label }) => label === '森林環境税');
    expect(forest).toHaveLength(ledger.fiscalYear >= 2024 && ledger.assessed.length > 0 ? 1 : 0);
  }
});

test.each(towns)(
  '$name: who did not live here on 1 January is not taxed here, and nobody is taxed before birth',
  (town) => {
    const people = new Map(town.households.flatMap(({ members }) => members.map((m) => [m.residentId, m])));
    for (const { residentId, ledger } of town.ledgers) {
      const newYear = `${ledger.fiscalYear}-01-01`;
      const person = people.get(residentId);
      if (!person?.addressSince) throw new Error('a ledger of nobody');
      expect(ledger.state === 'no-taxing-right').toBe(earliestDay(person.addressSince) > newYear);
      expect(earliestDay(person.birth) <= newYear).toBe(true);
    }
  },
);

test.each<[PersonaKey, (ledger: TaxLedger) => boolean]>([
  ['single', (l) => l.state === 'fixed' && l.totalAssessedYen > 0 && unpaidOf(l) === 0],
  ['tax-many-incomes', (l) => l.income.length >= 5 && l.deductions.length >= 8],
  ['tax-exempt', (l) => l.state === 'fixed' && l.totalAssessedYen === 0 && l.payments.length === 0],
  ['tax-undeclared', (l) => l.state === 'undeclared'],
  ['tax-in-process', (l) => l.state === 'in-process'],
  ['tax-unpaid', (l) => l.state === 'fixed' && unpaidOf(l) > 0],
  ['tax-no-right', (l) => l.state === 'no-taxing-right'],
  ['tax-stopped', (l) => l.state === 'stopped'],
])('%s is what its name says in 2026', (persona, holds) => {
  for (const { ledgers, personas } of towns) {
    const own = ledgers.filter(({ residentId }) => residentId === personas[persona]).map(({ ledger }) => ledger);
    expect(own.map(({ fiscalYear }) => fiscalYear)).toEqual([...fiscalYears]);
    expect(holds(own.at(-1) as TaxLedger)).toBe(true);
  }
});

function unpaidOf({ payments }: TaxLedger): number {
  return payments.reduce((total, { dueYen, paidYen }) => total + dueYen - paidYen, 0);
}
