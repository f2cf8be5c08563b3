/**
 * Digest of what the resident confirmed. Kiosk, center and issuer each compute it from their own copy of the selection, so a
 * selection exchanged on the way shows. Persons and items are sets (the order on the paper is the 記載順位, never the order of
 * tapping), so they are sorted first.
 */
import type { Selection } from '@machikado/protocol';
import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './references.ts';

export function selectionDigest(orderId: string, selection: Selection): string {
  const { kind, scope, personRefs, items, fiscalYear, copies, feeYen } = selection;
  const sets = { personRefs: [...personRefs].sort(), items: [...items].sort() };
  return digestOf(
    canonicalJson({
      orderId,
      selection: { kind, scope, ...sets, ...(fiscalYear !== undefined && { fiscalYear }), copies, feeYen },
    }),
  );
}
