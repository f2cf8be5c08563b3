/**
 * The moment of issuing (発行): in one transaction the issue numbers come to exist and the 交付記録 says so. Before it nothing was
 * issued, after it everything was; a kind that was suspended or a person who was restricted meanwhile: nothing. Each copy leaves with
 * its binding record and never as bare bytes.
 */
import { lettersOf } from '@machikado/inspection';
import { digestOf, nameRef, selectionDigest, signStatement, subjectRef } from '@machikado/pki';
import { type BindingRecord, type IssuedCopy, orderReferenceOf, refuse, type Selection } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { peopleAround } from '../rules/case.ts';
import { appendToRecord, type NewEntry } from '../store/delivery-record.ts';
import { addIssueNumber } from '../store/issue-numbers.ts';
import { closeOrder } from '../store/orders.ts';
import { restrictedAmong } from '../store/restrictions.ts';
import { suspendedKinds } from '../store/suspensions.ts';
import type { Holder } from './check-holder.ts';
import type { Draft } from './draft-copies.ts';
import type { InspectedCopy } from './inspect-copies.ts';

export async function issueCopies(
  inspected: readonly InspectedCopy[],
  draft: Draft,
  holder: Holder,
  town: Municipality,
  ports: Ports,
): Promise<IssuedCopy[]> {
  const now = ports.machineClock.now();
  const bound = inspected.map((copy) => ({
    copy,
    record: bindingRecordOf(copy, draft, holder, town, ports.build, now),
  }));
  const issued = await Promise.all(
    bound.map(async ({ copy, record }) => ({
      copy: copy.copy,
      bindingRecord: await signStatement('machikado-binding', record, town.keys.signing),
      pdf: Buffer.from(copy.pdf).toString('base64'),
    })),
  );
  await recordIssue(
    bound.map(({ record }) => record),
    draft,
    town,
    now,
    ports,
  );
  return issued;
}

function bindingRecordOf(
  copy: InspectedCopy,
  { order, record, terms }: Draft,
  { certKey }: Holder,
  { lgCode, keys }: Municipality,
  build: string,
  now: Date,
): BindingRecord {
  const { orderId, selection } = order;
  // Names are read back from paper without their spaces, so they are referred to without them.
  const ref = (name: string) => nameRef(keys.bindingKey, orderId, lettersOf(name));
  return {
    v: 1,
    lgCode,
    orderId,
    orderReference: orderReferenceOf(orderId),
    copy: copy.copy,
    issueNumber: copy.issueNumber,
    kind: selection.kind,
    formVersion: copy.formVersion,
    subjectRef: subjectRef(keys.bindingKey, orderId, certKey),
    selectionDigest: selectionDigest(orderId, selection),
    recordVersion: record.version,
    feeYen: terms.feeYenPerCopy,
    pdfDigest: digestOf(copy.pdf),
    pages: copy.pages.map(({ number, digest }) => ({ page: number, of: copy.pages.length, digest })),
    nameBoxes: copy.nameBoxes.map(({ page, xMm, yMm, wMm, hMm, name }) => ({
      page,
      xMm,
      yMm,
      wMm,
      hMm,
      nameRef: ref(name),
    })),
    freeBoxes: [...copy.freeBoxes],
    build,
    issuedAt: now.toISOString(),
  };
}

async function recordIssue(
  records: readonly BindingRecord[],
  { order, holder, persons, record }: Draft,
  town: Municipality,
  now: Date,
  { store }: Ports,
): Promise<void> {
  const { orderId, test, selection } = order;
  const around = peopleAround({ kind: selection.kind, record, applicantId: holder.residentId }).map(
    (person) => person.residentId,
  );
  await store.inMunicipality(town.lgCode, async (tx) => {
    if (!(await closeOrder(tx, orderId))) refuse('ORDER_DEAD', 'the order id came again meanwhile');
    const entries: NewEntry[] = [];
    for (const { copy, issueNumber, kind, feeYen, recordVersion, pdfDigest, formVersion, build } of records) {
      await addIssueNumber(tx, { issueNumber, orderId, copy, kind, feeYen, test }, now);
      const what = { orderId, issueNumber, copy, kind, ...chosenOf(selection), feeYen, test };
      const who = { applicant: holder.residentId, persons: persons.map((person) => person.residentId) };
      entries.push({
        event: 'certificate-issued',
        body: { ...what, ...who, recordVersion, pdfDigest, formVersion, build },
      });
    }
    await appendToRecord(tx, town.keys.residentRefSecret, now, entries);
    // Whoever suspends or restricts writes into the same record, so it stands either here already or behind this issue.
    const suspended = await suspendedKinds(tx);
    if (suspended.has(selection.kind)) refuse('MUNICIPALITY_SUSPENDED', 'the kind was suspended meanwhile');
    const restricted = await restrictedAmong(tx, around);
    // As when the registry says something else by now; which of the two it was stands in no log.
    if (restricted.size > 0) refuse('RECORD_CHANGED', 'see the record of the municipality');
  });
}

function chosenOf({ scope, items, fiscalYear }: Selection) {
  return { scope, items, ...(fiscalYear !== undefined && { fiscalYear }) };
}
