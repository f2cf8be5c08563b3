/** No use starts on another’s remains: a sound journal without open orders, no job in the printer, no paper in the tray, no coin in escrow, no jam. */
import { KioskFault } from '../kiosk-fault.ts';
import type { Ports } from '../ports.ts';

export async function refuseUnlessReady({ journal, printer, coinUnit }: Ports): Promise<void> {
  const ready =
    journal.sound() &&
    journal.openOrders().length === 0 &&
    (await printer.activeJobs()).length === 0 &&
    (await printer.trayEmpty()) &&
    (await coinUnit.depositAmount()) === 0 &&
    (await coinUnit.status()) !== 'jam';
  if (!ready) throw new KioskFault('KIOSK_NOT_READY');
}
