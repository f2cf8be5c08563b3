/** What the refusal rules look at: one snapshot, who asks, who shall stand on the paper, and what the municipality decided. */
import type { CalendarDate } from '@machikado/domain';
import type { CertificateKind, RegistryRecord, Scope } from '@machikado/protocol';
import { kindFacts } from '../kinds/kind-facts.ts';
import { type PersonInBook, peopleOf } from '../kinds/people-of.ts';

export interface Case {
  readonly kind: CertificateKind;
  readonly record: RegistryRecord;
  readonly applicantId: string;
  /** In the order of the book. */
  readonly selected: readonly PersonInBook[];
  readonly scope: Scope;
  /** 年度, where the kind knows one. */
  readonly fiscalYear: number | undefined;
  /** Person references of the order that belong to nobody in this book. */
  readonly strangers: number;
  readonly today: CalendarDate;
  readonly minimumAge: number | undefined;
  readonly limits: { readonly nameLettersMax: number; readonly addressLettersMax: number };
  /** Every text of the record that would stand on the paper. */
  readonly printedTexts: readonly string[];
  /** Letters that the fonts of the form do not have. */
  readonly missingGlyphs: (text: string) => readonly string[];
}

export type WhoAsks = Pick<Case, 'kind' | 'record' | 'applicantId'>;

/** Who stands in the book today: who left, died or was removed is there no more. The applicant is always looked at. */
export function presentPeople(
  kind: CertificateKind,
  record: RegistryRecord,
  applicantId: string,
): readonly PersonInBook[] {
  return peopleOf(kind, record).filter(
    ({ status, residentId }) => status === 'resident' || status === 'leaving' || residentId === applicantId,
  );
}

/** Whoever asks, in every book that names them. */
export function applicantIn({ kind, record, applicantId }: Case): readonly PersonInBook[] {
  const isApplicant = ({ residentId }: PersonInBook) => residentId === applicantId;
  return [...peopleOf('resident-record', record), ...peopleOf(kind, record)].filter(isApplicant);
}

/** Who lives in the household today, and everybody whom the book asked for names: a 戸籍 goes on naming those removed from it. */
export function peopleAround({ kind, record, applicantId }: WhoAsks): readonly PersonInBook[] {
  const household = presentPeople('resident-record', record, applicantId);
  return kindFacts[kind].book === 'household' ? household : [...household, ...peopleOf(kind, record)];
}

/** The applicant and whoever stands on the paper. */
export function applicantAndSelected(c: Case): readonly PersonInBook[] {
  return [...applicantIn(c), ...c.selected];
}

/** 戸籍 or 附票, where the kind is written from one. */
export function registerOf({ kind, record }: Case): RegistryRecord['koseki'] | RegistryRecord['addressHistory'] {
  switch (kindFacts[kind].book) {
    case 'household':
      return null;
    case 'koseki':
      return record.koseki;
    case 'address-history':
      return record.addressHistory;
  }
}
