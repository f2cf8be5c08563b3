/**
 * 突合: what an issuing server answers is compared with the center's *own* knowledge of the question, and each document is read
 * again. The field's wrong-person issues were mix-ups on exactly this way. Any difference suspends the kind and ends the order.
 */
import { type CertKey, digestOf, readBindingRecord, subjectRef } from '@machikado/pki';
import { type BindingRecord, type IssuedCopy, type IssuedOrder, ProtocolError, refuse } from '@machikado/protocol';
import type { Order } from '../model.ts';
import type { Center, Deadline } from '../ports.ts';
import type { Municipality } from '../settings.ts';
import { suspendAfterMismatch } from '../suspend-issuing.ts';
import { bindingFaults, type Expected, orderFaults } from './binding-faults.ts';
import { inspectionFaults } from './inspection-faults.ts';

export interface ComparedCopy {
  readonly copy: number;
  readonly binding: BindingRecord;
  readonly bindingDigest: string;
  readonly pdf: Uint8Array;
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
  const faults = await findFaults(center, answer, copies);
  if (faults.length === 0) return copies.sort((a, b) => a.copy - b.copy);
  if (faults.every((fault) => fault === 'build') && (await runsBuildOf(center, town, copies)))
    refuse('BUILD_NOT_APPROVED', 'the issuing server was exchanged for another build');
  await suspendAfterMismatch(center, order, [...new Set(faults)]);
  return refuse('BINDING_MISMATCH', faults.join(' '));
}

async function findFaults(center: Center, answer: Answer, copies: readonly ComparedCopy[]): Promise<string[]> {
  const { order, town, certKey, issued } = answer;
  if (copies.length !== issued.copies.length) return ['binding-record'];
  const expected: Expected = {
    order,
    subjectRef: subjectRef(town.bindingKey, order.orderId, certKey),
    approvedBuilds: town.approvedBuilds,
  };
  const bindings = copies.map(({ binding }) => binding);
  const faults = [
    ...orderFaults(issued, bindings, expected),
    ...copies.flatMap((copy) => bindingFaults(copy.binding, copy, expected)),
  ];
  if (faults.length > 0) return faults;
  // Only a document that claims to be the right one is worth the longer look.
  const readings = copies.map((copy) => inspectionFaults(center, copy, town, answer.deadline));
  return (await Promise.all(readings)).flat();
}

/** A server that says itself that it runs this build was exchanged since it was last asked; nothing was mixed up. */
async function runsBuildOf(center: Center, town: Municipality, copies: readonly ComparedCopy[]): Promise<boolean> {
  const statuses = await center.issuers.readStatus(town).catch(() => []);
  const running = statuses.map(({ build }) => build);
  return copies.every(({ binding }) => town.approvedBuilds.includes(binding.build) || running.includes(binding.build));
}

async function readCopy(
  { copy, bindingRecord, pdf }: IssuedCopy,
  town: Municipality,
): Promise<ComparedCopy | undefined> {
  try {
    const binding = await readBindingRecord(bindingRecord, town.bindingSigners);
    return { copy, binding, bindingDigest: digestOf(bindingRecord), pdf: Buffer.from(pdf, 'base64') };
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'BINDING_MISMATCH') return undefined;
    throw error;
  }
}
