/** 200の擬似店舗: streets of pseudo-stores, the people who come to them, and everything that came of it. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndOfUse } from '@machikado/kiosk-agent';
import type { PrinterFault } from '@machikado/simulators';
import { writeJson } from '@machikado/town';
import { builtProgram } from '../built-program.ts';
import type { Wishes } from '../open-kiosk.ts';
import { createTurnstile } from '../storm/crowd.ts';
import { createDice, type Dice } from '../storm/dice.ts';
import { type History, watchHistory } from '../storm/history.ts';
import type { PaperUse } from '../storm/paper.ts';
import type { Applicant } from '../storm/people.ts';
import { openTownHall } from '../storm/town-hall.ts';
import { anyWishes } from '../storm/wishes.ts';
import { DIED, openStreet, type Street } from './street.ts';
import type { Acknowledged, Settled, StoreSetting } from './street-process.ts';
import type { TyphoonTown } from './town.ts';

export interface TyphoonUse extends PaperUse {
  /** `DIED`: the machine died in the middle of it. */
  readonly code: EndOfUse['code'] | 'DIED';
  readonly error?: string;
}

export interface Stores {
  readonly streets: readonly Street[];
  readonly history: History;
  readonly uses: readonly TyphoonUse[];
  readonly acknowledged: readonly Acknowledged[];
  /** Orders that a center has sealed. */
  orders(): number;
  /** The people of every store come one after the other. `pauseMs`: at most, until the next. */
  serveUntil(enough: () => boolean, pauseMs: number): Promise<void>;
  /** One person at one store, whatever comes of it. */
  serve(street: Street, kioskId: string, wish?: Wish): Promise<TyphoonUse>;
  /** Staff go round until nothing is open there, or say why they gave up. */
  settle(street: Street, kioskId: string, giveUp: () => boolean): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface Wish {
  readonly wishes: Wishes;
  /** Default: whose turn it is. */
  readonly applicant?: Applicant;
  readonly atAct?: { readonly n: number; readonly what: 'die' | 'tell' };
}

export interface StoreSizes {
  /** How many processes the stores share. */
  readonly streets: number;
  /** Kiosks that stand alone in a street of their own, the last ones of the town. */
  readonly alone: number;
  /** In every shared street, so that a party that stands still keeps only its own people waiting. */
  readonly atOnce: number;
  /** Printers that jam, coin units that stick, registers that change. */
  readonly troubles: boolean;
}

interface Entrance {
  readonly street: Street;
  readonly turnstile: ReturnType<typeof createTurnstile>;
}

const CASH = { 10: 5000, 50: 5000, 100: 5000, 500: 5000 };
const STAFF_EVERY_MS = 300;

export async function openStores(town: TyphoonTown, sizes: StoreSizes, seed: string): Promise<Stores> {
  const dice = (of: string) => createDice(`${seed} ${of}`);
  const { applicants } = town;
  const cardFiles = new Map(
    applicants.map((applicant, i) => [applicant, writeJson(join(town.dir, 'cards'), `${i}`, applicant.issued.file)]),
  );
  const history = watchHistory(town.registry, () => performance.now());
  const townHall = openTownHall(history, dice('town hall'));
  const uses: TyphoonUse[] = [];
  const papers = new Map<string, string[]>();
  const acknowledged: Acknowledged[] = [];
  const sealed = new Set<string>();
  const inStreets = town.kiosks.length - sizes.alone;
  const streetOf = (i: number) => (i < inStreets ? i % sizes.streets : sizes.streets + i - inStreets);
  const program = await builtProgram('e2e/typhoon/street-process.ts');
  const streets = await Promise.all(
    Array.from({ length: sizes.streets + sizes.alone }, (_, n) =>
      openStreet({
        name: `street-${n + 1}`,
        ...{ seed, program, nodeArgs: town.insideArgs },
        stores: town.kiosks.filter((_, i) => streetOf(i) === n).map(settingOf),
        onAcknowledged(one) {
          acknowledged.push(one);
          if (one.state === 'sealed') sealed.add(one.orderId);
        },
      }),
    ),
  );
  const people = new Map(town.kiosks.map((kioskId, i) => [kioskId, comingTo(i)]));

  function settingOf(kioskId: string): StoreSetting {
    const own = dice(`devices ${kioskId}`);
    const jams = sizes.troubles && own.chance(0.15);
    return {
      config: town.kioskConfig(kioskId),
      outDir: join(town.dir, 'paper', kioskId),
      printerOptions: {
        unfinished: own.pick(['goes-on', 'aborted']),
        faults: sizes.troubles ? printerFaults(own) : {},
      },
      coinUnitOptions: { float: CASH, ...(jams && { jamAfterPieces: own.int(12) }) },
    };
  }

  /** Every applicant belongs to one store, so that each card is in one place. */
  function comingTo(i: number) {
    const own = dice(`store ${i}`);
    const cards = applicants.filter((_, n) => n % town.kiosks.length === i);
    let turn = 0;
    return {
      own,
      next() {
        const applicant = cards[turn % cards.length];
        turn += 1;
        if (!applicant) throw new RangeError('nobody comes here');
        return applicant;
      },
    };
  }

  const find = (kioskId: string) => {
    const found = people.get(kioskId);
    if (!found) throw new RangeError(`no ${kioskId} in this town`);
    return found;
  };

  async function serve(street: Street, kioskId: string, wish?: Wish): Promise<TyphoonUse> {
    const { own, next } = find(kioskId);
    const applicant = wish?.applicant ?? next();
    const wishes = { ...(wish?.wishes ?? anyWishes(applicant.lgCode, own)), pin: applicant.pin };
    const paper: string[] = [];
    papers.set(kioskId, paper);
    if (sizes.troubles && own.chance(0.15)) changeSoon(applicant, own);
    const began = performance.now();
    const answer = await street.use({
      ...{ kioskId, wishes, cardFile: cardFiles.get(applicant) ?? '' },
      ...(wish?.atAct && { atAct: wish.atAct }),
    });
    const ended = performance.now();
    const end = answer === DIED ? {} : { ...(answer.settlement && { settlement: answer.settlement }) };
    if (answer !== DIED) paper.push(...answer.paper);
    const use: TyphoonUse = {
      ...{ kiosk: { kioskId }, applicant, wishes, end, paper, began, ended },
      code: answer === DIED ? 'DIED' : answer.code,
      ...(answer !== DIED && answer.error !== undefined && { error: answer.error }),
    };
    uses.push(use);
    return use;
  }

  /** While the resident chooses, orders, pays. */
  function changeSoon(applicant: Applicant, own: Dice): void {
    setTimeout(() => townHall.changeSomething(applicant), own.int(1_500)).unref();
  }

  async function settle(street: Street, kioskId: string, giveUp: () => boolean): Promise<string | undefined> {
    for (;;) {
      const settled = await street
        .settle(kioskId)
        .catch((error: Error): Settled => ({ paper: [], failure: error.message }));
      // What lay in the tray is of the last one who was served there.
      if (settled !== DIED) papers.get(kioskId)?.push(...settled.paper);
      if (settled !== DIED && settled.failure === undefined) return undefined;
      if (giveUp()) return settled === DIED ? `${kioskId} is dead` : settled.failure;
      await sleep(STAFF_EVERY_MS);
    }
  }

  async function work(
    { street, turnstile }: Entrance,
    kioskId: string,
    enough: () => boolean,
    pauseMs: number,
  ): Promise<void> {
    const { own } = find(kioskId);
    while (!enough()) {
      const { code } = await turnstile(async () => (enough() ? { code: 'OK' } : serve(street, kioskId)));
      if (code === 'KIOSK_NOT_READY') await street.reopen(kioskId).catch(() => undefined);
      await settle(street, kioskId, enough);
      await sleep(own.int(pauseMs));
    }
  }

  return {
    ...{ streets, history, uses, acknowledged, serve, settle },
    orders: () => sealed.size,
    async serveUntil(enough, pauseMs) {
      const entrances = streets
        .slice(0, sizes.streets)
        .map((street): Entrance => ({ street, turnstile: createTurnstile(sizes.atOnce) }));
      await Promise.all(
        entrances.flatMap((entrance) =>
          entrance.street.kiosks.map((kioskId) => work(entrance, kioskId, enough, pauseMs)),
        ),
      );
    },
    async close() {
      for (const street of streets) await street.stop();
    },
  };
}

function printerFaults(dice: Dice): Record<number, PrinterFault> {
  const faults = ['jam', 'paper-out', 'abort', 'power-cut', 'power-cut-after-sheet'] as const;
  const sheets = Array.from({ length: 100 }, (_, i) => i + 1).filter(() => dice.chance(0.06));
  return Object.fromEntries(sheets.map((sheet) => [sheet, dice.pick(faults)]));
}
