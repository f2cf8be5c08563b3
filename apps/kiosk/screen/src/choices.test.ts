import type { Offers } from '@machikado/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Choosing,
  feeYenOf,
  fitted,
  noChoices,
  orderOf,
  stepAfter,
  stepAfterCorrection,
  stepBefore,
  stepsOf,
} from './choices.ts';
import { offers } from './testing/scenes.ts';

const scope = fc.constantFrom('household', 'part', 'self');
const item = fc.constantFrom('relationship', 'registered-domicile', 'my-number');
const year = fc.constantFrom(2024, 2025, 2026);
const anyChoosing: fc.Arbitrary<Choosing> = fc
  .record({
    persons: fc.integer({ min: 1, max: 9 }),
    scopes: fc.uniqueArray(scope, { minLength: 1 }),
    items: fc.uniqueArray(item),
    feeYen: fc.integer({ min: 0, max: 1000 }),
    copiesMax: fc.integer({ min: 1, max: 20 }),
    sheetsLeft: fc.integer({ min: 0, max: 30 }),
    years: fc.uniqueArray(year),
    strangers: fc.integer({ min: 0, max: 3 }),
    chosen: fc.record({
      scope,
      items: fc.uniqueArray(item),
      agreed: fc.uniqueArray(item),
      fiscalYear: year,
      copies: fc.integer({ min: 1, max: 20 }),
    }),
    some: fc.boolean(),
  })
  .map(({ persons, scopes, items, feeYen, copiesMax, sheetsLeft, years, strangers, chosen, some }) => {
    const people: Offers['persons'] = Array.from({ length: persons }, (_, i) => ({
      personRef: String(i).padStart(32, '0'),
      name: `人${i}`,
      isSelf: i === 0,
    }));
    /** Of another book. */
    const others: Offers['persons'] = Array.from({ length: strangers }, (_, i) => ({
      personRef: `f${i}`.padStart(32, '0'),
      name: `名${i}`,
      isSelf: i === 0,
    }));
    return {
      offers: {
        ...offers,
        persons: [...people, ...others],
        offers: [
          {
            ...{ kind: 'resident-record', scopes, items, feeYen, copiesMax },
            ...(strangers > 0 && { personRefs: people.map(({ personRef }) => personRef) }),
            ...(years.length > 0 && { fiscalYears: years }),
          },
        ],
      },
      sheetsLeft,
      choices: {
        kind: 'resident-record',
        ...chosen,
        persons: some ? [...people.slice(-1), ...others].map(({ personRef }) => personRef) : [],
      },
    };
  });

test('an order never holds what was not offered, and its fee is copies times fee, to the yen', () => {
  fc.assert(
    fc.property(anyChoosing, (choosing) => {
      const fit = { ...choosing, choices: fitted(choosing) };
      const order = orderOf(fit);
      const [offer] = choosing.offers.offers;
      if (!order || !offer) return stepAfterCorrection(fit) !== 'confirm';
      expect(offer.scopes).toContain(order.scope);
      for (const one of order.items) expect(offer.items).toContain(one);
      expect(order.copies).toBeLessThanOrEqual(Math.min(offer.copiesMax, Math.max(1, choosing.sheetsLeft ?? 0)));
      expect(order.feeYen).toBe(offer.feeYen * order.copies);
      expect(order.feeYen).toBe(feeYenOf(fit));
      expect(order.fiscalYear === undefined).toBe(offer.fiscalYears === undefined);
      if (order.fiscalYear !== undefined) expect(offer.fiscalYears).toContain(order.fiscalYear);
      if (order.items.includes('my-number')) expect(choosing.choices.agreed).toContain('my-number');
      const offered = offer.personRefs ?? choosing.offers.persons.map(({ personRef }) => personRef);
      for (const ref of order.personRefs) expect(offered).toContain(ref);
      const everybody = offered.length;
      expect(order.personRefs.length).toBe(order.scope === 'household' ? everybody : 1);
      return true;
    }),
    { numRuns: 300 },
  );
});

test('the order of steps never changes, whatever is offered', () => {
  const usual = ['kind', 'scope', 'persons', 'year', 'items', 'caution', 'copies', 'confirm'];
  fc.assert(
    fc.property(anyChoosing, (choosing) => {
      const steps = stepsOf(choosing);
      expect(usual.filter((step) => steps.includes(step as 'kind'))).toEqual(steps);
    }),
    { numRuns: 100 },
  );
});

test('nothing is on the certificate that was not switched on', () => {
  expect(noChoices.items).toEqual([]);
});

test('paper that runs low after the copies were chosen: nothing is ordered that it cannot do, until the number is put right', () => {
  const chosen: Choosing = {
    offers,
    sheetsLeft: 40,
    choices: { ...noChoices, kind: 'resident-record', scope: 'self', copies: 4 },
  };
  expect(orderOf(chosen)?.copies).toBe(4);
  for (const sheetsLeft of [3, 1, 0]) {
    const low = { ...chosen, sheetsLeft };
    expect(orderOf(low)).toBeUndefined();
    expect(stepAfterCorrection(low)).toBe('copies');
    const right = { ...low, choices: fitted(low) };
    expect(orderOf(right)?.copies).toBe(Math.max(1, sheetsLeft));
    expect([stepBefore('copies', right), stepAfter('copies', right)]).toEqual(['items', 'confirm']);
  }
});
