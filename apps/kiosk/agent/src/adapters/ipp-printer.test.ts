import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type IppPrinterOptions,
  openPrinter,
  type PrinterOptions,
  physicalTruth,
  serveIppPrinter,
} from '@machikado/simulators';
import { blankPdf, describePrinter } from '@machikado/testkit';
import { afterEach, describe, test } from 'vitest';
import type { PrintJob } from '../ports.ts';
import { ippPrinter } from './ipp-printer.ts';

async function openBench(served: Partial<IppPrinterOptions> = {}, options: PrinterOptions = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'ipp-printer-'));
  const machine = openPrinter(dir, options);
  const server = await serveIppPrinter(machine, { port: 0, ...served });
  const printer = ippPrinter({ url: server.url });
  return {
    ...{ dir, machine, server, printer },
    async close() {
      printer.close();
      await server.close();
      rmSync(dir, { recursive: true });
    },
  };
}

describePrinter('simulated printer over IPP', async () => {
  const { machine, printer, close } = await openBench();
  return {
    ...{ printer, close },
    jam: () => machine.set({ jamAtSheet: 1 }),
    clearJam: () => machine.clear(),
    remembersJobs: true,
    pauseMs: 0,
  };
});

describe('printer over IPP', () => {
  let bench: Awaited<ReturnType<typeof openBench>>;
  const { submit, end } = {
    submit: (name = 'order.1.1') => bench.printer.submit({ name, document: blankPdf(2), pages: [1, 2], duplex: true }),
    async end(id: number): Promise<PrintJob> {
      for (;;) {
        const job = await bench.printer.job(id);
        if (['completed', 'canceled', 'aborted'].includes(job.state)) return job;
      }
    },
  };
  afterEach(() => bench.close());

  test('the sheet that came out is the one that was sent', async () => {
    bench = await openBench();
    await end(await submit());
    assert.deepEqual(readdirSync(join(bench.dir, 'tray')), ['order.1.1.pdf']);
    assert.equal(physicalTruth(bench.dir).sheetsOut.get('order.1.1'), 1);
    assert.equal(await bench.printer.trayEmpty(), false);
    bench.machine.takePaper(join(bench.dir, 'out'));
    assert.equal(await bench.printer.trayEmpty(), true);
  });

  test('a tray without an eye is unknown', async () => {
    bench = await openBench();
    const printer = ippPrinter({ url: bench.server.url, tray: 'asked' });
    assert.equal(await printer.trayEmpty(), 'unknown');
    printer.close();
  });

  test('says what staff have to do, and how many sheets are left', async () => {
    bench = await openBench();
    bench.machine.set({ sheetsLeft: 7, toner: 'low' });
    assert.deepEqual(await bench.printer.status(), { faults: [], warnings: ['media-low', 'toner-low'], sheetsLeft: 7 });
    bench.machine.set({ sheetsLeft: 0, toner: 'empty', coverOpen: true });
    assert.deepEqual((await bench.printer.status()).faults, ['cover-open', 'media-empty', 'toner-empty']);
  });

  test('a job that waits for its first sheet says so, and goes on when the cassette is filled', async () => {
    bench = await openBench();
    bench.machine.set({ sheetsLeft: 0 });
    const id = await submit();
    await bench.printer.job(id);
    const job = await bench.printer.job(id);
    assert.equal(job.state, 'processing-stopped');
    assert.ok(job.stateReasons.includes('media-empty'));
    assert.equal(job.impressionsCompleted, 0);
    bench.machine.set({ sheetsLeft: 1 });
    assert.equal((await end(id)).sheetsCompleted, 1);
    assert.deepEqual((await bench.printer.status()).faults, ['media-empty']);
  });

  test('a job that completed with errors is not out', async () => {
    bench = await openBench({}, { faults: { 1: 'no-sheet' } });
    const job = await end(await submit());
    assert.deepEqual([job.state, job.sheetsCompleted], ['completed', 0]);
  });

  test('a printer that forgets its jobs: what nobody saw completed is not out', async () => {
    bench = await openBench({ jobHistory: false });
    const id = await submit();
    const job = await end(id);
    assert.deepEqual([job.name, job.state, job.stateReasons], ['order.1.1', 'aborted', ['job-vanished']]);
    assert.equal(job.sheetsCompleted, 0);
    assert.equal(physicalTruth(bench.dir).sheetsOut.get('order.1.1'), 1);
    assert.equal(await bench.printer.findJob('order.1.1'), undefined);
  });

  test('another agent finds the job of the one that was killed, and follows it to its end', async () => {
    bench = await openBench();
    const id = await submit('order.2.1');
    await bench.printer.job(id);
    const after = ippPrinter({ url: bench.server.url });
    const found = await after.findJob('order.2.1');
    assert.equal(found?.id, id);
    await end(id);
    assert.equal((await after.job(id)).sheetsCompleted, 1);
    assert.equal((await after.findJob('order.2.1'))?.sheetsCompleted, 1);
    after.close();
  });

  test('a printer that is away rejects, and is asked anew when it is back', async () => {
    bench = await openBench();
    const { port } = new URL(bench.server.url.replace('ipp:', 'http:'));
    await bench.server.close();
    await assert.rejects(bench.printer.status(), { name: 'IppUnreachable' });
    const back = await serveIppPrinter(bench.machine, { port: Number(port) });
    assert.deepEqual((await bench.printer.status()).faults, []);
    bench.printer.close();
    await back.close();
    bench = await openBench();
  });

  test('power loss leaves the job aborted', async () => {
    bench = await openBench();
    const id = await submit();
    await bench.printer.job(id);
    bench.machine.losePower();
    assert.deepEqual([(await end(id)).state, (await end(id)).sheetsCompleted], ['aborted', 0]);
  });
});
