/** 領収書発行: the receipt printer at its wire. */
import { Type } from 'typebox';
import type { ReceiptPrinter } from '../ports.ts';
import { deviceWire, type WiredDevice } from './device-wire.ts';

export function wiredReceiptPrinter(at: WiredDevice): ReceiptPrinter & { close(): void } {
  const wire = deviceWire(at);
  return {
    print: async (lines) => void (await wire.ask(Type.Null(), 'print', lines)),
    status: () => wire.ask(Type.Enum(['ok', 'paper-out']), 'status'),
    close: wire.close,
  };
}
