/** Typesets each copy for itself: every copy has its own issue number on the paper, and none is a duplicate of another. */
import { type CalendarDate, jstDateOf } from '@machikado/domain';
import { type IssuerOrder, orderReferenceOf, type RegistryRecord, type Selection } from '@machikado/protocol';
import type { Deadline } from '@machikado/server';
import type { PersonInBook } from '../kinds/people-of.ts';
import type { CertificateContent, CertificateFacts, Municipality, Ports, TypesetCopy } from '../ports.ts';
import { mayorOn } from '../settings/settings-on.ts';
import type { Holder } from './check-holder.ts';
import type { Terms } from './check-terms.ts';

/** What the order has become after the first read: all later steps speak of this and of nothing shared. */
export interface Draft {
  readonly order: IssuerOrder;
  readonly holder: Holder;
  readonly record: RegistryRecord;
  readonly persons: readonly PersonInBook[];
  readonly terms: Terms;
}
export interface DraftedCopy extends TypesetCopy {
  readonly copy: number;
  readonly issueNumber: string;
}

export async function draftCopies(
  draft: Draft,
  town: Municipality,
  deadline: Deadline,
  ports: Ports,
): Promise<DraftedCopy[]> {
  const copies = Array.from({ length: draft.order.selection.copies }, (_, i) => i + 1);
  return Promise.all(
    copies.map(async (copy) => {
      const issueNumber = Buffer.from(ports.random(8)).toString('hex');
      const typeset = ports.forms.typeset(contentOf(draft, issueNumber, town), deadline);
      return { ...(await deadline.limit(typeset)), copy, issueNumber };
    }),
  );
}

export function contentOf(draft: Draft, issueNumber: string, town: Municipality): CertificateContent {
  const { order, record, persons, terms } = draft;
  const issuedOn = jstDateOf(terms.begunAt);
  const facts = factsOf(order.selection, record, persons, issuedOn, town);
  const orderReference = orderReferenceOf(order.orderId);
  const { mayors, letters } = town;
  return { ...facts, mayor: mayorOn(mayors, issuedOn), letters, issueNumber, orderReference };
}

export function factsOf(
  { kind, scope, items, fiscalYear }: Selection,
  record: RegistryRecord,
  persons: readonly PersonInBook[],
  issuedOn: CalendarDate,
  { forms }: Pick<Municipality, 'forms'>,
): CertificateFacts {
  const year = fiscalYear === undefined ? {} : { fiscalYear };
  return { kind, record, persons, scope, items, ...year, issuedOn, ...(forms && { forms }) };
}
