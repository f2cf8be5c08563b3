/** 料金支払い ⑪: money into escrow until the fee is there. Nothing is taken yet; a deposit that needs change we do not have goes back. */
import { orFault } from '../device-trouble.ts';
import { KioskFault } from '../kiosk-fault.ts';
import { note } from '../note.ts';
import type { Ports } from '../ports.ts';
import type { Resident } from '../resident.ts';
import type { Order } from './place-order.ts';

export async function collectMoney({ orderId, feeYen }: Order, resident: Resident, ports: Ports): Promise<number> {
  const { coinUnit } = ports;
  const { insertedYen, returnedYen } = await orFault('COIN_UNIT_FAULT', () => coinUnit.totals());
  const before = { insertedBeforeYen: insertedYen, returnedBeforeYen: returnedYen };
  await note(orderId, { event: 'deposit-intended', ...before }, ports);
  await orFault('COIN_UNIT_FAULT', () => coinUnit.beginDeposit());
  for (;;) {
    const depositYen = await orFault('COIN_UNIT_FAULT', () => coinUnit.depositAmount());
    if (depositYen >= feeYen) {
      if (!(await coinUnit.canDispense(depositYen - feeYen))) throw new KioskFault('NO_CHANGE');
      return depositYen;
    }
    await resident.insertMoney(feeYen, depositYen);
  }
}
