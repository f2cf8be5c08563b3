/**
 * An order that is not paid can be given up by the resident, by the kiosk's recovery, by a timeout or by its own repeat. The
 * shares of its copies are deleted with it, so that the ciphertext at the kiosk can be opened by nobody ever again, and the
 * issuing server learns that the issue numbers are cancelled.
 */
import type { Order } from './model.ts';
import { moveOrder, unsealCopies } from './moves.ts';
import type { Center } from './ports.ts';
import type { Tables } from './store.ts';

/** False when another move came first. */
export async function giveUpOrder(tables: Tables, order: Order, reason: string, at: Date): Promise<boolean> {
  const { orderId, lgCode, state } = order;
  if (!(await moveOrder(tables, order, state === 'requested' ? 'failed' : 'cancelled', at, { reason }))) return false;
  await unsealCopies(tables, order, 'void', at);
  // Without copies: whatever the order came to at the issuing server, and even if it arrives there only later, it is dead.
  await tables.outbox.put({ orderId, lgCode, copies: [] }, at);
  return true;
}

/** Until it is dead or was paid, whoever else is moving it meanwhile; answers where it stands then. */
export async function giveUpForGood(center: Center, orderId: string, reason: string): Promise<Order | undefined> {
  for (;;) {
    const order = await center.store.orders.find(orderId);
    if (order?.state !== 'requested' && order?.state !== 'sealed') return order;
    await center.store.transaction((tables) => giveUpOrder(tables, order, reason, center.machineClock.now()));
  }
}
