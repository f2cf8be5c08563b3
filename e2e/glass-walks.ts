/**
 * Walks by the table of buttons, several people at several kiosks at once, all on one chain and in one browser. After each: the glass was honest,
 * devices, journal and ledger agree, nothing of the person is left.
 */
import { statSync } from 'node:fs';
import { compareTruths } from '@machikado/testkit';
import { CARD_PIN } from '@machikado/town';
import { catalogues } from '@machikado/ui';
import { chipOf } from './browser/front.ts';
import type { GlassStage } from './browser/glass-stage.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { leftInFolder, leftInPage, scannerFor } from './browser/left-behind.ts';
import { type Walked, walk } from './browser/walk.ts';
import { disagreements, ledgerOf, openStage, type Stage, takeStock, YUNAGI } from './fault-table.ts';
import { createDice } from './storm/dice.ts';
import { searchLines } from './traces/places.ts';
import type { TraceScanner } from './traces.ts';
import { openWalkingPlace, type WalkingPlace } from './walking-place.ts';

const people = ['single', 'couple', 'family-head', 'big-household'] as const;

export interface WalkReport {
  readonly walks: number;
  /** How often the glass ended at what. */
  readonly ends: Readonly<Record<string, number>>;
  /** Sentences about what went wrong, each with its seed. */
  readonly faults: readonly string[];
}

/** `tell` hears of each fault when it is found: a long run need not come to its end to say something. */
export async function playWalks(seed: string, count: number, tell = (_: string) => {}): Promise<WalkReport> {
  const stage = await openStage({
    people: { [YUNAGI]: people },
    kiosks: people.length + 1,
    centerConfig: { lasts: { provenMs: 3_600_000, sealedMs: 3_600_000 } },
  });
  const browser = await launchBrowser({ drawing: 'none' });
  const scanner = scannerFor(stage, people);
  const ends: Record<string, number> = {};
  const faults: string[] = [];
  let next = 0;
  const note = (fault: string) => {
    faults.push(fault);
    tell(fault);
  };

  const places = await Promise.all(
    people.map(async (person, i): Promise<Place> => {
      const place = await openWalkingPlace({ ...{ chain: stage.chain, browser }, kioskId: `kiosk-${i + 2}` });
      return { ...{ place, person, lookedAt: 0, linesSeen: 0 } };
    }),
  );
  await Promise.all(
    places.map(async (place) => {
      for (let n = next++; n < count; n = next++) {
        const name = `${seed} ${n}`;
        try {
          const { walked, found } = await walkOnce(name, place, stage, browser, scanner);
          const end = walked.end?.step === 'ended' ? walked.end.code : (walked.end?.step ?? 'nothing to say');
          ends[end] = (ends[end] ?? 0) + 1;
          if (found.length > 0) note(`${name}: ${found.join('; ')} after ${walked.moves.join(', ')}`);
        } catch (error) {
          note(`${name}: ${String(error)}`);
          // Whatever it hangs in, this place can serve nobody any more.
          break;
        }
      }
    }),
  );
  faults.push(
    ...(await disagreements(
      stage,
      places.flatMap(({ place }) => place.machines),
    )),
  );
  await browser.quit();
  faults.push(...leftInFolder(browser.profileDir, scanner));
  for (const { place } of places) await place.close();
  await browser.close();
  await stage.close();
  return { walks: Object.values(ends).reduce((a, b) => a + b, 0), ends, faults };
}

interface Place {
  readonly place: WalkingPlace;
  readonly person: (typeof people)[number];
  lookedAt: number;
  linesSeen: number;
}

async function walkOnce(name: string, at: Place, stage: Stage, browser: Browser, scanner: TraceScanner) {
  const { place, person } = at;
  await place.nextWalk();
  const before = takeStock(place.at);
  const dice = createDice(name);
  const walked = await walk({
    ...{ dice, shadow: place.shadow, machine: () => place.at },
    ...{ card: chipOf(stage.card(person).file), pin: CARD_PIN },
    cutPower: () => place.cutPower(dice.pick(['goes-on', 'aborted'])),
  });
  // Whatever staff have made possible is settled before anybody can begin.
  await place.at.glass.ready('begin');
  const found = [
    // Whoever stands before a dark glass is told nothing; the books have to agree all the same.
    ...(walked.powerWasCut ? [] : dishonesties(walked, takeStock(place.at).keptYen - before.keptYen)),
    ...(await truthsOf(place.at, stage)),
    ...(await leftBy(at, browser, scanner)),
  ];
  return { walked, found };
}

/** What the glass said about the money, against what the coin unit kept. */
function dishonesties({ end, endText }: Walked, keptYen: number): string[] {
  if (end?.step === 'receipt') {
    const { chargedYen, owedYen } = end;
    return [
      ...(keptYen === chargedYen + owedYen
        ? []
        : [`the receipt speaks of ${chargedYen} and ${owedYen} owed, but ${keptYen} were kept`]),
      ...(endText.includes(catalogues.ja.yen(chargedYen)) ? [] : ['the glass does not show the sum']),
    ];
  }
  if (end?.step !== 'ended') return keptYen === 0 ? [] : [`nothing was said, but ${keptYen} yen were kept`];
  const words = catalogues.ja.ended.moneyEnds;
  const wrong = (Object.keys(words) as (keyof typeof words)[]).filter(
    (one) => endText.includes(words[one]) !== (one === end.money),
  );
  const gaveAll = end.money === 'none-taken' || end.money === 'returned';
  return [
    ...wrong.map((one) => `the glass ${one === end.money ? 'does not say' : 'says'} ${one}`),
    ...(gaveAll && keptYen !== 0 ? [`${end.money} was said, but ${keptYen} yen were kept`] : []),
    ...(end.money === 'owed' && keptYen < end.owedYen ? [`${end.owedYen} are owed, but ${keptYen} were kept`] : []),
  ];
}

async function truthsOf({ kiosk }: GlassStage, { chain }: Stage): Promise<readonly string[]> {
  const own = new Set(kiosk.journal().map(({ orderId }) => orderId));
  const orders = (await ledgerOf(chain)).filter(({ orderId }) => own.has(orderId));
  return compareTruths(kiosk.physicalTruth(), kiosk.journal(), orders);
}

/** In the page, in the log, and in every file that was written since the last look. */
async function leftBy(place: Place, browser: Browser, scanner: TraceScanner): Promise<readonly string[]> {
  const { lookedAt, linesSeen } = place;
  const { at, logLines } = place.place;
  place.lookedAt = Date.now();
  place.linesSeen = logLines.length;
  const isNew = (file: string) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= lookedAt - 1_000;
  return [
    ...(await leftInPage(at.glass.page, scanner)),
    ...leftInFolder(browser.profileDir, scanner, [], isNew),
    ...leftInFolder(at.kiosk.stateDir, scanner, [at.kiosk.outDir], isNew),
    ...searchLines(scanner, 'log', logLines.slice(linesSeen)).found,
  ];
}
