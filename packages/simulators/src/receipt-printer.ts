/** 領収書発行: a receipt printer. Receipts come out as text files; they hold no personal data. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeviceFault } from './device-fault.ts';

export interface ReceiptPrinter {
  print(lines: readonly string[]): Promise<void>;
  status(): Promise<'ok' | 'paper-out'>;
}

export function openReceiptPrinter(dir: string, options: { readonly paperOut?: boolean } = {}): ReceiptPrinter {
  const receiptsDir = join(dir, 'receipts');
  mkdirSync(receiptsDir, { recursive: true });
  return {
    status: async () => (options.paperOut ? 'paper-out' : 'ok'),
    async print(lines) {
      if (options.paperOut) throw new DeviceFault('paper-out');
      const n = readdirSync(receiptsDir).length + 1;
      writeFileSync(join(receiptsDir, `${n}.txt`), `${lines.join('\n')}\n`);
    },
  };
}
