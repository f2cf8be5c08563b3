/** One row of the table on one kiosk: a use with a death in it, recovery, the books, the next person. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Interposer, KioskConfig, Ports } from '@machikado/kiosk-agent';
import { CARD_PIN } from '@machikado/town';
import { findFaults, untilQuiet } from './books.ts';
import { type Commit, holding, takeMoments } from './commit-gate.ts';
import type { KillableTown, Target } from './killable-town.ts';
import { type KioskChild, startKiosk } from './kiosk-child.ts';
import { type EndOfVisit, openMachine, type Printer, type Wish } from './machine.ts';
import type { Recorded, Row } from './steps.ts';

export interface Stage {
  readonly town: KillableTown;
  readonly kioskId: string;
  /** For kiosks in the test’s own process. */
  readonly sheetReader: Ports['sheetReader'];
  /** Of the person in whose use somebody dies. */
  readonly wish: Wish;
}

export const NEXT_PERSON: Wish = { pin: CARD_PIN, copies: 1, payment: 'exact' };

/** One whole use: the acts of the kiosk, the commits of the services. */
export async function record(stage: Stage): Promise<Recorded> {
  const { town } = stage;
  const databases = { center: town.centerDb, issuer: town.issuerDb } as const;
  for (const db of Object.values(databases)) await takeMoments(db);
  const acts: string[] = [];
  const machine = await openHere(stage, { before: (act) => void acts.push(act) });
  const { code } = await machine.serve(stage.wish);
  await machine.close();
  assert.ok(code === 'OK' || code === 'CANCELLED', code);
  await checkBooks(stage);
  const commits: Commit[] = [];
  for (const db of ['center', 'issuer'] as const)
    for (const moment of await takeMoments(databases[db])) commits.push({ db, moment });
  return { acts, commits };
}

/** A kiosk in a process of its own dies; its successor recovers, serves the next person, and lives on as the next victim. */
export async function killKiosk(
  row: Extract<Row, { readonly kill: 'kiosk' }>,
  { town, kioskId, wish }: Omit<Stage, 'sheetReader'>,
  victim: KioskChild,
): Promise<KioskChild> {
  const successor = startKioskOf(town, kioskId, 'printer' in row ? row.printer : 'goes-on');
  if ('commit' in row) {
    await holding(dbOf(row.commit, town), row.commit.moment, async ({ arrived, letStand }) => {
      const visit = victim.serve(wish);
      await arrived();
      // What a service commits in the background comes when the use may be over.
      await victim.kill();
      await visit;
      await letStand();
    });
  } else assert.equal(await victim.serve(wish, row.n), 'killed');
  await successor.recover();
  await checkBooks({ town, kioskId });
  assertServed(await successor.serve(NEXT_PERSON));
  await checkBooks({ town, kioskId });
  return successor;
}

export function startKioskOf(town: KillableTown, kioskId: string, printer?: Printer): KioskChild {
  return startKiosk(town.kioskProgram, town.kioskConfigFile(kioskId), town.cardFile, printer);
}

/** A service dies in the use of a kiosk that is part of this process. */
export async function killService(row: Extract<Row, { readonly kill: Target }>, stage: Stage): Promise<void> {
  await ('act' in row ? killAroundAct(row, stage) : killInCommit(row, stage));
  const machine = await openHere(stage);
  try {
    await machine.recover();
    await checkBooks(stage);
    assertServed(await machine.serve(NEXT_PERSON));
    await checkBooks(stage);
  } finally {
    await machine.close();
  }
}

async function killAroundAct(row: Extract<Row, { readonly act: string }>, stage: Stage): Promise<void> {
  let acts = 0;
  const death = deathOf(stage.town, row.kill);
  const at = (when: 'before' | 'after') => async () => {
    if (when === 'before') acts += 1;
    if (when === row.when && acts === row.n) await death.strike();
  };
  const machine = await openHere(stage, { before: at('before'), after: at('after') });
  await machine.serve(stage.wish);
  await machine.close();
  await death.over();
}

async function killInCommit(row: Extract<Row, { readonly work: string }>, stage: Stage): Promise<void> {
  const { town, wish } = stage;
  const death = deathOf(town, row.kill);
  const machine = await openHere(stage);
  await holding(dbOf(row.commit, town), row.commit.moment, async ({ arrived, letStand, undo }) => {
    const visit = machine.serve(wish);
    await arrived();
    await death.strike(async () => {
      if (row.kill === 'postgres') return;
      await (row.work === 'stands' ? letStand() : undo());
    });
    await visit;
  });
  await machine.close();
  await death.over();
}

/** A service that dies once and comes back by itself, as a supervisor would have it. */
function deathOf({ machines }: KillableTown, target: Target) {
  let back: Promise<void> | undefined;
  return {
    async strike(beforeRevival: () => Promise<void> = async () => undefined) {
      await machines[target].kill();
      await beforeRevival();
      back = machines[target].revive();
      back.catch(() => undefined);
    },
    async over() {
      assert.ok(back, `${target} was never killed`);
      await back;
    },
  };
}

export async function checkBooks({ town, kioskId }: Pick<Stage, 'town' | 'kioskId'>): Promise<void> {
  await untilQuiet(town, kioskId);
  assert.deepEqual(await findFaults(town, kioskId), []);
}

export function assertServed(end: EndOfVisit | 'killed'): void {
  assert.deepEqual(end, { code: 'OK', chargedYen: 200, sheets: 1 });
}

function openHere({ town, kioskId, sheetReader }: Stage, between?: Interposer) {
  const config = JSON.parse(readFileSync(town.kioskConfigFile(kioskId), 'utf8')) as KioskConfig;
  return openMachine(config, town.cardFile, sheetReader, { ...(between && { between }) });
}

function dbOf({ db }: Commit, { centerDb, issuerDb }: KillableTown) {
  return db === 'center' ? centerDb : issuerDb;
}
