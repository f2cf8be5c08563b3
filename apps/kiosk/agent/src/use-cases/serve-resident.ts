/**
 * One use, from ① to ⑭. Whatever happens in it, the money is settled before the next person, and nothing of this one stays: who it
 * is is forgotten as soon as paper and coins are settled, before anybody is waited for to take paper, receipt and card.
 */
import { type CancelOrder, orderReferenceOf, type StatusReply } from '@machikado/protocol';
import { cancelReasonOf, codeOf, type EndCode } from '../end-of-use.ts';
import { note } from '../note.ts';
import type { Ports } from '../ports.ts';
import type { Resident, Town } from '../resident.ts';
import { untilAnswered } from '../until-answered.ts';
import { createUseMemory, type UseMemory } from '../use-memory.ts';
import { askOffers, lacksDomicile } from './ask-offers.ts';
import { checkSheets } from './check-sheets.ts';
import { collectMoney } from './collect-money.ts';
import { confirmSelection } from './confirm-selection.ts';
import { fixDeposit } from './fix-deposit.ts';
import { type Login, logIn } from './log-in.ts';
import { lookAtMachine } from './look-at-machine.ts';
import { openCopies } from './open-copies.ts';
import { pay } from './pay.ts';
import { type Order, placeOrder } from './place-order.ts';
import { printCopies } from './print-copies.ts';
import { type ReadCard, readCard } from './read-card.ts';
import type { TellLateEnd } from './recover-after-restart.ts';
import { refuseUnlessReady } from './refuse-unless-ready.ts';
import { sayGoodbye, type UseSoFar } from './say-goodbye.ts';
import { closeOrder, type Settlement, settleDevices } from './settle-order.ts';
import { watchIdleMachine } from './watch-idle-machine.ts';

export interface EndOfUse {
  readonly code: 'OK' | EndCode;
  readonly orderId?: string;
  readonly settlement?: Settlement;
  /** The cause, for the log of whoever runs the kiosk; holds no personal data. */
  readonly error?: unknown;
}

/** `onUnsettled`: why an earlier use stays open. */
export async function serveResident(
  resident: Resident,
  ports: Ports,
  onUnsettled?: (error: unknown) => void,
): Promise<EndOfUse> {
  const use: UseSoFar = {};
  const failure = await caught(() => useService(resident, ports, use, onUnsettled));
  const { orderId } = use;
  if (orderId !== undefined) await caught(() => note(orderId, { event: 'wiped' }, ports));
  // Whoever has paper, change and card to take does not wait for the center.
  let isTold = false;
  const telling = caught(() => tellCenter(use, cancelReasonOf(failure?.error), ports)).finally(() => {
    isTold = true;
  });
  const unsaid = await caught(() => sayGoodbye(resident, ports, use, failure?.error));
  if (!isTold) resident.wait('settling');
  const untold = await telling;
  const { settlement } = use;
  const end = { ...(orderId !== undefined && { orderId }), ...(settlement && { settlement }) };
  const first = failure ?? untold ?? unsaid;
  return first ? { code: codeOf(first.error), ...end, error: first.error } : { code: 'OK', ...end };
}

/** Everything that knows the person; over when the order is settled. */
async function useService(
  resident: Resident,
  ports: Ports,
  use: UseSoFar,
  onUnsettled?: (error: unknown) => void,
): Promise<void> {
  const memory = createUseMemory();
  try {
    const onLateEnd: TellLateEnd = (...told) => resident.tellLateEnd(...told);
    const idle = watchIdleMachine(ports, { ...(onUnsettled && { onUnsettled }), onLateEnd });
    await resident.begin(idle.look);
    use.begun = true;
    resident.wait('checking');
    await idle.settle();
    await refuseUnlessReady(ports);
    const status = await untilAnswered(ports, () => ports.center.status());
    const card = await readCard(resident, memory, ports);
    await useCard(card, status, resident, memory, ports, use);
  } finally {
    memory.wipe();
  }
}

async function useCard(
  card: ReadCard,
  status: StatusReply,
  resident: Resident,
  memory: UseMemory,
  ports: Ports,
  use: UseSoFar,
): Promise<void> {
  const { town, login } = await identify(card, status, resident, memory, ports, use);
  await resident.takeCard((signal) => ports.cardReader.waitForRemoval(signal));
  resident.wait('asking');
  const offers = await askOffers(login, town, ports);
  const municipality = status.municipalities.find(({ lgCode }) => lgCode === offers.lgCode)?.name ?? offers.lgCode;
  const sheetsLeft = (await ports.printer.status().catch(() => undefined))?.sheetsLeft;
  const menu = { offers, municipality, ...(sheetsLeft !== undefined && { sheetsLeft }) };
  const confirmed = await confirmSelection(menu, resident);
  resident.wait('preparing');
  // Whatever broke meanwhile is said before there is an order, and before any money.
  await refuseUnlessReady(ports);
  const wish = { ...confirmed, login, lgCode: offers.lgCode };
  const order = await placeOrder(wish, memory, ports, (orderId) => {
    use.reference = orderReferenceOf(orderId);
  });
  use.orderId = order.orderId;
  use.municipality = municipality;
  await trade(order, resident, memory, ports, use);
}

/**
 * ③ and ④; the card is switched off afterwards, whatever came of it. Whoever chose the 本籍地 and is known in no town by that role is asked
 * ③ again: most have their 本籍 where they live.
 */
async function identify(
  card: ReadCard,
  status: StatusReply,
  resident: Resident,
  memory: UseMemory,
  ports: Ports,
  use: UseSoFar,
): Promise<{ readonly town: Town; readonly login: Login }> {
  try {
    let login: Login | undefined;
    for (;;) {
      const outlook = { machine: await lookAtMachine(ports), status };
      const town = await resident.chooseMunicipality({ ...outlook, ...(login && { domicile: 'unknown' }) });
      if (!login) {
        const entered = await logIn(card, resident, memory, ports);
        if (entered === 'back') continue;
        login = entered;
        use.sessionId = login.sessionId;
      }
      if (lacksDomicile(login, town)) continue;
      return { town, login };
    }
  } finally {
    await caught(() => card.transport.close());
  }
}

async function trade(order: Order, resident: Resident, memory: UseMemory, ports: Ports, use: UseSoFar): Promise<void> {
  const { orderId } = order;
  const failure = await caught(async () => {
    const depositYen = await collectMoney(order, resident, ports);
    resident.wait('opening');
    const shares = await pay(order, depositYen, memory, ports);
    const opened = openCopies(order, shares, memory);
    await checkSheets(order, opened, ports);
    await fixDeposit(orderId, ports);
    await printCopies(order, opened, resident, ports);
  });
  resident.wait('settling');
  const unsettled = await caught(async () => {
    use.settlement = await settleDevices(orderId, ports);
  });
  const first = failure ?? unsettled;
  if (first) throw first.error;
}

/** What became of the order, and that the session is over; one that is not ended expires by itself. */
async function tellCenter(use: UseSoFar, reason: CancelOrder['reason'], ports: Ports): Promise<void> {
  const { orderId, settlement, sessionId } = use;
  try {
    if (orderId !== undefined && settlement)
      use.settlement = { ...settlement, as: await closeOrder(orderId, reason, ports) };
  } finally {
    if (sessionId !== undefined) await caught(() => ports.center.endSession(sessionId));
  }
}

type Failure = { readonly error: unknown } | undefined;

async function caught(act: () => Promise<void>): Promise<Failure> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return { error };
  }
}
