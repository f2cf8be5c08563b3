/** The front of a machine with simulated devices: what a person’s hands do there, what breaks, and what staff do when they come. */
import { type CardFile, parseCardFile, VirtualCard, virtualCardTransport } from '@machikado/card';
import type { CardReaderFront, CoinUnitFront, PrinterFront, ReceiptPrinterFront } from '@machikado/simulators';
import type { Hands } from './visit.ts';

export interface Devices {
  readonly cardReader: CardReaderFront;
  readonly coinUnit: CoinUnitFront;
  readonly printer: PrinterFront;
  readonly receiptPrinter: ReceiptPrinterFront;
}

/** Everything that a device can do to a person; each lasts until staff come. */
export const deviceFaults = {
  'coins jam': ({ coinUnit }: Devices) => coinUnit.jam(),
  'coins jam on their way out': ({ coinUnit }: Devices) => coinUnit.set({ jamAfterPieces: 0 }),
  'the second coin jams on its way out': ({ coinUnit }: Devices) => coinUnit.set({ jamAfterPieces: 1 }),
  'no change': ({ coinUnit }: Devices) => coinUnit.set({ outOfChange: true }),
  'the next sheet jams': ({ printer }: Devices) => printer.set({ jamAtSheet: 1 }),
  'the second sheet jams': ({ printer }: Devices) => printer.set({ jamAtSheet: 2 }),
  'no paper': ({ printer }: Devices) => printer.set({ sheetsLeft: 0 }),
  'one sheet of paper': ({ printer }: Devices) => printer.set({ sheetsLeft: 1 }),
  'the cover is open': ({ printer }: Devices) => printer.set({ coverOpen: true }),
  'no toner': ({ printer }: Devices) => printer.set({ toner: 'empty' }),
  'the printer loses its power': ({ printer }: Devices) => printer.losePower(),
  'no receipt paper': ({ receiptPrinter }: Devices) => receiptPrinter.set({ paperOut: true }),
} as const;
export type DeviceFaultName = keyof typeof deviceFaults;

/** 係員: everything works again. */
export function repair({ coinUnit, printer, receiptPrinter }: Devices): void {
  coinUnit.set({ outOfChange: false, jamAfterPieces: Number.POSITIVE_INFINITY });
  if (coinUnit.look().jammed) coinUnit.clearJam();
  coinUnit.refill();
  printer.set({ sheetsLeft: null, jamAtSheet: null, coverOpen: false, toner: 'ok' });
  printer.clear();
  receiptPrinter.set({ paperOut: false });
}

export function handsAt({ cardReader, coinUnit, printer }: Devices, outDir: string): Hands {
  return {
    layDown: (card) => cardReader.layDown(virtualCardTransport(card)),
    takeCard: () => cardReader.takeAway(),
    insert: (yen) => coinUnit.insert(yen),
    takePaper: () => printer.takePaper(outDir),
  };
}

/** A chip of its own: wrong PINs count on it alone. */
export const chipOf = (file: CardFile) => new VirtualCard(parseCardFile(JSON.stringify(file)), () => undefined);
