/** 領収書発行 from the front: slips hang in the slot until they are torn off, and lie on the desk until they are put away. */
import { randomUUID } from 'node:crypto';
import type { ReceiptPrinterFront } from '@machikado/simulators';
import type { ReceiptsView, ReceiptView } from './bench-state.ts';

export interface ReceiptSlot {
  view(): ReceiptsView;
  runOutOfPaper(out: boolean): void;
  tear(): void;
  putAway(): void;
}

export function openReceiptSlot(printer: ReceiptPrinterFront, changed: () => void): ReceiptSlot {
  let slot: readonly ReceiptView[] = [];
  let taken: readonly ReceiptView[] = [];
  let printed = printer.look().receipts;
  printer.onChange(() => {
    const { receipts } = printer.look();
    if (receipts > printed) slot = [...slot, { id: randomUUID(), lines: printer.lastReceipt() ?? [] }];
    printed = receipts;
    changed();
  });
  return {
    view: () => ({ paperOut: printer.look().paperOut, slot, taken }),
    runOutOfPaper: (paperOut) => printer.set({ paperOut }),
    tear() {
      taken = [...taken, ...slot];
      slot = [];
      changed();
    },
    putAway() {
      taken = [];
      changed();
    },
  };
}
