/** ⑥ to ⑩: what a resident may choose, what was chosen, what is still missing, what it costs. All of it follows from the offers. */
import type { Act, CertificateKind, FiscalYear, Offer, Offers, RecordItem, Scope } from '@machikado/protocol';
import { type CautionedItem, isCautioned } from '@machikado/ui';

export const choiceSteps = ['kind', 'scope', 'persons', 'year', 'items', 'caution', 'copies'] as const;
export type ChoiceStep = (typeof choiceSteps)[number];
export type WalkStep = ChoiceStep | 'confirm';

export interface Choices {
  readonly kind?: CertificateKind;
  readonly scope?: Scope;
  /** For scope `part`. */
  readonly persons: readonly string[];
  readonly fiscalYear?: FiscalYear;
  /** 記載事項 that are on; off is the default. */
  readonly items: readonly RecordItem[];
  /** Those of them that were asked about once more. */
  readonly agreed: readonly RecordItem[];
  readonly copies: number;
}

export const noChoices: Choices = { persons: [], items: [], agreed: [], copies: 1 };

/** What the walk depends on. */
export interface Choosing {
  readonly offers: Offers;
  readonly choices: Choices;
  readonly sheetsLeft?: number;
}

export function offerOf({ offers, choices }: Choosing): Offer | undefined {
  return offers.offers.find(({ kind }) => kind === choices.kind);
}

/** Who can stand on the chosen kind: each book knows its own people. */
export function personsOffered(choosing: Choosing): Offers['persons'] {
  const { persons } = choosing.offers;
  const refs = offerOf(choosing)?.personRefs;
  return refs ? persons.filter(({ personRef }) => refs.includes(personRef)) : persons;
}

/** The item that must be asked about before it is printed. */
export function unagreedItem({ choices }: Choosing): CautionedItem | undefined {
  return choices.items.filter(isCautioned).find((item) => !choices.agreed.includes(item));
}

/** No more copies than the paper in the machine could ever do. */
export function copiesMaxOf(choosing: Choosing): number {
  const { copiesMax = 1 } = offerOf(choosing) ?? {};
  return Math.max(1, Math.min(copiesMax, choosing.sheetsLeft ?? copiesMax));
}

/** The steps with something to choose. ⑥ is always there: it is where a resident first sees what there is and what it costs. */
export function stepsOf(choosing: Choosing): readonly WalkStep[] {
  const offer = offerOf(choosing);
  const { choices } = choosing;
  const there: Record<ChoiceStep, boolean> = {
    kind: true,
    scope: (offer?.scopes.length ?? 0) > 1,
    persons: choices.scope === 'part' && personsOffered(choosing).length > 1,
    year: (offer?.fiscalYears?.length ?? 0) > 1,
    items: (offer?.items.length ?? 0) > 0,
    caution: unagreedItem(choosing) !== undefined,
    // Also where no more than one is left, but more were chosen before: there it can be put right.
    copies: Math.max(copiesMaxOf(choosing), choices.copies) > 1,
  };
  return [...choiceSteps.filter((step) => there[step]), 'confirm'];
}

const answered: Readonly<Record<ChoiceStep, (choosing: Choosing) => boolean>> = {
  kind: (choosing) => offerOf(choosing) !== undefined,
  scope: ({ choices }) => choices.scope !== undefined,
  persons: ({ choices }) => choices.persons.length > 0,
  year: ({ choices }) => choices.fiscalYear !== undefined,
  items: () => true,
  caution: (choosing) => unagreedItem(choosing) === undefined,
  copies: (choosing) => choosing.choices.copies >= 1 && choosing.choices.copies <= copiesMaxOf(choosing),
};

export function isAnswered(step: ChoiceStep, choosing: Choosing): boolean {
  return answered[step](choosing);
}

/** Also of a step that is not there any more: the paper may have run low meanwhile. */
const placeOf = (step: WalkStep) => (step === 'confirm' ? choiceSteps.length : choiceSteps.indexOf(step));

export function stepAfter(step: WalkStep, choosing: Choosing): WalkStep {
  return stepsOf(choosing).find((one) => placeOf(one) > placeOf(step)) ?? 'confirm';
}

export function stepBefore(step: WalkStep, choosing: Choosing): WalkStep | undefined {
  return stepsOf(choosing).findLast((one) => placeOf(one) < placeOf(step));
}

/** After a correction: the first step that it left without an answer, else back to ⑩. */
export function stepAfterCorrection(choosing: Choosing): WalkStep {
  return stepsOf(choosing).find((step) => step !== 'confirm' && !isAnswered(step, choosing)) ?? 'confirm';
}

/** Another kind may offer less: what no longer fits is dropped, what leaves nothing to choose is set. */
export function fitted(choosing: Choosing): Choices {
  const offer = offerOf(choosing);
  const { scope: chosenScope, fiscalYear: chosenYear, ...choices } = choosing.choices;
  if (!offer) return choices;
  const { scopes, fiscalYears = [] } = offer;
  const scope = onlyOf(scopes) ?? scopes.find((one) => one === chosenScope);
  const fiscalYear = onlyOf(fiscalYears) ?? fiscalYears.find((one) => one === chosenYear);
  const refs = personsOffered(choosing).map(({ personRef }) => personRef);
  const alone = onlyOf(refs);
  const items = offer.items.filter((item) => choices.items.includes(item));
  return {
    ...choices,
    ...(scope && { scope }),
    ...(fiscalYear !== undefined && { fiscalYear }),
    persons: scope !== 'part' ? [] : alone ? [alone] : choices.persons.filter((ref) => refs.includes(ref)),
    items,
    agreed: choices.agreed.filter((item) => items.includes(item)),
    copies: Math.min(choices.copies, copiesMaxOf(choosing)),
  };
}

function onlyOf<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** Who will stand on the paper, in the order of the offers. */
export function personsOf(choosing: Choosing): Offers['persons'] {
  const { choices } = choosing;
  return personsOffered(choosing).filter(({ personRef, isSelf }) => {
    if (choices.scope === 'household') return true;
    return choices.scope === 'self' ? isSelf : choices.persons.includes(personRef);
  });
}

export function feeYenOf(choosing: Choosing): number {
  return (offerOf(choosing)?.feeYen ?? 0) * choosing.choices.copies;
}

/** ⑩ What is confirmed, as the agent wants it; nothing before everything has an answer. */
export function orderOf(choosing: Choosing): Omit<Extract<Act, { act: 'order' }>, 'seq'> | undefined {
  const { kind, scope, fiscalYear, items, copies } = choosing.choices;
  const personRefs = personsOf(choosing).map(({ personRef }) => personRef);
  if (!kind || !scope || personRefs.length === 0 || stepAfterCorrection(choosing) !== 'confirm') return undefined;
  const year = fiscalYear !== undefined && { fiscalYear };
  return { act: 'order', kind, scope, personRefs, items: [...items], ...year, copies, feeYen: feeYenOf(choosing) };
}
