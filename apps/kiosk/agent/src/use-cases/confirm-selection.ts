/** 交付種別から発行内容確認まで ⑦–⑩: the choice, its fee and the names the resident confirms. */
import { type Offers, refuse, type Selection } from '@machikado/protocol';
import type { Choice, Menu, Resident } from '../resident.ts';

export interface Confirmed {
  readonly selection: Selection;
  /** As they must stand on the paper. */
  readonly names: readonly string[];
}

export async function confirmSelection(menu: Menu, resident: Resident): Promise<Confirmed> {
  const { offers } = menu;
  const choice = await resident.choose(menu);
  const { kind, scope, personRefs, items, copies } = choice;
  const feeYen = feeOf(offers, choice);
  const names = personRefs.map((ref) => nameOf(offers, ref));
  if (choice.feeYen !== feeYen) refuse('FEE_CHANGED', 'another fee was shown');
  return { selection: { kind, scope, personRefs: [...personRefs], items: [...items], copies, feeYen }, names };
}

/** What these copies cost, as anybody can tell from the offers. */
export function feeOf({ offers }: Offers, { kind, copies, scope, items }: Omit<Choice, 'feeYen'>): number {
  const offer = offers.find((one) => one.kind === kind);
  if (!offer?.scopes.includes(scope) || copies < 1 || copies > offer.copiesMax)
    return refuse('KIND_NOT_OFFERED', 'kind, scope or number of copies is not on the menu');
  if (items.some((item) => !offer.items.includes(item))) refuse('KIND_NOT_OFFERED', 'item is not on the menu');
  return offer.feeYen * copies;
}

function nameOf({ persons }: Offers, ref: string): string {
  return (
    persons.find(({ personRef }) => personRef === ref)?.name ?? refuse('KIND_NOT_OFFERED', 'person is not on the menu')
  );
}
