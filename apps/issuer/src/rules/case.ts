/** What the refusal rules look at: one snapshot, who asks, who shall stand on the paper, and what the municipality decided. */
import type { CalendarDate } from '@machikado/domain';
import type { HouseholdRecord, RecordItem, RegistryPerson, Scope } from '@machikado/protocol';

export interface Case {
  readonly household: HouseholdRecord;
  readonly applicant: RegistryPerson;
  /** In 記載順位. */
  readonly selected: readonly RegistryPerson[];
  readonly scope: Scope;
  readonly items: readonly RecordItem[];
  /** Person references of the order that belong to nobody in this household. */
  readonly strangers: number;
  readonly today: CalendarDate;
  readonly minimumAge: number | undefined;
  readonly limits: { readonly nameLettersMax: number; readonly addressLettersMax: number };
  /** Letters that the fonts of the form do not have. */
  readonly missingGlyphs: (text: string) => readonly string[];
}

/** Who stands in the household today: who left, died or was removed is there no more. The applicant is always looked at. */
export function presentMembers({ members }: HouseholdRecord, applicantId: string): RegistryPerson[] {
  return members
    .filter((p) => p.status === 'resident' || p.status === 'leaving' || p.residentId === applicantId)
    .sort((a, b) => a.order - b.order);
}

/** Every text of the snapshot that can stand on the paper. */
export function printedNames({ household, selected, items }: Case): string[] {
  const head = items.includes('relationship') ? [household.headName] : [];
  const domicileHeads = items.includes('registered-domicile') ? selected.map((p) => p.registeredDomicile?.head) : [];
  const own = selected.flatMap((p) => [p.name, p.nameKana, p.formerName, p.commonName]);
  return [...own, ...head, ...domicileHeads].filter(isText);
}

export function printedAddresses({ household, selected, items }: Case): string[] {
  const domiciles = items.includes('registered-domicile') ? selected.map((p) => p.registeredDomicile?.address) : [];
  return [household.address, ...selected.map((p) => p.previousAddress), ...domiciles].filter(isText);
}

export function otherPrintedTexts({ selected, items }: Case): string[] {
  const relationships = items.includes('relationship') ? selected.map((p) => p.relationship) : [];
  const foreign = selected.flatMap(({ foreign: f }) =>
    f ? [f.nationality, f.category, f.residenceStatus, f.periodOfStay, f.cardNumber] : [],
  );
  return [...relationships, ...foreign].filter(isText);
}

function isText(text: string | null | undefined): text is string {
  return typeof text === 'string' && text !== '';
}
