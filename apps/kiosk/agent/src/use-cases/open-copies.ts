/** Joins both halves of each key and opens the copies, in memory only. */
import { openCopy } from '@machikado/pki';
import { refuse } from '@machikado/protocol';
import type { UseMemory } from '../use-memory.ts';
import type { CenterShares } from './pay.ts';
import type { Order } from './place-order.ts';

export interface OpenedCopy {
  readonly copy: number;
  readonly pdf: Uint8Array;
}

export function openCopies({ orderId, copies }: Order, shares: CenterShares, memory: UseMemory): readonly OpenedCopy[] {
  return copies.map(({ copy, ciphertext, kioskShare }) => {
    const centerShare = shares.get(copy) ?? refuse('BINDING_MISMATCH', 'a share is missing');
    return { copy, pdf: memory.keep(openCopy({ orderId, copy, ciphertext, kioskShare, centerShare })) };
  });
}
