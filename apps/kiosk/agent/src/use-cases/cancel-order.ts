/**
 * Gives an unpaid order up: the money goes back first, then the center forgets its half of the keys and books what the coin unit
 * could not give back.
 */
import { type CancelOrder, ProtocolError } from '@machikado/protocol';
import { movedYen } from '../coin-counters.ts';
import { note } from '../note.ts';
import { type DepositFacts, factsOf } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import { untilAnswered } from '../until-answered.ts';

/** By the counters from before the deposit, so that a kill in between neither forgets a coin nor owes it twice. */
export async function returnDeposit(orderId: string, ports: Ports): Promise<void> {
  const { coinUnit, journal } = ports;
  const { deposit } = factsOf(journal.entriesOf(orderId));
  if (!deposit || deposit.returned) return;
  // Looked at before anything comes out: it may be another unit.
  returnedOf(deposit, await coinUnit.totals());
  try {
    await coinUnit.endDeposit({ repay: true });
  } catch (error) {
    // A jam: the counters say how far it came. Whatever else it was, what still lies there is asked for again.
    if ((await coinUnit.status()) !== 'jam' && (await coinUnit.depositAmount()) > 0) throw error;
  }
  await note(orderId, { event: 'deposit-returned', ...returnedOf(deposit, await coinUnit.totals()) }, ports);
}

type Counters = Awaited<ReturnType<Ports['coinUnit']['totals']>>;

function returnedOf({ insertedBeforeYen, returnedBeforeYen, paidWithYen }: DepositFacts, now: Counters) {
  const insertedYen = movedYen(insertedBeforeYen, now.insertedYen, { leastYen: paidWithYen });
  const returnedYen = movedYen(returnedBeforeYen, now.returnedYen, { mostYen: insertedYen });
  return { returnedYen, owedYen: insertedYen - returnedYen };
}

/** A payment that reached the center first wins; then an outcome has to be reported instead. */
export async function cancelOrder(
  orderId: string,
  reason: CancelOrder['reason'],
  ports: Ports,
): Promise<'cancelled' | 'already-paid'> {
  const depositPayableYen = factsOf(ports.journal.entriesOf(orderId)).deposit?.returned?.owedYen ?? 0;
  try {
    await untilAnswered(ports, () => ports.center.cancelOrder(orderId, { reason, depositPayableYen }));
    return 'cancelled';
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    if (error.code === 'ORDER_ALREADY_PAID') return 'already-paid';
    if (error.code === 'ORDER_UNKNOWN') return 'cancelled';
    throw error;
  }
}
