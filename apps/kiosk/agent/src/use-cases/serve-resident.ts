/** One use, from ① to ⑭. Whatever happens in it, the money is settled before the next person, and nothing of this one stays. */
import type { StatusReply } from '@machikado/protocol';
import { cancelReasonOf, codeOf, type EndCode } from '../end-of-use.ts';
import { KioskFault } from '../kiosk-fault.ts';
import { note } from '../note.ts';
import type { Ports } from '../ports.ts';
import type { Resident } from '../resident.ts';
import { untilAnswered } from '../until-answered.ts';
import { createUseMemory, type UseMemory } from '../use-memory.ts';
import { askOffers } from './ask-offers.ts';
import { checkSheets } from './check-sheets.ts';
import { collectMoney } from './collect-money.ts';
import { confirmSelection } from './confirm-selection.ts';
import { fixDeposit } from './fix-deposit.ts';
import { giveReceipt, handOver } from './hand-over.ts';
import { type Login, logIn } from './log-in.ts';
import { openCopies } from './open-copies.ts';
import { pay } from './pay.ts';
import { type Order, placeOrder } from './place-order.ts';
import { printCopies } from './print-copies.ts';
import { readCard } from './read-card.ts';
import { recoverAfterRestart } from './recover-after-restart.ts';
import { refuseUnlessReady } from './refuse-unless-ready.ts';
import { type Settlement, settleOrder } from './settle-order.ts';

export interface EndOfUse {
  readonly code: 'OK' | EndCode;
  readonly orderId?: string;
  readonly settlement?: Settlement;
  /** The cause, for the log of whoever runs the kiosk; holds no personal data. */
  readonly error?: unknown;
}

export async function serveResident(resident: Resident, ports: Ports): Promise<EndOfUse> {
  const memory = createUseMemory();
  const use: { orderId?: string; settlement?: Settlement } = {};
  try {
    await recoverOpenOrders(ports);
    await refuseUnlessReady(ports);
    await resident.show('menu');
    const status = await untilAnswered(ports, () => ports.center.status());
    await useCard(status, resident, memory, ports, use);
    return { code: 'OK', ...use };
  } catch (error) {
    return { code: codeOf(error), ...use, error };
  } finally {
    memory.wipe();
    await noteWiped(use, ports);
  }
}

/** A journal that takes nothing down any more does not change how the use ended. */
async function noteWiped({ orderId }: Use, ports: Ports): Promise<void> {
  if (orderId !== undefined) await caught(() => note(orderId, { event: 'wiped' }, ports));
}

/** What an earlier use could not bring to its end, for want of an answer or a device, is brought there first. */
async function recoverOpenOrders(ports: Ports): Promise<void> {
  if (ports.journal.openOrders().length === 0) return;
  try {
    await recoverAfterRestart(ports);
  } catch (cause) {
    throw new KioskFault('KIOSK_NOT_READY', { cause });
  }
}

type Use = { orderId?: string; settlement?: Settlement };

async function useCard(status: StatusReply, resident: Resident, memory: UseMemory, ports: Ports, use: Use) {
  await resident.show('card');
  const card = await readCard(memory, ports);
  const town = await resident.chooseMunicipality(status);
  const login = await logIn(card, resident, memory, ports);
  await resident.show('card-away');
  await ports.cardReader.waitForRemoval(new AbortController().signal);
  try {
    const offers = await askOffers(login, town, ports);
    const confirmed = await confirmSelection(offers, resident);
    const order = await placeOrder({ ...confirmed, login, lgCode: offers.lgCode }, memory, ports);
    use.orderId = order.orderId;
    await trade(order, resident, memory, ports, use);
  } finally {
    await endSession(login, ports);
  }
}

async function trade(order: Order, resident: Resident, memory: UseMemory, ports: Ports, use: Use): Promise<void> {
  const { orderId } = order;
  const failure = await caught(async () => {
    const depositYen = await collectMoney(order, resident, ports);
    const shares = await pay(order, depositYen, memory, ports);
    const opened = openCopies(order, shares, memory);
    await checkSheets(order, opened, ports);
    await fixDeposit(orderId, ports);
    await resident.show('print');
    await printCopies(order, opened, ports);
  });
  const unsettled = await caught(async () => {
    use.settlement = await settleOrder(orderId, cancelReasonOf(failure?.error), ports);
  });
  await handOver(resident, ports);
  if (use.settlement) await giveReceipt(orderId, use.settlement, resident, ports);
  const first = failure ?? unsettled;
  if (first) throw first.error;
}

async function caught(act: () => Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** A session that is not ended expires by itself. */
async function endSession({ sessionId }: Login, { center }: Ports): Promise<void> {
  try {
    await center.endSession(sessionId);
  } catch {
    // nothing depends on it
  }
}
