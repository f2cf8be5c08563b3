/** 領収書発行: a receipt printer. Receipts come out as text files; they hold no personal data. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeviceFault } from './device-fault.ts';
import { createWatch } from './watch.ts';

export interface ReceiptPrinter {
  print(lines: readonly string[]): Promise<void>;
  status(): Promise<'ok' | 'paper-out'>;
}

export interface ReceiptPrinterFaults {
  readonly paperOut?: boolean;
}

export interface ReceiptPrinterFront {
  set(faults: ReceiptPrinterFaults): void;
  look(): { readonly paperOut: boolean; readonly receipts: number };
  /** The last slip that came out. */
  lastReceipt(): readonly string[] | undefined;
  onChange(listener: () => void): () => void;
}

export function openReceiptPrinter(
  dir: string,
  faults: ReceiptPrinterFaults = {},
): ReceiptPrinter & ReceiptPrinterFront {
  const receiptsDir = join(dir, 'receipts');
  mkdirSync(receiptsDir, { recursive: true });
  const watch = createWatch();
  const count = () => readdirSync(receiptsDir).length;
  const fileOf = (n: number) => join(receiptsDir, `${n}.txt`);
  let { paperOut = false } = faults;

  return {
    status: async () => (paperOut ? 'paper-out' : 'ok'),
    async print(lines) {
      if (paperOut) throw new DeviceFault('paper-out');
      writeFileSync(fileOf(count() + 1), `${lines.join('\n')}\n`);
      watch.changed();
    },
    set(next) {
      ({ paperOut = paperOut } = next);
      watch.changed();
    },
    look: () => ({ paperOut, receipts: count() }),
    lastReceipt: () => (count() === 0 ? undefined : readFileSync(fileOf(count()), 'utf8').trimEnd().split('\n')),
    onChange: watch.listen,
  };
}
