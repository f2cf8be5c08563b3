/**
 * 証明書印刷 at printers of others: a person at the glass gets their certificates from `ippeveprinter`, and from CUPS in front of it. Their job
 * states drive ⑫, the right person’s sheets come out, and neither of them keeps anything of that person.
 */
import { execFileSync } from 'node:child_process';
import type { IssuedCard } from '@machikado/jpki';
import type { SheetState } from '@machikado/protocol';
import {
  type CupsQueue,
  cancelJob,
  cupsPackages,
  cupsPrograms,
  type EvePrinter,
  ippPackages,
  ippPrograms,
  jobsAt,
  type PrintedSheet,
  type RealPrinter,
  startCups,
  startEvePrinter,
  withPrograms,
} from '@machikado/testkit';
import { CARD_PIN } from '@machikado/town';
import { catalogues, sentenceFor } from '@machikado/ui';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AgentStage, openAgentStage } from './agent-stage.ts';
import { chipOf } from './browser/front.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { visit } from './browser/visit.ts';
import { disagreements, P384, YUNAGI } from './fault-table.ts';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { documentsIn, filesWith, lettersIn } from './printer-remains.ts';
import { ofCard, ofPerson } from './traces/of-people.ts';
import { searchFolder } from './traces/places.ts';
import { createTraceScanner } from './traces.ts';

const FEE_YEN = 200;
const JOB_NAME = /\b[0-9a-f]{32}\.\d+\.\d+\b/;
const { ja } = catalogues;
const people = ['single', 'couple'] as const;
type Person = (typeof people)[number];

withPrograms([...ippPrograms, 'pdftotext', 'pdfinfo'], `${ippPackages} poppler-utils`, () => {
  let chain: Chain;
  let browser: Browser;
  const cards = new Map<Person, IssuedCard>();

  beforeAll(async () => {
    chain = await openChain({ ...WITHOUT_JOBS, kiosks: 2 });
    for (const person of people) cards.set(person, await chain.orderCard(YUNAGI, person, P384));
    await chain.passTheNight();
    browser = await launchBrowser({ drawing: 'rough' });
  }, 120_000);
  afterAll(async () => {
    for (const close of closers) await close();
    await browser?.close();
    await chain?.close();
  });

  const cardOf = (person: Person) => {
    const card = cards.get(person);
    if (!card) throw new RangeError(`no card for ${person}`);
    return card;
  };
  const householdOf = (person: Person) => {
    const residentId = chain.registry.towns.find(({ lgCode }) => lgCode === YUNAGI)?.personas[person] ?? '';
    const household = chain.registry.readRecord({ lgCode: YUNAGI, residentId });
    const holder = household.members.find((member) => member.residentId === residentId);
    if (!holder) throw new RangeError(`${person} does not live there`);
    return { ...household, holder };
  };
  const nameOf = (person: Person) => householdOf(person).holder.name.replace(/\s/gu, '');

  /** Everything that was started, the last first. */
  const closers: (() => Promise<void>)[] = [];
  const started = <P extends { close(): Promise<void> }>(one: P): P => {
    closers.unshift(() => one.close());
    return one;
  };
  let alone: EvePrinter;

  describe('ippeveprinter', () => {
    beforeAll(async () => {
      alone = started(await startEvePrinter());
    });
    certificatesComeOut('kiosk-1', () => ({ eve: alone, printer: alone }));
  });

  withPrograms(cupsPrograms, cupsPackages, () => {
    describe('CUPS with its spool in memory and without job history', () => {
      let eve: EvePrinter;
      let cups: CupsQueue;
      beforeAll(async () => {
        eve = started(await startEvePrinter());
        cups = started(await startCups(eve.url));
      });
      certificatesComeOut('kiosk-2', () => ({ eve, printer: cups, stuckAfterCancel: cups }));

      test('keeps no document, and nothing of a person', async () => {
        await expectNothingLeft(cups);
        // Order, copy and sheet; the user is the kiosk.
        expect(filesWith(cups.folders, JOB_NAME)).toEqual(['page_log']);
      });
    });
  });

  test('ippeveprinter throws every document away a minute after its end, and keeps nothing of a person', async () => {
    await expectNothingLeft(alone);
    // Written by the print command of this test.
    expect(filesWith(alone.folders, JOB_NAME)).toEqual(['jobs']);
  }, 120_000);

  interface Opened {
    /** The machine with the paper in it. */
    readonly eve: EvePrinter;
    /** What the agent talks to. */
    readonly printer: RealPrinter;
    readonly stuckAfterCancel?: CupsQueue;
  }

  function certificatesComeOut(kioskId: string, opened: () => Opened): void {
    let eve: EvePrinter;
    let printer: RealPrinter;
    let stuckAfterCancel: CupsQueue | undefined;
    let at: AgentStage;
    let keptBefore: number;
    let sheetsBefore: number;

    beforeAll(async () => {
      ({ eve, printer, stuckAfterCancel } = opened());
      let taken = 0;
      at = await openAgentStage(chain, browser, {
        kioskId,
        printer: { url: printer.url, tray: 'asked' },
        // A jam stands until staff come.
        patience: { printPollMs: 50, printStandstillMs: 120_000 },
        takePaper() {
          const sheets = eve.tray().slice(taken);
          taken += sheets.length;
          return sheets.map(({ file }) => file);
        },
      });
    });
    afterAll(() => at?.close());

    beforeEach(() => {
      keptBefore = at.keptYen();
      sheetsBefore = eve.tray().length;
    });
    afterEach(async () => {
      await at.glass.at('menu');
      await at.glass.ready('begin');
      expect(jobsAt(printer.url)).toEqual([]);
      expect(await disagreements({ chain, kiosk: books() })).toEqual([]);
    });

    const books = () => ({
      journal: at.books.journal,
      physicalTruth: () => ({
        ...at.books.physicalTruth(),
        sheetsOut: countedByName(eve.tray()),
        jobsActive: jobsAt(printer.url).length + jobsAt(eve.url).length,
      }),
    });
    const come = (person: Person, copies: number) =>
      visit(at.glass, at.hands, { card: chipOf(cardOf(person).file), pin: CARD_PIN, copies });
    const kept = () => ({ yen: at.keptYen() - keptBefore, sheets: eve.tray().length - sheetsBefore });
    const sheetsOnGlass = () => at.glass.page.locator('.sheet-state').allInnerTexts();
    const glassShows = async (...states: readonly (SheetState | 'stopped')[]) => {
      const words = states.map((state) => ja.print.states[state]);
      await expect.poll(sheetsOnGlass, { timeout: 20_000 }).toEqual(words);
    };
    const goHome = async () => {
      await at.glass.press('done');
      await at.glass.at('menu');
    };

    /** The queue goes on to speak of a jam that is long cleared: the kiosk believes it, and staff have to help. */
    const putRight = async (queue: CupsQueue) => {
      await at.glass.reads(ja.status.faults['media-jam']);
      expect(await at.glass.buttons()).not.toContain('begin');
      queue.setUpAnew();
      await at.glass.ready('begin');
    };

    test('two copies: sheet by sheet on the glass as the printer says, and it stands at each jam until that is cleared', async () => {
      eve.jam(1);
      eve.jam(2);
      const use = come('couple', 2);
      await use.goOn('print');
      await at.glass.reads(ja.status.faults['media-jam']);
      await glassShows('stopped', 'waiting');
      expect(kept()).toEqual({ yen: 2 * FEE_YEN, sheets: 0 });
      expect(documentsIn(printer.folders)).toContainEqual(expect.stringContaining(nameOf('couple')));
      eve.clearJam();
      await glassShows('out', 'stopped');
      expect(kept().sheets).toBe(1);
      await at.glass.reads(ja.status.faults['media-jam']);
      eve.clearJam();
      await use.goOn('receipt');
      await goHome();
      expect(kept()).toEqual({ yen: 2 * FEE_YEN, sheets: 2 });
      expect(use.paper).toHaveLength(2);
      for (const sheet of use.paper) {
        expect(infoOf(sheet)).toMatch(/^Page size: .*\(A4\)$/m);
        expect(lettersIn(sheet)).toContain(nameOf('couple'));
      }
      for (const job of eve.jobs().trim().split('\n'))
        expect(job).toMatch(/ sides=two-sided-long-edge .* type=application\/pdf$/);
    });

    test.each(['at the printer that was asked', 'at the machine with the paper in it'])(
      'a job is cancelled %s: what came out is charged, the rest of the money comes back, and the glass says so',
      async (place) => {
        const where = place.includes('asked') ? printer : eve;
        eve.jam(2);
        const use = come('couple', 2);
        await use.goOn('print');
        await at.glass.reads(ja.status.faults['media-jam']);
        await glassShows('out', 'stopped');
        const [job, ...more] = jobsAt(where.url);
        expect(more).toEqual([]);
        cancelJob(where.url, job ?? 0);
        // A queue gives its job up at once, the machine not before the sheet is out.
        if (where === eve) eve.clearJam('is taken out');
        await at.glass.at('take-paper');
        await use.act('take-paper');
        await at.glass.at('ended');
        const text = await at.glass.text();
        expect(text).toContain(sentenceFor('PRINTER_FAULT', 'ja'));
        expect(text).toContain(ja.ended.moneyEnds.refunded);
        if (where !== eve) eve.clearJam('is taken out');
        await goHome();
        expect(kept()).toEqual({ yen: FEE_YEN, sheets: 1 });
        if (where === stuckAfterCancel) await putRight(stuckAfterCancel);
      },
      60_000,
    );

    test('the next person gets their own', async () => {
      const use = come('single', 1);
      await use.goOn('receipt');
      await goHome();
      expect(use.paper.map(lettersIn)).toEqual([expect.stringContaining(nameOf('single'))]);
      expect(lettersIn(use.paper[0] ?? '')).not.toContain(nameOf('couple'));
      expect(kept()).toEqual({ yen: FEE_YEN, sheets: 1 });
    });
  }

  async function expectNothingLeft({ folders }: RealPrinter): Promise<void> {
    await expect.poll(() => documentsIn(folders).length, { timeout: 90_000, interval: 500 }).toBe(0);
    const scanner = createTraceScanner(
      people.flatMap((person) => {
        const { members, address, holder } = householdOf(person);
        const { auth, file } = cardOf(person);
        return [
          ...members.flatMap((member) => ofPerson(member, address)),
          ...ofCard(auth.serial, file.auth?.cert ?? '', holder.residentId),
        ];
      }),
    );
    expect(folders.flatMap((folder) => searchFolder(scanner, folder).found)).toEqual([]);
  }
});

function countedByName(sheets: readonly PrintedSheet[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of sheets) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const infoOf = (pdf: string) =>
  execFileSync('pdfinfo', [pdf], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
