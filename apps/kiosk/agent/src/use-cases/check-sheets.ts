/**
 * The last look before money is fixed, and again before paper: the document is the sealed one, every sheet is the sealed sheet,
 * and the names on the paper are those that the resident confirmed at ⑩. Names are compared letter by letter, never normalised;
 * only spaces are left out, because paper does not tell how many there are.
 */
import assert from 'node:assert/strict';
import { lettersOf } from '@machikado/inspection';
import { digestOf } from '@machikado/pki';
import { refuse } from '@machikado/protocol';
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
  const { pageDigests, names } = await sheetReader.read(pdf, sealed.nameBoxes);
  if (!sameInOrder(pageDigests, sealed.sheetDigests)) refuse('BINDING_MISMATCH', 'a sheet is not the sealed one');
  if (!sameInOrder(names.map(lettersOf).sort(), order.names.map(lettersOf).sort()))
    refuse('BINDING_MISMATCH', 'names on the paper are not those confirmed');
}

function sameInOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}
