/**
 * 料金支払い ⑪: money into escrow until the fee is there and the resident confirms. Nothing is taken yet; a deposit that needs change we
 * do not have goes back. For a certificate without a fee (無料) nobody is asked for anything.
 */
import { orFault } from '../device-trouble.ts';
import { KioskFault } from '../kiosk-fault.ts';
import { note } from '../note.ts';
import type { CoinUnit, Ports } from '../ports.ts';
import type { Bill, Resident } from '../resident.ts';
import type { Order } from './place-order.ts';

export async function collectMoney({ orderId, feeYen }: Order, resident: Resident, ports: Ports): Promise<number> {
  const { coinUnit } = ports;
  if (feeYen === 0) return 0;
  const { insertedYen, returnedYen } = await orFault('COIN_UNIT_FAULT', () => coinUnit.totals());
  const before = { insertedBeforeYen: insertedYen, returnedBeforeYen: returnedYen };
  await note(orderId, { event: 'deposit-intended', ...before }, ports);
  await orFault('COIN_UNIT_FAULT', () => coinUnit.beginDeposit());
  for (let confirmed = false; ; ) {
    const bill = await orFault('COIN_UNIT_FAULT', () => readBill(feeYen, coinUnit));
    if (confirmed && bill.depositedYen >= feeYen) return bill.depositedYen;
    const { depositedYen } = bill;
    const changed = (signal: AbortSignal) =>
      orFault('COIN_UNIT_FAULT', () => coinUnit.waitForChange(depositedYen, signal));
    confirmed = (await resident.pay(bill, changed)) === 'confirmed';
  }
}

const NOTE_YEN = 1000;

async function readBill(dueYen: number, coinUnit: CoinUnit): Promise<Bill> {
  if ((await coinUnit.status()) === 'jam') throw new KioskFault('COIN_UNIT_FAULT');
  const depositedYen = await coinUnit.depositAmount();
  if (!(await coinUnit.canDispense(Math.max(0, depositedYen - dueYen)))) throw new KioskFault('NO_CHANGE');
  const changeOfNotesYen = (NOTE_YEN - (dueYen % NOTE_YEN)) % NOTE_YEN;
  const givesChange = (await coinUnit.status()) === 'ok' && (await coinUnit.canDispense(changeOfNotesYen));
  return { dueYen, depositedYen, change: givesChange ? 'given' : 'exact-only' };
}
