/** Typesets each copy for itself: every copy has its own issue number on the paper, and none is a duplicate of another. */
import { jstDateOf } from '@machikado/domain';
import { type HouseholdRecord, type IssuerOrder, orderReferenceOf, type RegistryPerson } from '@machikado/protocol';
import type { Deadline } from '@machikado/server';
import type { CertificateContent, Municipality, Ports, TypesetCopy } from '../ports.ts';
import { mayorOn } from '../settings/settings-on.ts';
import type { Terms } from './check-terms.ts';

/** What the order has become after the first read: all later steps speak of this and of nothing shared. */
export interface Draft {
  readonly order: IssuerOrder;
  readonly household: HouseholdRecord;
  readonly applicant: RegistryPerson;
  readonly persons: readonly RegistryPerson[];
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

export function contentOf(draft: Draft, issueNumber: string, { mayors }: Municipality): CertificateContent {
  const { kind, scope, items } = draft.order.selection;
  const { household, persons, terms } = draft;
  const issuedOn = jstDateOf(terms.begunAt);
  const orderReference = orderReferenceOf(draft.order.orderId);
  const mayor = mayorOn(mayors, issuedOn);
  return { kind, household, persons, scope, items, issuedOn, mayor, issueNumber, orderReference };
}
