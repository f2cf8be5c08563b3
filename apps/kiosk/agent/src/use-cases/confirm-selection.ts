/** 交付種別から発行内容確認まで ⑦–⑩: the choice, its fee and the names the resident confirms. */
import { type Offer, type Offers, refuse, type Selection } from '@machikado/protocol';
import type { Choice, Menu, Resident } from '../resident.ts';

export interface Confirmed {
  readonly selection: Selection;
  /** As they must stand on the paper. */
  readonly names: readonly string[];
}

export async function confirmSelection(menu: Menu, resident: Resident): Promise<Confirmed> {
  const { offers } = menu;
  const choice = await resident.choose(menu);
  const { kind, scope, personRefs, items, fiscalYear, copies } = choice;
  const feeYen = feeOf(offers, choice);
  const names = personRefs.map((ref) => nameOf(offers, ref));
  if (choice.feeYen !== feeYen) refuse('FEE_CHANGED', 'another fee was shown');
  const year = fiscalYear !== undefined && { fiscalYear };
  return { selection: { kind, scope, personRefs: [...personRefs], items: [...items], ...year, copies, feeYen }, names };
}

/** What these copies cost, as anybody can tell from the offers. */
export function feeOf(offers: Offers, choice: Omit<Choice, 'feeYen'>): number {
  const offer = offers.offers.find(({ kind }) => kind === choice.kind);
  if (!offer) return refuse('KIND_NOT_OFFERED', 'kind is not on the menu');
  const missing = whatIsNotOffered(offer, offers, choice);
  if (missing) refuse('KIND_NOT_OFFERED', `${missing} is not on the menu of this kind`);
  return offer.feeYen * choice.copies;
}

function whatIsNotOffered(offer: Offer, offers: Offers, choice: Omit<Choice, 'feeYen'>): string | undefined {
  const { scopes, items, fiscalYears = [], copiesMax } = offer;
  const { scope, fiscalYear, copies } = choice;
  const people = peopleOf(offer, offers).map(({ personRef }) => personRef);
  if (!scopes.includes(scope)) return 'scope';
  if (choice.personRefs.length === 0 || choice.personRefs.some((ref) => !people.includes(ref))) return 'person';
  const isYearOffered = fiscalYear === undefined ? fiscalYears.length === 0 : fiscalYears.includes(fiscalYear);
  if (!isYearOffered) return 'fiscal year';
  if (choice.items.some((item) => !items.includes(item))) return 'item';
  return copies < 1 || copies > copiesMax ? 'number of copies' : undefined;
}

/** Who can stand on a kind: each book knows its own people. */
export function peopleOf({ personRefs }: Offer, { persons }: Offers): Offers['persons'] {
  return personRefs ? persons.filter(({ personRef }) => personRefs.includes(personRef)) : persons;
}

function nameOf({ persons }: Offers, ref: string): string {
  return (
    persons.find(({ personRef }) => personRef === ref)?.name ?? refuse('KIND_NOT_OFFERED', 'person is not on the menu')
  );
}
