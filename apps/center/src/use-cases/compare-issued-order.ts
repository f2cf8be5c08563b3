/**
 * 突合: what an issuing server answers is compared with the center's *own* knowledge of the question, and each document is read
 * again. The field's wrong-person issues were mix-ups on exactly this way. Any difference suspends the kind and ends the order.
 */
import type { CodedFront } from '@machikado/antiforgery';
import { type CertKey, digestOf, readBindingRecord, subjectRef } from '@machikado/pki';
import { type BindingRecord, type IssuedCopy, type IssuedOrder, ProtocolError, refuse } from '@machikado/protocol';
import type { Order } from '../model.ts';
import type { Center, Deadline } from '../ports.ts';
import type { Municipality } from '../settings.ts';
import { suspendAfterMismatch } from '../suspend-issuing.ts';
import { bindingFaults, type Expected, orderFaults } from './binding-faults.ts';
import { inspectCopy } from './inspect-copy.ts';
import { refuseUntreated } from './refuse-untreated.ts';

interface BoundCopy {
  readonly copy: number;
  readonly binding: BindingRecord;
  readonly bindingDigest: string;
}

interface ReceivedCopy extends BoundCopy {
  readonly pdf: Uint8Array;
}

export interface ComparedCopy extends BoundCopy {
  /** The clean copy, which was inspected; of the issuing server’s bytes nothing else goes on. */
  readonly clean: Uint8Array;
  readonly fronts: readonly CodedFront[];
}

export interface Answer {
  readonly order: Order;
  readonly town: Municipality;
  readonly certKey: CertKey;
  readonly issued: IssuedOrder;
  readonly deadline: Deadline;
}

export async function compareIssuedOrder(center: Center, answer: Answer): Promise<ComparedCopy[]> {
  const { order, issued, town } = answer;
  const copies = (await Promise.all(issued.copies.map((copy) => readCopy(copy, town)))).filter(
    (copy) => copy !== undefined,
  );
  const faults = findFaults(answer, copies);
  // Only a document that claims to be the right one is worth the longer look.
  if (faults.length === 0) return inspectCopies(center, answer, copies);
  if (faults.every((fault) => fault === 'build') && (await runsBuildOf(center, town, copies)))
    refuse('BUILD_NOT_APPROVED', 'the issuing server was exchanged for another build');
  return refuseMismatch(center, order, faults);
}

async function refuseMismatch(center: Center, order: Order, faults: readonly string[]): Promise<never> {
  await suspendAfterMismatch(center, order, [...new Set(faults)]);
  return refuse('BINDING_MISMATCH', faults.join(' '));
}

function findFaults({ order, town, certKey, issued }: Answer, copies: readonly ReceivedCopy[]): string[] {
  if (copies.length !== issued.copies.length) return ['binding-record'];
  const expected: Expected = {
    order,
    subjectRef: subjectRef(town.bindingKey, order.orderId, certKey),
    approvedBuilds: town.approvedBuilds,
  };
  const bindings = copies.map(({ binding }) => binding);
  return [
    ...orderFaults(issued, bindings, expected),
    ...copies.flatMap((copy) => bindingFaults(copy.binding, copy, expected)),
  ];
}

/** A difference in one copy counts, whatever else went wrong with another. */
async function inspectCopies(
  center: Center,
  { order, town, deadline }: Answer,
  copies: readonly ReceivedCopy[],
): Promise<ComparedCopy[]> {
  const looks = await Promise.allSettled(
    copies.map(async ({ pdf, ...bound }) => ({
      ...bound,
      ...(await inspectCopy(center, { ...bound, pdf }, town, deadline)),
    })),
  );
  const looked = looks.flatMap((look) => (look.status === 'fulfilled' ? [look.value] : []));
  const faults = looked.flatMap(({ faults }) => faults ?? []);
  if (faults.length > 0) return refuseMismatch(center, order, faults);
  for (const look of looks) if (look.status === 'rejected') refuseUntreated(center, order, look.reason);
  return looked.filter((copy) => copy.faults === undefined).sort((a, b) => a.copy - b.copy);
}

/** A server that says itself that it runs this build was exchanged since it was last asked; nothing was mixed up. */
async function runsBuildOf(center: Center, town: Municipality, copies: readonly BoundCopy[]): Promise<boolean> {
  const statuses = await center.issuers.readStatus(town).catch(() => []);
  const running = statuses.map(({ build }) => build);
  return copies.every(({ binding }) => town.approvedBuilds.includes(binding.build) || running.includes(binding.build));
}

async function readCopy(
  { copy, bindingRecord, pdf }: IssuedCopy,
  town: Municipality,
): Promise<ReceivedCopy | undefined> {
  try {
    const binding = await readBindingRecord(bindingRecord, town.bindingSigners);
    return { copy, binding, bindingDigest: digestOf(bindingRecord), pdf: Buffer.from(pdf, 'base64') };
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'BINDING_MISMATCH') return undefined;
    throw error;
  }
}
