/**
 * IS-ORDER, the heart of the issuing server. One consistent snapshot of the record is judged, typeset, read back from the
 * finished pages and compared with a second look at the same version; only then do issue numbers exist and bytes leave. All of
 * it is a value handed from step to step: no file, no queue, nothing “current”. What is late or differs is dead.
 */
import { type IssuedOrder, type IssuerOrder, ProtocolError, type Selection } from '@machikado/protocol';
import { type Deadline, errorFields } from '@machikado/server';
import { kindFacts } from '../kinds/kind-facts.ts';
import type { Municipality, Ports } from '../ports.ts';
import { beginOrder, giveUpOrder } from './begin-order.ts';
import { checkHolder, type Holder } from './check-holder.ts';
import { checkSealBook } from './check-seal-book.ts';
import { checkTerms } from './check-terms.ts';
import { type Draft, draftCopies } from './draft-copies.ts';
import { getMunicipalityNow } from './get-municipality.ts';
import { inspectCopies } from './inspect-copies.ts';
import { issueCopies } from './issue-copies.ts';
import { judge } from './judge.ts';
import { Mismatch, suspendAfterMismatch } from './mismatch.ts';
import { readSameVersion, readSnapshot, type Sections } from './read-snapshot.ts';

export async function issueOrder(order: IssuerOrder, deadline: Deadline, ports: Ports): Promise<IssuedOrder> {
  const town = await getMunicipalityNow(order.lgCode, ports);
  const holder = await checkHolder(order, 'order', town, ports);
  await beginOrder(order, town, ports);
  try {
    return await issueBegun(order, holder, town, deadline, ports);
  } catch (error) {
    throw await endOf(error, order, town, ports);
  }
}

async function issueBegun(
  order: IssuerOrder,
  holder: Holder,
  town: Municipality,
  deadline: Deadline,
  ports: Ports,
): Promise<IssuedOrder> {
  const terms = await checkTerms(order.selection, holder, town, ports);
  const sections = sectionsOf(order.selection);
  const record = await readSnapshot(holder, town, sections, deadline, ports);
  await checkSealBook(order.selection, record, holder, town, ports);
  const persons = await judge(order, holder, record, terms, town, ports);
  const draft: Draft = { order, holder, record, persons, terms };
  const drafted = await draftCopies(draft, town, deadline, ports);
  const secondLook = await readSameVersion(record, holder, town, sections, deadline, ports);
  const inspected = await inspectCopies(drafted, draft, secondLook, town, deadline, ports);
  deadline.refuseIfPassed();
  const copies = await issueCopies(inspected, draft, holder, town, ports);
  deadline.refuseIfPassed();
  return { orderId: order.orderId, lgCode: order.lgCode, copies };
}

function sectionsOf({ kind, fiscalYear }: Selection): Sections {
  const { sections } = kindFacts[kind];
  return { sections: [...sections], ...(fiscalYear !== undefined && { fiscalYear }) };
}

/** Nothing that failed once comes to life again; a mismatch moreover stops the kind. */
async function endOf(error: unknown, order: IssuerOrder, town: Municipality, ports: Ports): Promise<unknown> {
  if (error instanceof Mismatch) {
    await suspendAfterMismatch(error, [order.selection.kind], order.orderId, town, ports);
  }
  // Without the database the order is not closed as dead, but nothing was issued either.
  await giveUpOrder(order.orderId, causeOf(error), town, ports).catch((failure: unknown) =>
    ports.log.alarm('give-up-failed', { orderId: order.orderId, lgCode: town.lgCode, ...errorFields(failure) }),
  );
  return error instanceof Mismatch ? asRefusal(error) : error;
}

function causeOf(error: unknown): string {
  return error instanceof ProtocolError ? error.message : error instanceof Mismatch ? error.finding : 'INTERNAL';
}

function asRefusal(mismatch: Mismatch): ProtocolError {
  return new ProtocolError('INSPECTION_FAILED', mismatch.finding, { cause: mismatch });
}
