/**
 * 料金支払い ⑪: money into escrow until the fee is there and the resident confirms. Nothing is taken yet. A deposit that needs change we
 * do not have goes back whole, and the fee is asked for again, exactly. For a certificate without a fee (無料) nobody is asked
 * for anything.
 */
import { orFault } from '../device-trouble.ts';
import { KioskFault } from '../kiosk-fault.ts';
import { note } from '../note.ts';
import { factsOf } from '../order-facts.ts';
import type { CoinUnit, Ports } from '../ports.ts';
import type { Bill, Resident } from '../resident.ts';
import { returnDeposit } from './cancel-order.ts';
import type { Order } from './place-order.ts';

export async function collectMoney(order: Order, resident: Resident, ports: Ports): Promise<number> {
  if (order.feeYen === 0) return 0;
  for (let sentBack = false; ; sentBack = true) {
    const depositYen = await collectDeposit(order, sentBack, resident, ports);
    if (depositYen !== 'no-change') return depositYen;
    resident.wait('settling');
    await sendBack(order, ports);
  }
}

async function collectDeposit(
  { orderId, feeYen }: Order,
  sentBack: boolean,
  resident: Resident,
  ports: Ports,
): Promise<number | 'no-change'> {
  const { coinUnit } = ports;
  const { insertedYen, returnedYen } = await orFault('COIN_UNIT_FAULT', () => coinUnit.totals());
  const before = { insertedBeforeYen: insertedYen, returnedBeforeYen: returnedYen };
  await note(orderId, { event: 'deposit-intended', ...before }, ports);
  await orFault('COIN_UNIT_FAULT', () => coinUnit.beginDeposit());
  for (let confirmed = false; ; ) {
    const bill = await orFault('COIN_UNIT_FAULT', () => readBill(feeYen, sentBack, coinUnit));
    if (bill === 'no-change') return bill;
    if (confirmed && bill.depositedYen >= feeYen) return bill.depositedYen;
    const { depositedYen } = bill;
    const changed = (signal: AbortSignal) =>
      orFault('COIN_UNIT_FAULT', () => coinUnit.waitForChange(depositedYen, signal));
    confirmed = (await resident.pay(bill, changed)) === 'confirmed';
  }
}

const NOTE_YEN = 1000;

async function readBill(dueYen: number, sentBack: boolean, coinUnit: CoinUnit): Promise<Bill | 'no-change'> {
  if ((await coinUnit.status()) === 'jam') throw new KioskFault('COIN_UNIT_FAULT');
  const depositedYen = await coinUnit.depositAmount();
  const overYen = depositedYen - dueYen;
  if (overYen > 0 && !(await coinUnit.canDispense(overYen))) return 'no-change';
  const changeOfNotesYen = (NOTE_YEN - (dueYen % NOTE_YEN)) % NOTE_YEN;
  const givesChange = !sentBack && (await coinUnit.status()) === 'ok' && (await coinUnit.canDispense(changeOfNotesYen));
  return {
    dueYen,
    depositedYen,
    change: givesChange ? 'given' : 'exact-only',
    sentBack: sentBack && depositedYen === 0,
  };
}

/** What a jam keeps of it is owed already, so that no other coin may go in. */
async function sendBack({ orderId }: Order, ports: Ports): Promise<void> {
  await orFault('COIN_UNIT_FAULT', () => returnDeposit(orderId, ports));
  const { deposit } = factsOf(ports.journal.entriesOf(orderId));
  if (deposit?.returned?.owedYen !== 0) throw new KioskFault('COIN_UNIT_FAULT');
}
