/**
 * An order that is not paid can be given up by the resident, by the kiosk's recovery, by a timeout or by its own repeat. The
 * shares of its copies are deleted with it, so that the ciphertext at the kiosk can be opened by nobody ever again, and the
 * issuing server learns that the issue numbers are cancelled.
 */
import type { Order } from './model.ts';
import { moveOrder, unsealCopies } from './moves.ts';
import type { Tables } from './store.ts';

/** False when another move came first. */
export async function giveUpOrder(tables: Tables, order: Order, reason: string, at: Date): Promise<boolean> {
  if (order.state === 'requested') return moveOrder(tables, order, 'failed', at, { reason });
  if (!(await moveOrder(tables, order, 'cancelled', at, { reason }))) return false;
  await unsealCopies(tables, order, 'void', at);
  const copies = await tables.copies.of(order);
  await tables.outbox.put(
    {
      orderId: order.orderId,
      lgCode: order.lgCode,
      copies: copies.map(({ issueNumber }) => ({ issueNumber, outcome: 'cancelled' as const })),
    },
    at,
  );
  return true;
}
