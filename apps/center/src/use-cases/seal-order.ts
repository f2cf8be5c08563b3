/**
 * 封印: each copy is encrypted under a fresh key of which the kiosk gets one half and the center keeps the other. The signed
 * manifest tells the kiosk what it must find when the halves come together. If the order is no longer waiting, or its kind was
 * suspended meanwhile, the answer is discarded as a whole and its issue numbers are cancelled.
 */
import { digestOf, sealCopy, signStatement, toBase64 } from '@machikado/pki';
import { orderReferenceOf, refuse, type SealedOrder, type SealManifest } from '@machikado/protocol';
import type { Copy, Order } from '../model.ts';
import { aboutOrder, moveOrder } from '../moves.ts';
import type { Center, Deadline } from '../ports.ts';
import type { Tables } from '../store.ts';
import { isSuspended, suspendAfterMismatch } from '../suspend-issuing.ts';
import type { TreatedCopy } from './treat-copies.ts';

type SealedCopy = TreatedCopy & ReturnType<typeof sealCopy>;

export async function sealOrder(
  center: Center,
  order: Order,
  treated: readonly TreatedCopy[],
  deadline: Deadline,
): Promise<SealedOrder> {
  const { orderId } = order;
  const { random } = center;
  const copies = treated.map((copy) => ({ ...copy, ...sealCopy({ ...copy, orderId, random }) }));
  const { centerId, keys, lasts } = center.settings();
  const sealedAt = center.machineClock.now();
  const expiresAt = new Date(sealedAt.getTime() + lasts.sealedMs);
  const manifest = await signStatement(
    'machikado-seal',
    manifestOf(centerId, order, copies, sealedAt, expiresAt),
    keys.seal,
  );
  await keepShares(center, order, copies, { manifestDigest: digestOf(manifest), sealedAt, expiresAt, deadline });
  return { orderId, manifest, copies: copies.map(toReply) };
}

interface Sealing {
  readonly manifestDigest: string;
  readonly sealedAt: Date;
  readonly expiresAt: Date;
  readonly deadline: Deadline;
}

async function keepShares(center: Center, order: Order, copies: readonly SealedCopy[], how: Sealing): Promise<void> {
  const { manifestDigest, sealedAt, expiresAt: dueAt, deadline } = how;
  try {
    const kept = await center.store.transaction(async (tables) => {
      if (deadline.leftMs() <= 0) return 'late';
      if (await isSuspended(tables, order)) return 'suspended';
      if (!(await moveOrder(tables, order, 'sealed', sealedAt, { manifestDigest, dueAt }))) return 'late';
      await writeCopies(tables, order, copies.map(toRow), sealedAt);
      return 'kept';
    });
    if (kept === 'kept') return;
    await center.store.transaction((tables) => discardAnswer(tables, order, copies, sealedAt));
    if (kept === 'suspended') refuse('MUNICIPALITY_SUSPENDED', 'suspended while the order was under way');
  } catch (error) {
    if (!(error instanceof IssueNumberSeen)) throw error;
    await suspendAfterMismatch(center, order, ['issue-number']);
    refuse('BINDING_MISMATCH', 'an issue number was seen before');
  }
  deadline.refuseIfPassed();
  refuse('ORDER_DEAD', 'the order was given up while it waited');
}

class IssueNumberSeen extends Error {}

async function writeCopies(tables: Tables, order: Order, copies: readonly Copy[], at: Date): Promise<void> {
  if (!(await tables.copies.insert(order, copies))) throw new IssueNumberSeen();
  for (const { copy, state } of copies)
    await tables.audit.record(state === 'void' ? 'copy-void' : 'copy-sealed', at, { ...aboutOrder(order), copy });
}

async function discardAnswer(tables: Tables, order: Order, copies: readonly SealedCopy[], at: Date): Promise<void> {
  const voided = copies.map((copy): Copy => ({ ...toRow(copy), state: 'void', centerShare: null }));
  await writeCopies(tables, order, voided, at);
  await tables.audit.record('answer-discarded', at, aboutOrder(order));
}

function manifestOf(
  centerId: string,
  order: Order,
  copies: readonly SealedCopy[],
  sealedAt: Date,
  expiresAt: Date,
): SealManifest {
  const { kioskId, sessionId, orderId, lgCode, kind, selectionDigest, test, feeYen } = order;
  return {
    v: 1,
    ...{ centerId, kioskId, sessionId, orderId, lgCode, kind, selectionDigest, test, feeYen },
    orderReference: orderReferenceOf(orderId),
    copies: copies.map(({ copy, binding, bindingDigest, ciphertext, pdf }) => ({
      copy,
      issueNumber: binding.issueNumber,
      feeYen: binding.feeYen,
      bindingDigest,
      ciphertextDigest: digestOf(ciphertext),
      pdfDigest: digestOf(pdf),
      nameBoxes: binding.nameBoxes,
    })),
    sheets: copies.flatMap(({ copy, binding }) => binding.pages.map(({ page, of }) => ({ copy, sheet: page, of }))),
    sealedAt: sealedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

function toRow({ copy, binding, bindingDigest, centerShare }: SealedCopy): Copy {
  const { issueNumber, feeYen, pages } = binding;
  const sheets = pages.length;
  return { copy, issueNumber, feeYen, sheets, bindingDigest, state: 'sealed', centerShare, sheetsOut: null };
}

function toReply({ copy, ciphertext, kioskShare }: SealedCopy) {
  return { copy, ciphertext: toBase64(ciphertext), kioskShare: toBase64(kioskShare) };
}
