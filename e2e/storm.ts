/**
 * 擬似店舗の嵐: many pseudo-stores at once over two centers and two issuing servers that share their databases, in bad weather,
 * while the registers of both towns change. A function of a seed and of sizes; what came of it stays open for looking at.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPdfReader, type PdfReader } from '@machikado/inspection';
import type { EndOfUse, Ports as KioskPorts } from '@machikado/kiosk-agent';
import { ProtocolError } from '@machikado/protocol';
import type { PrinterFault } from '@machikado/simulators';
import { type Chain, type ChainOptions, openChain } from './open-chain.ts';
import { type ChainKiosk, openKiosk, type Wishes } from './open-kiosk.ts';
import { createGate, createTurnstile, type Ticket } from './storm/crowd.ts';
import { createDice, type Dice } from './storm/dice.ts';
import { type History, watchHistory } from './storm/history.ts';
import { type Applicant, orderCards } from './storm/people.ts';
import { openTownHall } from './storm/town-hall.ts';
import { badWeather, type Weather } from './storm/weather.ts';
import { anyWishes, plainWishes } from './storm/wishes.ts';

export const PAPER = 'paper';
const STAFF_ROUNDS_MAX = 20;
const refusedAtTheDoor: ReadonlySet<EndOfUse['code']> = new Set(['TOO_BUSY', 'CENTER_UNREACHABLE']);

export interface StormSizes {
  readonly stores: number;
  readonly cardsPerStore: number;
  /** Orders that reach a center, at least. */
  readonly orders: number;
  /** After the first moment, in which all order at once. */
  readonly ordersAtOnce: number;
  /** Until the next resident comes, at most; much longer where the one before was sent away because of the crowd. */
  readonly pauseMs: number;
}

export interface StormUse {
  readonly kiosk: ChainKiosk;
  readonly applicant: Applicant;
  readonly wishes: Wishes;
  readonly end: EndOfUse;
  readonly paper: readonly string[];
  readonly began: number;
  readonly ended: number;
}

export interface Storm {
  readonly seed: string;
  readonly sizes: StormSizes;
  readonly chain: Chain;
  readonly reader: PdfReader;
  readonly kiosks: readonly ChainKiosk[];
  readonly applicants: readonly Applicant[];
  readonly uses: readonly StormUse[];
  readonly history: History;
  readonly weather: Weather['counts'];
  readonly tookMs: number;
  /** Moves the machines’ clock on. */
  letPass(ms: number): void;
  close(): Promise<void>;
}

/** Journals and devices of the kiosks go to `kiosksDir`, and what the residents take to the folder of paper in it. */
export async function raiseStorm(
  seed: string,
  sizes: StormSizes,
  kiosksDir: string,
  options: ChainOptions = {},
): Promise<Storm> {
  const dice = (of: string) => createDice(`${seed} ${of}`);
  const clock = sharedClock();
  const reader = createPdfReader({ workers: 2 });
  const shared: PdfReader = { ...reader, close: async () => undefined };
  const chain = await openChain({
    ...options,
    ...{ centers: 2, issuers: 2, kiosks: sizes.stores },
    centerOverrides: { reader: shared, machineClock: clock },
    issuerOverrides: (base) => ({ ...base, reader: shared, machineClock: clock }),
    centerConfig: { jobsEveryMs: 500 },
  });
  const applicants = await orderCards(chain, sizes.stores * sizes.cardsPerStore, dice('people'));
  const weather = badWeather(dice('weather'));
  for (const issuer of chain.issuers) weather.overIssuer(issuer);
  for (const center of chain.centers) weather.overCenter(center);
  const history = watchHistory(chain.registry, () => performance.now());
  const tickets = Array.from({ length: sizes.stores }, createGate(sizes.stores));
  const turnstile = createTurnstile(sizes.ordersAtOnce);
  const kiosks = await Promise.all(chain.plan.kiosks.map((kioskId, i) => openStore(kioskId, i)));
  const townHall = openTownHall(history, dice('town hall'));
  const changing: Promise<void>[] = [];
  const uses: StormUse[] = [];
  let orders = 0;

  function openStore(kioskId: string, i: number): Promise<ChainKiosk> {
    const own = dice(`devices ${kioskId}`);
    return openKiosk(chain, {
      ...{ kioskId, center: i % chain.centers.length },
      ...{ stateDir: join(kiosksDir, kioskId), outDir: join(kiosksDir, PAPER, kioskId) },
      printerOptions: { faults: printerFaults(own) },
      coinUnitOptions: own.chance(0.15) ? { jamAfterPieces: own.int(12) } : {},
      wrap: (ports) =>
        orderAtOnce(weather.overKiosk(ports), tickets[i] as Ticket, turnstile, () => {
          orders += 1;
        }),
    });
  }

  /** While the resident chooses, orders, pays. */
  async function changeSoon(applicant: Applicant, own: Dice): Promise<void> {
    await sleep(own.int(600));
    townHall.changeSomething(applicant);
  }

  async function work(kiosk: ChainKiosk, i: number): Promise<void> {
    const own = dice(`store ${i}`);
    const cards = applicants.filter((_, n) => n % sizes.stores === i);
    for (let turn = 0; turn === 0 || orders < sizes.orders; turn += 1) {
      const applicant = cards[turn % cards.length] as Applicant;
      const wishes = turn === 0 ? plainWishes(applicant.lgCode, own) : anyWishes(applicant.lgCode, own);
      const began = performance.now();
      const { end, paper } = await kiosk.use(
        applicant.card,
        { ...wishes, pin: applicant.pin },
        { onStep: (step) => step === 'kind' && own.chance(0.15) && changing.push(changeSoon(applicant, own)) },
      );
      uses.push({ kiosk, applicant, wishes, end, paper, began, ended: performance.now() });
      tickets[i]?.stayAway();
      if (end.code === 'KIOSK_NOT_READY') throw new Error(`${kiosk.kioskId} was not made ready`, { cause: end.error });
      await staffRound(kiosk);
      await sleep(own.int(sizes.pauseMs) * (refusedAtTheDoor.has(end.code) ? 10 : 1));
    }
  }

  const began = performance.now();
  await Promise.all(kiosks.map(work));
  await Promise.all(changing);
  const tookMs = performance.now() - began;
  return {
    ...{ seed, sizes, chain, reader, kiosks, applicants, uses, history, tookMs },
    weather: weather.counts,
    letPass: clock.letPass,
    async close() {
      for (const kiosk of kiosks) await kiosk.close();
      await chain.close();
      await reader.close();
    },
  };
}

/** One clock for all servers, and one that stands still most of the time: whatever happens within a second happens in the same millisecond. */
function sharedClock() {
  let passed = 0;
  return {
    now: () => new Date(Math.floor(Date.now() / 1000) * 1000 + passed),
    letPass: (ms: number) => {
      passed += ms;
    },
  };
}

type Turnstile = ReturnType<typeof createTurnstile>;

/** The first order of every store waits until all of them are there; later ones go through the turnstile. */
function orderAtOnce(ports: KioskPorts, ticket: Ticket, turnstile: Turnstile, onArrival: () => void): KioskPorts {
  const { center } = ports;
  let first = true;
  const placeOrder: typeof center.placeOrder = async (order) => {
    try {
      const sealed = await center.placeOrder(order);
      onArrival();
      return sealed;
    } catch (error) {
      if (error instanceof ProtocolError && error.code !== 'TOO_BUSY') onArrival();
      throw error;
    }
  };
  return {
    ...ports,
    center: {
      ...center,
      async placeOrder(order) {
        if (!first) return turnstile(() => placeOrder(order));
        first = false;
        await ticket.arrive();
        return placeOrder(order);
      },
    },
  };
}

function printerFaults(dice: Dice): Record<number, PrinterFault> {
  const faults = ['jam', 'paper-out', 'abort', 'power-cut', 'power-cut-after-sheet'] as const;
  const sheets = Array.from({ length: 100 }, (_, i) => i + 1).filter(() => dice.chance(0.06));
  return Object.fromEntries(sheets.map((sheet) => [sheet, dice.pick(faults)]));
}

/** Staff clear the coin unit when it is jammed, and the agent settles what it could not settle alone. */
async function staffRound({ kioskId, agent: { front, recover } }: ChainKiosk): Promise<void> {
  let cause: unknown;
  for (let round = 1; round <= STAFF_ROUNDS_MAX; round += 1) {
    front.coinUnit.clearJam();
    try {
      await recover();
      return;
    } catch (error) {
      // The weather, or the coin unit.
      cause = error;
      await sleep(10);
    }
  }
  throw new Error(`${kioskId} cannot be settled`, { cause });
}
