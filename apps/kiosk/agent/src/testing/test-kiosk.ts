/** A kiosk in a folder with a fake center: opened again on the same folder, it is the same machine after a power cut. */
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardTransport } from '@machikado/card';
import {
  type CoinUnitOptions,
  openCardReader,
  openCoinUnit,
  openPrinter,
  openReceiptPrinter,
  type PrinterOptions,
  physicalTruth,
} from '@machikado/simulators';
import { compareTruths } from '@machikado/testkit';
import { openFileJournal, readFileJournal } from '../adapters/file-journal.ts';
import { noLamp, noSpeaker } from '../adapters/no-voice.ts';
import { type Interposer, interpose } from '../interpose.ts';
import type { Ports } from '../ports.ts';
import { createScriptedResident, type Front, type Script } from '../pseudo-store/scripted-resident.ts';
import { recoverAfterRestart } from '../use-cases/recover-after-restart.ts';
import { serveResident } from '../use-cases/serve-resident.ts';
import { createFakeCenter, type FakeCenter, type FakeCenterOptions } from './fake-center.ts';
import { fakeSheetReader } from './fake-sheets.ts';
import { PIN, testCard } from './test-card.ts';

export const KIOSK_ID = 'kiosk-1';

export interface Machine {
  readonly ports: Ports;
  readonly front: Front;
  close(): Promise<void>;
}

export interface MachineOptions {
  readonly coinUnit?: CoinUnitOptions;
  readonly printer?: PrinterOptions;
  readonly between?: Interposer;
  readonly ports?: Partial<Ports>;
}

export interface TestKiosk {
  readonly dir: string;
  readonly center: FakeCenter;
  powerOn(options?: MachineOptions): Promise<Machine>;
  truths(): readonly string[];
}

export function createTestKiosk(options: Partial<FakeCenterOptions> = {}): TestKiosk {
  const dir = mkdtempSync(join(tmpdir(), 'test-kiosk-'));
  const random = countingRandom();
  const center = createFakeCenter({ kioskId: KIOSK_ID, random, ...options });
  return {
    dir,
    center,
    powerOn: (machine = {}) => powerOn(dir, center, random, machine),
    truths: () => compareTruths(physicalTruth(dir), readFileJournal(dir), center.ledger()),
  };
}

async function powerOn(
  dir: string,
  center: FakeCenter,
  random: (bytes: number) => Uint8Array,
  options: MachineOptions,
): Promise<Machine> {
  const coinUnit = openCoinUnit(dir, options.coinUnit);
  await coinUnit.claim();
  await coinUnit.enable();
  const printer = openPrinter(dir, options.printer);
  const cardReader = openCardReader(dir);
  const journal = openFileJournal(dir);
  let closed = false;
  let now = Date.parse('2026-06-01T03:00:00Z');
  const ports: Ports = {
    kioskId: KIOSK_ID,
    center,
    coinUnit,
    printer,
    receiptPrinter: openReceiptPrinter(dir),
    cardReader,
    speaker: noSpeaker,
    lamp: noLamp,
    journal,
    sheetReader: fakeSheetReader,
    clock: {
      now: () => new Date(now),
      sleep: async (ms) => {
        now += ms;
      },
    },
    random,
    sealKeys: center.sealKeys,
    patience: { retries: 2, retryMs: 1000, printPollMs: 500, printStandstillMs: 1_000 },
    ...options.ports,
  };
  return {
    ports: options.between ? interpose(ports, options.between) : ports,
    front: { cardReader, coinUnit, printer, outDir: join(dir, 'out') },
    async close() {
      if (closed) return;
      closed = true;
      journal.close();
      await coinUnit.release();
    },
  };
}

export const script = (change: Partial<Script> = {}): Script => ({
  card: () => testCard(),
  pin: PIN,
  wrongPins: 0,
  town: { role: 'residence' },
  kind: 'resident-record',
  scope: 'household',
  persons: [],
  items: [],
  copies: 1,
  payment: 'exact',
  ...change,
});

export function serve(machine: Machine, change: Partial<Script> = {}) {
  return serveResident(createScriptedResident(script(change), machine.front), machine.ports);
}

/** Power off and on, recovery, a jam cleared, paper out of the tray, the next resident. */
export async function afterPowerCut(kiosk: TestKiosk, options: MachineOptions = {}) {
  const machine = await kiosk.powerOn(options);
  await recoverAfterRestart(machine.ports);
  machine.front.coinUnit.clearJam();
  machine.front.printer.takePaper(machine.front.outDir);
  return machine;
}

/** Different bytes at every call, the same in every run. */
function countingRandom(): (bytes: number) => Uint8Array {
  let calls = 0;
  return (bytes) => {
    calls += 1;
    return new Uint8Array(createHash('shake256', { outputLength: bytes }).update(`${calls}`).digest());
  };
}

/** Passes everything on and keeps what went to the card. */
export function listeningCard(sent: string[]): () => CardTransport {
  return () => {
    const card = testCard();
    return {
      ...card,
      transmit: (apdu) => {
        sent.push(Buffer.from(apdu).toString('latin1'));
        return card.transmit(apdu);
      },
    };
  };
}
