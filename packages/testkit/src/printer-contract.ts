/**
 * What the agent relies on in any printer: the simulated one, the same over IPP, and real ones. A sheet is out when its job is
 * completed and counted one sheet, and never otherwise.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { blankPdf } from './test-pdf.ts';

export interface ContractPrinter {
  submit(request: {
    readonly name: string;
    readonly document: Uint8Array;
    readonly pages: readonly [first: number, last: number];
    readonly duplex: boolean;
  }): Promise<number>;
  job(id: number): Promise<ContractJob>;
  findJob(name: string): Promise<ContractJob | undefined>;
  activeJobs(): Promise<readonly ContractJob[]>;
  cancel(id: number): Promise<void>;
  status(): Promise<{ readonly faults: readonly string[] }>;
}

interface ContractJob {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly stateReasons: readonly string[];
  readonly impressionsCompleted: number;
  readonly sheetsCompleted: number;
}

export interface PrinterUnderTest {
  readonly printer: ContractPrinter;
  /** The next sheet jams. */
  jam(): void;
  clearJam(): void;
  /** false: a job is forgotten when it ends. */
  readonly remembersJobs: boolean;
  /** Between two looks. */
  readonly pauseMs: number;
  close(): Promise<void>;
}

const LOOKS_MAX = 600;
const TERMINAL = ['completed', 'canceled', 'aborted'];

export function describePrinter(name: string, open: () => Promise<PrinterUnderTest>): void {
  describe(name, () => {
    let under: PrinterUnderTest;
    let printer: ContractPrinter;
    let sent = 0;
    beforeAll(async () => {
      under = await open();
      ({ printer } = under);
    }, 60_000);
    afterAll(() => under?.close());

    const send = async (pages: readonly [number, number] = [1, 2]) => {
      sent += 1;
      const job = { name: `contract.${sent}.1`, document: blankPdf(3), pages, duplex: true };
      return { id: await printer.submit(job), name: job.name };
    };
    const until = async (id: number, reached: (job: ContractJob) => boolean) => {
      for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
        const job = await printer.job(id);
        if (reached(job)) return job;
        assert.ok(!(isOut(job) && !TERMINAL.includes(job.state)));
        await sleep(under.pauseMs);
      }
      throw new Error(`job ${id} did not get there`);
    };
    const end = (id: number) => until(id, ({ state }) => TERMINAL.includes(state));
    const jammed = (id: number) =>
      until(id, ({ state, stateReasons }) => state === 'processing-stopped' && stateReasons.includes('media-jam'));
    const isOut = ({ state, sheetsCompleted }: ContractJob) => state === 'completed' && sheetsCompleted === 1;
    const idle = async () => {
      for (let looks = 0; looks < LOOKS_MAX && (await printer.activeJobs()).length > 0; looks += 1)
        await sleep(under.pauseMs);
      assert.deepEqual(await printer.activeJobs(), []);
    };

    test('prints both sides of one sheet, and says when it is out', async () => {
      assert.deepEqual((await printer.status()).faults, []);
      const { id, name: sentName } = await send();
      assert.deepEqual(
        (await printer.activeJobs()).map((job) => [job.id, job.name]),
        [[id, sentName]],
      );
      assert.equal((await printer.findJob(sentName))?.id, id);
      const job = await end(id);
      assert.ok(isOut(job), JSON.stringify(job));
      assert.equal(job.impressionsCompleted, 2);
      await idle();
    });

    test('prints one page out of a document', async () => {
      const { id } = await send([2, 2]);
      const job = await end(id);
      assert.ok(isOut(job), JSON.stringify(job));
      // An empty back may count too.
      assert.ok(job.impressionsCompleted >= 1);
    });

    test('finds a job that is over by its name, if it remembers any', async () => {
      const { id, name: sentName } = await send();
      await end(id);
      const found = await printer.findJob(sentName);
      if (under.remembersJobs) assert.ok(found && found.id === id && isOut(found), JSON.stringify(found));
      else assert.equal(found, undefined);
      assert.equal(await printer.findJob('contract.never.1'), undefined);
    });

    test('stands at a jam and says so; the sheet comes out when the jam is cleared', async () => {
      under.jam();
      const { id } = await send();
      assert.equal((await jammed(id)).sheetsCompleted, 0);
      assert.ok((await printer.status()).faults.includes('media-jam'));
      under.clearJam();
      assert.ok(isOut(await end(id)));
      assert.deepEqual((await printer.status()).faults, []);
    });

    test('a jammed job that is cancelled is cancelled, and not out', async () => {
      under.jam();
      const { id } = await send();
      await jammed(id);
      await printer.cancel(id);
      under.clearJam();
      assert.equal((await end(id)).state, 'canceled');
      await printer.cancel(id);
      await idle();
    });
  });
}
