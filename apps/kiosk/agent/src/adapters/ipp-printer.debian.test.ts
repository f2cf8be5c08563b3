/** The adapter at printers of others: ippeveprinter, and a CUPS queue that forgets its jobs. */
import {
  cupsPackages,
  cupsPrograms,
  describePrinter,
  type EvePrinter,
  ippPackages,
  ippPrograms,
  type RealPrinter,
  startCups,
  startEvePrinter,
  withPrograms,
} from '@machikado/testkit';
import { expect } from 'vitest';
import { ippPrinter } from './ipp-printer.ts';

const at = (url: string, eve: EvePrinter, remembersJobs: boolean, started: readonly RealPrinter[]) => {
  const printer = ippPrinter({ url });
  return {
    printer,
    jam: eve.jam,
    clearJam: eve.clearJam,
    remembersJobs,
    pauseMs: 100,
    async close() {
      printer.close();
      for (const one of started) await one.close();
    },
  };
};

withPrograms(ippPrograms, ippPackages, () => {
  let eve: EvePrinter;

  describePrinter('ippeveprinter', async () => {
    eve = await startEvePrinter();
    const opened = at(eve.url, eve, true, []);
    return {
      ...opened,
      async close() {
        const jobs = eve.jobs().trim().split('\n');
        await opened.close();
        await eve.close();
        for (const job of jobs) expect(job).toMatch(/sides=two-sided-long-edge media=iso_a4_210x297mm pages=[12]-2 /);
      },
    };
  });
});

withPrograms(cupsPrograms, cupsPackages, () => {
  describePrinter('CUPS without job history', async () => {
    const eve = await startEvePrinter();
    const cups = await startCups(eve.url);
    return at(cups.url, eve, false, [cups, eve]);
  });
});
