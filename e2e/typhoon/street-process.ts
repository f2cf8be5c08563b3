/**
 * Many pseudo-stores in one process, which can be killed: `street-process.ts <seed>`, told what to do by IPC. Each store is the real agent on
 * devices in a folder; each person who comes is told from outside. Nothing is decided here, so nothing is lost with it.
 */
import * as fs from 'node:fs';
import { inspect } from 'node:util';
import { createPdfReader } from '@machikado/inspection';
import {
  compose,
  createScriptedResident,
  type EndOfUse,
  interpose,
  type Kiosk,
  type KioskConfig,
  LostReply,
  openCardFile,
  openFileJournal,
  type Ports,
  pdfSheetReader,
} from '@machikado/kiosk-agent';
import { type OrderState, type OrderStatus, ProtocolError } from '@machikado/protocol';
import type { CoinUnitOptions, PrinterOptions } from '@machikado/simulators';
import { ordinaryScript, type Wishes } from '../open-kiosk.ts';
import { createDice } from '../storm/dice.ts';

export interface StoreSetting {
  readonly config: KioskConfig;
  /** Where the sheets go that somebody takes. */
  readonly outDir: string;
  readonly printerOptions: PrinterOptions;
  readonly coinUnitOptions: CoinUnitOptions;
}

/** How the private line treats the stores of this street, and how full their disks are. */
export interface StreetWeather {
  /** Of the replies, how many get lost, and how many requests arrive twice: 0 to 1. */
  readonly lost: number;
  readonly twice: number;
  readonly diskFull: boolean;
}

export type Order =
  | { readonly do: 'open'; readonly store: StoreSetting }
  /** One round of staff: clears what is jammed, settles what is open, takes what lies in the tray. */
  | { readonly do: 'settle'; readonly kioskId: string }
  /** Off and on again. */
  | { readonly do: 'reopen'; readonly kioskId: string }
  | {
      readonly do: 'use';
      readonly kioskId: string;
      readonly cardFile: string;
      readonly wishes: Wishes;
      /** After so many acts of this use: the street kills itself, or tells that they are done. Nobody else may be served meanwhile. */
      readonly atAct?: { readonly n: number; readonly what: 'die' | 'tell' };
    }
  | { readonly do: 'weather'; readonly weather: StreetWeather };

export type ToStreet = Order & { readonly n: number };

export interface StreetUse {
  readonly code: EndOfUse['code'];
  readonly settlement?: EndOfUse['settlement'];
  /** Only where the tables know no code for it. */
  readonly error?: string;
  readonly paper: readonly string[];
}

export interface Settled {
  readonly paper: readonly string[];
  readonly failure?: string;
}

/** What a center promised by its answer. */
export interface Acknowledged {
  readonly kioskId: string;
  readonly orderId: string;
  readonly state: OrderState;
}

export type FromStreet =
  | { readonly n: number; readonly answer: unknown }
  | { readonly n: number; readonly failure: string }
  /** What was said before went to nobody. */
  | { readonly ready: true }
  | { readonly acknowledged: Acknowledged }
  /** So many acts of the use are done. */
  | { readonly acts: number };

interface Store {
  readonly setting: StoreSetting;
  kiosk: Kiosk;
  closeJournal(): void;
}

const eyes = createPdfReader({ workers: 1 });
const stores = new Map<string, Store>();
let weather: StreetWeather = { lost: 0, twice: 0, diskFull: false };
let acts = 0;
let atAct: Extract<Order, { do: 'use' }>['atAct'];
const dice = createDice(process.argv[2] ?? '');

process.on('message', (told: ToStreet) => {
  if (typeof told.n !== 'number') return;
  carryOut(told).then(
    (answer) => tell({ n: told.n, answer }),
    (error: unknown) => tell({ n: told.n, failure: inspect(error, { depth: 4 }) }),
  );
});
process.once('disconnect', () => process.exit(0));
// A street lives for as long as somebody may tell it something.
process.channel?.ref();
tell({ ready: true });

function tell(message: FromStreet): void {
  // Whom nobody hears any more ends with 'disconnect'.
  process.send?.(message, undefined, undefined, () => undefined);
}

async function carryOut(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'open':
      stores.set(order.store.config.kioskId, await openStore(order.store));
      return;
    case 'settle':
      return settle(storeOf(order.kioskId));
    case 'reopen': {
      const { setting, kiosk, closeJournal } = storeOf(order.kioskId);
      await kiosk.close();
      closeJournal();
      stores.set(order.kioskId, await openStore(setting));
      return;
    }
    case 'use':
      acts = 0;
      atAct = order.atAct;
      return use(storeOf(order.kioskId), order.cardFile, order.wishes);
    case 'weather':
      weather = order.weather;
      return;
  }
}

function storeOf(kioskId: string): Store {
  const store = stores.get(kioskId);
  if (!store) throw new RangeError(`no ${kioskId} in this street`);
  return store;
}

async function openStore(setting: StoreSetting): Promise<Store> {
  const { config, printerOptions, coinUnitOptions } = setting;
  const journal = openFileJournal(config.stateDir, {
    fs: { ...fs, writeSync: writeWhileThereIsRoom },
    // Judged is every order that the machine ever had.
    compactAboveBytes: Number.POSITIVE_INFINITY,
  });
  const kiosk = await compose(config, {
    ...{ journal, printerOptions, coinUnitOptions, sheetReader: pdfSheetReader(eyes) },
    wrap: (ports) => interpose(underWeather(ports), { after: countAct }),
  });
  return { setting, kiosk, closeJournal: () => journal.close() };
}

/** A disk that is full takes the beginning of a line, then nothing. */
const writeWhileThereIsRoom = ((fd: number, bytes: Buffer, offset: number, length: number) => {
  if (!weather.diskFull) return fs.writeSync(fd, bytes, offset, length);
  if (offset > 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  return fs.writeSync(fd, bytes, offset, Math.min(length, 10));
}) as typeof fs.writeSync;

async function settle({ setting, kiosk }: Store): Promise<Settled> {
  const { front } = kiosk;
  front.coinUnit.clearJam();
  const failure = await kiosk.recover().then(
    () => undefined,
    (error: unknown) => inspect(error, { depth: 4 }),
  );
  return { paper: front.printer.takePaper(setting.outDir), ...(failure !== undefined && { failure }) };
}

async function use({ setting, kiosk }: Store, cardFile: string, wishes: Wishes): Promise<StreetUse> {
  const paper: string[] = [];
  const resident = createScriptedResident(
    { ...ordinaryScript, ...wishes, card: openCardFile(cardFile).layDown },
    { ...kiosk.front, outDir: setting.outDir },
    { onPaper: (files) => paper.push(...files) },
  );
  const { code, settlement, error } = await kiosk.serve(resident);
  const told = { code, paper, ...(settlement && { settlement }) };
  // What a center says of itself is an answer; only what the agent has no word for is told.
  const isUnknown = code === 'INTERNAL' && !(error instanceof ProtocolError);
  return isUnknown ? { ...told, error: inspect(error, { depth: 8 }) } : told;
}

function countAct(): void {
  acts += 1;
  if (acts !== atAct?.n) return;
  if (atAct.what === 'die') process.kill(process.pid, 'SIGKILL');
  tell({ acts });
}

/** Every answer is told before it can get lost: the center gave it. */
function underWeather(ports: Ports): Ports {
  const { center, kioskId } = ports;
  const over = async <T>(ask: () => Promise<T>, orderId: string, stateOf: (reply: T) => OrderState): Promise<T> => {
    // The second of two equal requests may be refused; the first one answers for both.
    const again = dice.chance(weather.twice) ? ask().catch(() => undefined) : undefined;
    const reply = await ask().finally(() => again);
    tell({ acknowledged: { kioskId, orderId, state: stateOf(reply) } });
    if (dice.chance(weather.lost)) throw new LostReply('the typhoon');
    return reply;
  };
  const told = ({ state }: OrderStatus) => state;
  return {
    ...ports,
    center: {
      ...center,
      placeOrder: (body) =>
        over(
          () => center.placeOrder(body),
          body.orderId,
          () => 'sealed',
        ),
      reportPayment: (orderId, body) =>
        over(
          () => center.reportPayment(orderId, body),
          orderId,
          () => 'paid',
        ),
      cancelOrder: (orderId, body) => over(() => center.cancelOrder(orderId, body), orderId, told),
      reportOutcome: (orderId, body) => over(() => center.reportOutcome(orderId, body), orderId, told),
    },
  };
}
