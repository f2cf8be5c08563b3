/**
 * Takes over the files of a registry without an API: all of them, or nothing. A dry run says the same about them and writes nothing.
 */
import type { FeedEvent } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { compareRows, type FeedFact } from '../replica/compare-rows.ts';
import { type Rejection, readRegistryFiles } from '../replica/read-registry-files.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import { addEvents, addImport, endRows, holdImport, knownRows, lastSeq, putRows } from '../store/registry-rows.ts';

export interface ImportReport {
  readonly rejections: readonly Rejection[];
  readonly rows: number;
  readonly changed: number;
  readonly ended: number;
}

export interface ImportOptions {
  readonly dir: string;
  readonly dryRun: boolean;
  readonly acceptEndings: boolean;
}

export async function importRegistry(
  { dir, dryRun, acceptEndings }: ImportOptions,
  town: Municipality,
  { store, machineClock }: Pick<Ports, 'store' | 'machineClock'>,
): Promise<ImportReport> {
  const read = readRegistryFiles(dir, town.lgCode);
  return store.inMunicipality(town.lgCode, async (tx) => {
    await holdImport(tx);
    // What was not read has not ended.
    const isWhole = read.rejections.length === 0;
    const compared = compareRows(await knownRows(tx), read.rows, { acceptEndings: acceptEndings || !isWhole });
    const { changes, endings, rejections } = compared;
    const report = {
      rejections: [...read.rejections, ...rejections],
      ...{ rows: read.rows.length, changed: changes.length, ended: endings.length },
    };
    if (dryRun || report.rejections.length > 0) return report;
    const now = machineClock.now();
    await putRows(
      tx,
      changes.map(({ row }) => row),
    );
    await endRows(tx, endings);
    const facts = [...changes, ...endings].flatMap((one) => one.facts);
    await addEvents(tx, numbered(facts, await lastSeq(tx), now));
    const run = await addImport(tx, now);
    const body = { run, rows: report.rows, changed: report.changed, ended: report.ended };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [{ event: 'registry-imported', body }]);
    return report;
  });
}

function numbered(facts: readonly FeedFact[], last: number, now: Date): FeedEvent[] {
  return facts.map((fact, i) => ({ ...fact, at: fact.at ?? now.toISOString(), seq: last + i + 1 }));
}
