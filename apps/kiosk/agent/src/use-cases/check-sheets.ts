/**
 * The last look before money is fixed, and again before paper: the document is the sealed one to the byte, it has a front and a back for every
 * sheet, each front is the sheet of this order that it should be, and the names on the paper are those that the resident confirmed at ⑩.
 * Names are compared letter by letter, never normalised; only spaces are left out, because paper does not tell how many there are.
 */
import assert from 'node:assert/strict';
import { lettersOf, marginLetters } from '@machikado/inspection';
import { digestOf } from '@machikado/pki';
import { orderReferenceOf, PAGES_PER_SHEET, refuse } from '@machikado/protocol';
import type { Ports } from '../ports.ts';
import type { OpenedCopy } from './open-copies.ts';
import type { Order } from './place-order.ts';

export async function checkSheets(order: Order, opened: readonly OpenedCopy[], ports: Ports): Promise<void> {
  for (const copy of opened) await checkCopy(order, copy, ports);
}

export async function checkCopy(order: Order, { copy, pdf }: OpenedCopy, { sheetReader }: Ports): Promise<void> {
  const sealed = order.copies.find((one) => one.copy === copy);
  assert(sealed, 'an opened copy was sealed');
  if (digestOf(pdf) !== sealed.pdfDigest) refuse('BINDING_MISMATCH', 'document is not the sealed one');
  const { pageCount, margins, names } = await sheetReader.read(pdf, sealed.nameBoxes);
  if (pageCount !== sealed.sheets * PAGES_PER_SHEET) refuse('BINDING_MISMATCH', 'not as many pages as sealed sheets');
  if (!sameInOrder(margins, marginsOf(order.orderId, sealed.sheets))) refuse('BINDING_MISMATCH', 'a sheet is another');
  if (!sameInOrder(names.map(lettersOf).sort(), order.names.map(lettersOf).sort()))
    refuse('BINDING_MISMATCH', 'names on the paper are not those confirmed');
}

function marginsOf(orderId: string, of: number): readonly string[] {
  const orderReference = orderReferenceOf(orderId);
  return Array.from({ length: of }, (_, i) => marginLetters({ orderReference, page: i + 1, of }));
}

function sameInOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}
