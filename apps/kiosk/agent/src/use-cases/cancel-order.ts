/** Gives an unpaid order up: the money goes back first, then the center forgets its half of the keys. */
import { type CancelOrder, ProtocolError } from '@machikado/protocol';
import { note } from '../note.ts';
import type { Ports } from '../ports.ts';
import { untilAnswered } from '../until-answered.ts';

export async function returnDeposit(orderId: string, ports: Ports): Promise<void> {
  const events = ports.journal.entriesOf(orderId).map(({ event }) => event);
  if (!events.includes('deposit-intended') || events.includes('deposit-returned')) return;
  await ports.coinUnit.endDeposit({ repay: true });
  await note(orderId, { event: 'deposit-returned' }, ports);
}

/** A payment that reached the center first wins; then an outcome has to be reported instead. */
export async function cancelOrder(
  orderId: string,
  reason: CancelOrder['reason'],
  ports: Ports,
): Promise<'cancelled' | 'already-paid'> {
  try {
    await untilAnswered(ports, () => ports.center.cancelOrder(orderId, { reason }));
    return 'cancelled';
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    if (error.code === 'ORDER_ALREADY_PAID') return 'already-paid';
    if (error.code === 'ORDER_UNKNOWN') return 'cancelled';
    throw error;
  }
}
