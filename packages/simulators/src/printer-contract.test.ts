import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describePrinter } from '@machikado/testkit';
import { openPrinter } from './printer.ts';

describePrinter('simulated printer', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'printer-'));
  const printer = openPrinter(dir);
  return {
    printer,
    jam: () => printer.set({ jamAtSheet: 1 }),
    clearJam: () => printer.clear(),
    remembersJobs: true,
    pauseMs: 0,
    close: async () => rmSync(dir, { recursive: true }),
  };
});
