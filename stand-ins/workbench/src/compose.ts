/** Puts the workbench together from its settings: each device is opened in its folder and served at its wire. */
import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '@machikado/server';
import {
  connectCard,
  openCoinUnit,
  openLamp,
  openPrinter,
  openReceiptPrinter,
  openSpeaker,
  serveMachine,
} from '@machikado/simulators';
import { createBench } from './bench.ts';
import { openCardPlace } from './card-place.ts';
import { openCoinSlot } from './coin-slot.ts';
import type { WorkbenchConfig } from './config.ts';
import { openMains } from './mains.ts';
import { openPrinterPlace, watchPrinter } from './printer-place.ts';
import { openReceiptSlot } from './receipt-slot.ts';
import { createPageServer } from './routes.ts';
import { screenOriginOf } from './screen-origin.ts';
import { createSheetPainter } from './sheet-painter.ts';
import { openSheets } from './sheets.ts';
import { openTrials } from './trials.ts';
import { listenToVoice } from './voice.ts';

const BUILT_PAGE = fileURLToPath(new URL('../web/dist', import.meta.url));

/** One movement of the printer; a sheet takes a handful. */
const PACE_MS = 350;

export interface ComposeOptions {
  readonly log: Log;
  /** Chance of copiers and cameras. */
  readonly seed?: () => number;
}

export function compose(config: WorkbenchConfig, { log, seed = () => randomInt(2 ** 32) }: ComposeOptions) {
  const { port, stateDir, kiosk, devices, clock, verificationUrl = null, pageDir = BUILT_PAGE } = config;
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const tell of listeners) tell();
  };
  const screenOrigin = screenOriginOf(kiosk.configFile);

  const machine = {
    coinUnit: openCoinUnit(stateDir),
    // Without the workbench there was no power either.
    printer: openPrinter(stateDir, { unfinished: 'aborted' }),
    receiptPrinter: openReceiptPrinter(stateDir),
    lamp: openLamp(),
    speaker: openSpeaker(),
  };
  const painter = createSheetPainter();
  const sheets = openSheets(machine.printer, painter, stateDir, changed);
  const trials = openTrials({ desk: sheets.desk, painter, seed, changed });
  const voice = listenToVoice(machine.speaker, changed);
  const cards = openCardPlace({ cards: config.cards, readerPort: kiosk.readerPort, connectCard, changed });
  const mains = openMains({ ...kiosk, screenOrigin, logFile: join(stateDir, 'kiosk.log'), changed });
  const bench = createBench({
    ...{ mains, cards, sheets, trials, voice, clock, verificationUrl, lamp: machine.lamp },
    coins: openCoinSlot(machine.coinUnit, changed),
    printer: openPrinterPlace(machine.printer),
    receipts: openReceiptSlot(machine.receiptPrinter, changed),
    losePower() {
      machine.printer.losePower();
      void machine.lamp.show('off');
      voice.fallSilent();
    },
  });
  machine.lamp.onChange(changed);
  const forgetPrinter = watchPrinter(machine.printer, () => {
    changed();
    sheets.look().catch(() => log.alarm('tray-not-read'));
  });

  const page = createPageServer({
    bench,
    screenOrigin,
    formOrigin: verificationUrl && new URL(verificationUrl).origin,
    pageDir,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const closing: (() => unknown)[] = [forgetPrinter];
  return {
    bench,
    async listen() {
      const { coinUnit, printer, close } = await serveMachine(machine, devices, { paceMs: PACE_MS });
      closing.push(close);
      await sheets.look();
      await page.listen({ host: '127.0.0.1', port });
      mains.on();
      return { port: (page.server.address() as AddressInfo).port, coinUnit: coinUnit.port, printerUrl: printer.url };
    },
    /** The kiosk first: it ends in order while its devices still answer. */
    async close() {
      await mains.close();
      await page.close();
      await cards.clear();
      for (const close of closing) await close();
      await painter.close();
    },
  };
}
