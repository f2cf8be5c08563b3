/** Whatever a device throws becomes the one code that a resident’s sentence and the cancel reason are chosen from. */
import { Cancelled, KioskFault } from './kiosk-fault.ts';

export async function orFault<T>(code: 'COIN_UNIT_FAULT' | 'PRINTER_FAULT', act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof KioskFault || cause instanceof Cancelled) throw cause;
    throw new KioskFault(code, { cause });
  }
}
