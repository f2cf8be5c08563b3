import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { physicalTruth } from './physical-truth.ts';
import { openPrinter, type Printer, type PrinterOptions } from './printer.ts';
import { isTerminal, type PrinterJob } from './printer-state.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'printer-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const document = new TextEncoder().encode('a document');
const submit = (printer: Printer, pages: readonly [number, number] = [1, 1]) =>
  printer.submit({ name: 'job', document, pages, duplex: true });

/** Looks until the job ends or stands still. */
async function watch(printer: Printer, id: number): Promise<PrinterJob> {
  for (;;) {
    const job = await printer.job(id);
    if (isTerminal(job) || job.state === 'processing-stopped') return job;
  }
}

describe('printer', () => {
  test('prints both sides of each sheet and puts it into the tray', async () => {
    const printer = openPrinter(dir);
    const job = await watch(printer, await submit(printer, [1, 3]));
    assert.equal(job.state, 'completed');
    assert.equal(job.impressionsCompleted, 3);
    assert.equal(job.sheetsCompleted, 2);
    assert.deepEqual(readdirSync(join(dir, 'tray')).sort(), ['job-1.pdf', 'job-2.pdf']);
    assert.equal(await printer.trayEmpty(), false);
  });

  test('hands the files over when the resident takes the paper, and keeps no document', async () => {
    const printer = openPrinter(dir);
    await watch(printer, await submit(printer));
    const [file] = printer.takePaper(join(dir, 'out'));
    assert.deepEqual(readFileSync(file ?? '', 'utf8'), 'a document');
    assert.equal(await printer.trayEmpty(), true);
    assert.deepEqual(readdirSync(join(dir, 'printer-memory')), []);
  });

  test('stops at a jam, and prints the sheet anew once it is cleared', async () => {
    const printer = openPrinter(dir, { faults: { 1: 'jam' } });
    const id = await submit(printer);
    assert.deepEqual((await watch(printer, id)).stateReasons, ['media-jam']);
    assert.equal(physicalTruth(dir).sheetsOut.size, 0);
    printer.clear();
    assert.equal((await watch(printer, id)).state, 'completed');
    assert.equal(physicalTruth(dir).sheetsOut.get('job'), 1);
  });

  test('puts nothing out when a jammed job is cancelled', async () => {
    const printer = openPrinter(dir, { faults: { 1: 'jam' } });
    const id = await submit(printer);
    await watch(printer, id);
    await printer.cancel(id);
    const job = await printer.job(id);
    assert.deepEqual([job.state, job.impressionsCompleted, job.sheetsCompleted], ['canceled', 0, 0]);
  });

  test('may complete a job with errors: no sheet came out, and only the counter says so', async () => {
    const printer = openPrinter(dir, { faults: { 1: 'no-sheet' } });
    const job = await watch(printer, await submit(printer));
    assert.deepEqual(
      [job.state, job.stateReasons, job.sheetsCompleted],
      ['completed', ['job-completed-with-errors'], 0],
    );
    assert.equal(await printer.trayEmpty(), true);
  });

  test('leaves one print started and no sheet out when the power goes in the middle of it', async () => {
    const printer = openPrinter(dir, { faults: { 1: 'power-cut' } });
    const job = await watch(printer, await submit(printer));
    assert.deepEqual([job.state, job.impressionsCompleted, job.sheetsCompleted], ['aborted', 1, 0]);
  });

  const unfinished: readonly [NonNullable<PrinterOptions['unfinished']>, string, number][] = [
    ['goes-on', 'completed', 1],
    ['aborted', 'aborted', 0],
  ];
  test.each(unfinished)('an unfinished job %s when the folder is opened again', async (after, state, sheets) => {
    const killed = openPrinter(dir);
    await killed.job(await submit(killed));
    assert.equal(physicalTruth(dir).jobsActive, 1);
    const printer = openPrinter(dir, { unfinished: after });
    const found = await printer.findJob('job');
    assert.ok(found);
    const job = await watch(printer, found.id);
    assert.deepEqual([job.state, job.sheetsCompleted], [state, sheets]);
    assert.deepEqual(await printer.activeJobs(), []);
  });

  test('counts the sheets of its cassette, stops when it is empty and goes on when it is filled', async () => {
    const printer = openPrinter(dir);
    printer.set({ sheetsLeft: 1 });
    const id = await submit(printer, [1, 3]);
    const stopped = await watch(printer, id);
    assert.deepEqual([stopped.stateReasons, stopped.sheetsCompleted], [['media-empty'], 1]);
    assert.deepEqual(await printer.status(), { faults: ['media-empty'], warnings: [], sheetsLeft: 0 });
    printer.set({ sheetsLeft: 5 });
    assert.equal((await watch(printer, id)).sheetsCompleted, 2);
    assert.deepEqual(await printer.status(), { faults: [], warnings: ['media-low'], sheetsLeft: 4 });
  });

  test('jams at the n-th sheet from now, stays jammed without its job, and forgets nothing of it when it is opened again', async () => {
    const printer = openPrinter(dir);
    printer.set({ jamAtSheet: 2 });
    const id = await submit(printer, [1, 3]);
    assert.deepEqual((await watch(printer, id)).sheetsCompleted, 1);
    await printer.cancel(id);
    const again = openPrinter(dir);
    assert.deepEqual((await again.status()).faults, ['media-jam']);
    const next = await submit(again);
    assert.deepEqual((await watch(again, next)).stateReasons, ['media-jam']);
    again.clear();
    assert.equal((await watch(again, next)).state, 'completed');
    assert.deepEqual((await again.status()).faults, []);
  });

  test('an open cover spoils the sheet in the path; closed, the job goes on, but no jam is gone by it', async () => {
    const printer = openPrinter(dir);
    const id = await submit(printer);
    await printer.job(id);
    printer.set({ coverOpen: true });
    const stopped = await watch(printer, id);
    assert.deepEqual(
      [stopped.stateReasons, stopped.sheetInPath, stopped.impressionsCompleted],
      [['cover-open'], false, 0],
    );
    printer.set({ coverOpen: false, jamAtSheet: 1 });
    assert.deepEqual((await watch(printer, id)).stateReasons, ['media-jam']);
    printer.set({ coverOpen: true });
    printer.set({ coverOpen: false });
    assert.deepEqual((await printer.status()).faults, ['media-jam']);
    printer.clear();
    assert.equal((await watch(printer, id)).sheetsCompleted, 1);
  });

  test('prints nothing without toner', async () => {
    const printer = openPrinter(dir);
    printer.set({ toner: 'empty' });
    const id = await submit(printer);
    assert.deepEqual((await watch(printer, id)).stateReasons, ['toner-empty']);
    printer.set({ toner: 'low' });
    assert.equal((await watch(printer, id)).state, 'completed');
    assert.deepEqual((await printer.status()).warnings, ['toner-low']);
  });
});
