/**
 * What must hold after any storm, as one suite: the short form and the long one are held to the same. `raise` is called once, in the
 * temp folder of the run alone, so that every file that came to be during it can be searched.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { migrations } from '@machikado/center';
import { type TestDatabase, testDatabase } from '@machikado/database';
import { issuerMigrations } from '@machikado/issuer';
import { compareTruths } from '@machikado/testkit';
import { inventedTowns } from '@machikado/town';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OwnDatabase, ownDatabase } from '../own-database.ts';
import { PAPER, raiseStorm, type Storm, type StormSizes, type StormUse } from '../storm.ts';
import { tracesOf } from '../traces/of-people.ts';
import { searchFolder, searchLines, searchTables } from '../traces/places.ts';
import { createTraceScanner } from '../traces.ts';
import { chainFaults, type IssuedNumber, readAccounts, readIssueNumbers, readLedger } from './books.ts';
import { tellStorm } from './figures.ts';
import { lookAtPaper } from './paper.ts';
import { quickFolder } from './quick-folder.ts';
import { moneyFaults, numberFaults, suspensionFaults } from './verdicts.ts';

const HOUR_MS = 3_600_000;

export function aftermathOf(seed: string, sizes: StormSizes, raiseMs: number): void {
  describe(`after a storm of ${sizes.stores} stores`, () => {
    const usualTemp = process.env.TMPDIR;
    let temp: string;
    let kiosksDir: string;
    let centerDb: OwnDatabase;
    let issuerDb: TestDatabase;
    let storm: Storm;
    let numbers: readonly IssuedNumber[];

    beforeAll(async () => {
      temp = mkdtempSync(join(tmpdir(), 'machikado-storm-'));
      console.log(`MACHIKADO_SEED=${seed}`);
      centerDb = await ownDatabase(join(temp, 'center-database'), migrations);
      issuerDb = await testDatabase(issuerMigrations, { schemas: inventedTowns.map(({ lgCode }) => `m${lgCode}`) });
      // From here on whatever asks for a temp folder, in this process or in one that it starts, gets this one.
      process.env.TMPDIR = join(temp, 'tmp');
      mkdirSync(process.env.TMPDIR);
      kiosksDir = mkdtempSync(join(quickFolder(temp), 'machikado-kiosks-'));
      storm = await raiseStorm(seed, sizes, kiosksDir, { databases: { center: centerDb, issuer: issuerDb } });
      console.log(tellStorm(storm));
    }, raiseMs);
    afterAll(async () => {
      await storm?.close();
      await Promise.all([centerDb?.drop(), issuerDb?.drop()]);
      if (usualTemp === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = usualTemp;
      for (const dir of [temp, kiosksDir]) rmSync(dir, { recursive: true, force: true });
    }, raiseMs);

    test('no order is stuck: every one has come to an end, at the center and at the issuing servers', async () => {
      for (let round = 0; round < 3; round += 1) for (const center of storm.chain.centers) await center.runJobs();
      storm.letPass(HOUR_MS);
      for (const center of storm.chain.centers) await center.runJobs();
      const { db, ownerDb } = centerDb;
      const open = await db.query(`select state from orders where state in ('requested', 'sealed', 'paid')`);
      expect(open).toEqual([]);
      expect(await db.query('select 1 from outcome_outbox')).toEqual([]);
      expect(await ownerDb.query('select 1 from order_copies where center_share is not null')).toEqual([]);
      expect(await db.query(`select state from sessions where state in ('challenged', 'proven')`)).toEqual([]);
      const [{ orders = 0 } = {}] = await db.query<{ orders: number }>('select count(*)::int as orders from orders');
      console.log(`  orders at the center: ${orders}`);
      expect(orders).toBeGreaterThanOrEqual(sizes.orders);
      numbers = await readIssueNumbers(storm.chain);
      expect(numbers.filter(({ state }) => state === 'issued')).toEqual([]);
    });

    test('every use ended in a way that the tables know, and most of them well', () => {
      const ends = storm.uses.map(({ end }) => end);
      expect(ends.filter(({ code }) => code === 'INTERNAL').map(({ error }) => error)).toEqual([]);
      const contradicted = storm.uses.filter(
        ({ end }) => end.code === 'BINDING_MISMATCH' || end.code === 'RECORD_CHANGED',
      );
      const versionsOf = ({ applicant: { lgCode, residentId }, began, ended }: StormUse) =>
        storm.history.between(lgCode, residentId, began, ended).length;
      expect(contradicted.filter((use) => versionsOf(use) === 1)).toEqual([]);
      expect(ends.filter(({ code }) => code === 'OK').length).toBeGreaterThan(ends.length / 3);
    });

    test('every printed page belongs to the person whose card it was', async () => {
      const { sheets, copies, canaries, faults } = await lookAtPaper(storm, numbers);
      console.log(`  looked at ${sheets} sheets of ${copies} copies for ${canaries} values`);
      expect(faults).toEqual([]);
      expect(copies).toBeGreaterThan(sizes.orders / 3);
    }, 600_000);

    test('coins and sheets, journal and ledger tell one story at every kiosk', async () => {
      const ledger = await readLedger(storm.chain);
      const stories = storm.kiosks.map((kiosk) => ({
        kiosk: kiosk.kioskId,
        contradictions: compareTruths(kiosk.physicalTruth(), kiosk.journal(), ledger.get(kiosk.kioskId) ?? []),
      }));
      expect(stories.filter(({ contradictions }) => contradictions.length > 0)).toEqual([]);
    });

    test('the ledger holds as much money as lies in the machines, and nothing in suspense', async () => {
      const ledger = [...(await readLedger(storm.chain)).values()].flat();
      const keptYen = storm.kiosks.reduce((yen, kiosk) => {
        const { insertedYen, returnedYen, dispensedYen } = kiosk.physicalTruth().cash;
        return yen + insertedYen - returnedYen - dispensedYen;
      }, 0);
      expect(keptYen).toBeGreaterThan(0);
      expect(moneyFaults(await readAccounts(storm.chain), ledger, { keptYen })).toEqual([]);
    });

    test('a copy that came out is handed over at its issuing server, any other is cancelled, and no number was given twice', async () => {
      const ledger = [...(await readLedger(storm.chain)).values()].flat();
      expect(numberFaults(numbers, ledger)).toEqual([]);
    });

    test('the 交付記録 of both towns is one unbroken chain', async () => {
      expect(await chainFaults(storm.chain)).toEqual([]);
    });

    test('lateness, lost answers and jams have suspended nothing', async () => {
      expect(await suspensionFaults(storm.chain)).toEqual([]);
    });

    test('nobody who was served or asked is found anywhere at kiosk or center', async () => {
      const scanner = createTraceScanner(tracesOf(storm));
      const { chain, uses } = storm;
      await centerDb.checkpoint();
      const errors = uses.flatMap(({ end }) => (end.error === undefined ? [] : [inspect(end.error, { depth: 8 })]));
      const searches = {
        tables: await searchTables(scanner, centerDb.ownerDb),
        'database files': searchFolder(scanner, centerDb.serverDir),
        logs: searchLines(scanner, 'log', chain.logLines),
        'errors at the kiosks': searchLines(scanner, 'errors', errors),
        'journals and devices of the kiosks': searchFolder(scanner, kiosksDir, [join(kiosksDir, PAPER)]),
        'files of the run': searchFolder(scanner, join(temp, 'tmp'), [join(chain.dir, 'registry')]),
      };
      for (const [place, { files, bytes }] of Object.entries(searches))
        console.log(`  ${place}: ${files}, ${(bytes / 1e6).toFixed(1)} MB searched for ${scanner.spellings} spellings`);
      expect(Object.values(searches).flatMap(({ found }) => found)).toEqual([]);
      // The same eyes are not blind: they find the people on the paper’s way, and in the register itself.
      expect(searchFolder(scanner, join(chain.dir, 'registry')).found).not.toEqual([]);
    }, 600_000);
  });
}
