/**
 * What can differ between an answer and its question. Everything expected here is the center's own knowledge; the issuing
 * server's word is only ever on the left side of a comparison. Faults are names, so that they can stand in audit and suspension.
 */
import { digestOf } from '@machikado/pki';
import { type BindingRecord, type IssuedOrder, orderReferenceOf } from '@machikado/protocol';
import type { Order } from '../model.ts';

export interface Expected {
  readonly order: Pick<Order, 'orderId' | 'lgCode' | 'kind' | 'copies' | 'feeYen' | 'selectionDigest'>;
  readonly subjectRef: string;
  readonly approvedBuilds: readonly string[];
}

export type BindingFault =
  | 'binding-record'
  | 'order-id'
  | 'order-reference'
  | 'municipality'
  | 'copy-set'
  | 'copy'
  | 'issue-number'
  | 'kind'
  | 'subject'
  | 'selection'
  | 'fee'
  | 'build'
  | 'pdf'
  | 'pages';

/** The answer as a whole: about this order, every copy once, the fee that the resident confirmed. */
export function orderFaults(
  issued: Pick<IssuedOrder, 'orderId' | 'lgCode'> & { readonly copies: readonly { readonly copy: number }[] },
  bindings: readonly BindingRecord[],
  { order }: Expected,
): BindingFault[] {
  const copies = issued.copies.map(({ copy }) => copy).sort((a, b) => a - b);
  const fee = bindings.reduce((sum, { feeYen }) => sum + feeYen, 0);
  return namesOf({
    'order-id': issued.orderId === order.orderId,
    municipality: issued.lgCode === order.lgCode,
    'copy-set': copies.length === order.copies && copies.every((copy, i) => copy === i + 1),
    'issue-number': new Set(bindings.map(({ issueNumber }) => issueNumber)).size === bindings.length,
    fee: fee === order.feeYen,
  });
}

/** One copy: its record is about this order, this person, this choice, and these very bytes. */
export function bindingFaults(
  binding: BindingRecord,
  issued: { readonly copy: number; readonly pdf: Uint8Array },
  { order, subjectRef, approvedBuilds }: Expected,
): BindingFault[] {
  const { pages } = binding;
  return namesOf({
    'order-id': binding.orderId === order.orderId,
    'order-reference': binding.orderReference === orderReferenceOf(order.orderId),
    municipality: binding.lgCode === order.lgCode,
    copy: binding.copy === issued.copy,
    kind: binding.kind === order.kind,
    subject: binding.subjectRef === subjectRef,
    selection: binding.selectionDigest === order.selectionDigest,
    build: approvedBuilds.includes(binding.build),
    pdf: binding.pdfDigest === digestOf(issued.pdf),
    pages: pages.every(({ page, of }, i) => page === i + 1 && of === pages.length),
  });
}

function namesOf(holds: Partial<Record<BindingFault, boolean>>): BindingFault[] {
  return (Object.keys(holds) as BindingFault[]).filter((name) => !holds[name]);
}
