/** What somebody in the storm wants, and how they behave. */
import type { RecordItem, Scope } from '@machikado/protocol';
import type { Wishes } from '../open-kiosk.ts';
import type { Dice } from './dice.ts';

const few: readonly (readonly RecordItem[])[] = [
  [],
  ['relationship'],
  ['registered-domicile'],
  ['relationship', 'registered-domicile'],
];
const more = ['previous-address', 'foreign-resident-items', 'my-number'] as const;
/** What each town has on its menu. */
const menus: Readonly<
  Record<string, { readonly scopes: readonly Scope[]; readonly items: readonly (readonly RecordItem[])[] }>
> = {
  990019: { scopes: ['household', 'part', 'self'], items: [...few, ...few.map((items) => [...items, ...more])] },
  990027: { scopes: ['household', 'self'], items: few },
};
const payments = ['exact', 'exact', 'exact', 'over', 'over'] as const;
const wrongPayments = ['short', 'none', 'cancel-after'] as const;
const cancelSteps = ['card', 'municipality', 'pin', 'card-away', 'scope', 'copies', 'confirm', 'pay'] as const;

export function anyWishes(lgCode: string, dice: Dice): Wishes {
  const scope = dice.pick(menus[lgCode]?.scopes ?? ['self' as const]);
  return {
    scope,
    persons: scope === 'part' ? dice.pick([[1], [1, 2], [1, 3]]) : [],
    items: dice.pick(menus[lgCode]?.items ?? few),
    copies: dice.pick([1, 1, 1, 2, 2, 3]),
    payment: dice.chance(0.08) ? dice.pick(wrongPayments) : dice.pick(payments),
    wrongPins: dice.chance(0.06) ? 1 : 0,
    ...(dice.chance(0.08) && { cancelAt: dice.pick(cancelSteps) }),
  };
}

/** Nothing in the way of an order: for the moment at which all of them order at once. */
export function plainWishes(lgCode: string, dice: Dice): Wishes {
  const { cancelAt: _, ...wishes } = anyWishes(lgCode, dice);
  return { ...wishes, wrongPins: 0 };
}
