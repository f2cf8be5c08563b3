/** Puts one kiosk together: the center over mutual TLS, simulated devices in a folder, the journal beside them. */
import { createPublicKey, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { kidOf } from '@machikado/pki';
import { createClient } from '@machikado/server';
import {
  type CoinUnitOptions,
  openCardReader,
  openCoinUnit,
  openPrinter,
  openReceiptPrinter,
  type PrinterOptions,
} from '@machikado/simulators';
import { openFileJournal } from './adapters/file-journal.ts';
import { httpCenter } from './adapters/http-center.ts';
import { noLamp, noSpeaker } from './adapters/no-voice.ts';
import { type KioskConfig, ordinaryPatience } from './config.ts';
import type { Ports } from './ports.ts';
import type { Front } from './pseudo-store/scripted-resident.ts';
import type { Resident } from './resident.ts';
import { recoverAfterRestart } from './use-cases/recover-after-restart.ts';
import { type EndOfUse, serveResident } from './use-cases/serve-resident.ts';

export interface Kiosk {
  /** The machine from the front: card, coins, paper. */
  readonly front: Omit<Front, 'outDir'>;
  recover(): Promise<readonly string[]>;
  serve(resident: Resident): Promise<EndOfUse>;
  close(): Promise<void>;
}

export interface KioskParts extends Partial<Ports> {
  readonly sheetReader: Ports['sheetReader'];
  readonly coinUnitOptions?: CoinUnitOptions;
  readonly printerOptions?: PrinterOptions;
  /** Faults step in between here. */
  readonly wrap?: (ports: Ports) => Ports;
}

/** Throws DeviceFault `claimed` when another living process uses the folder. */
export async function compose(config: KioskConfig, parts: KioskParts): Promise<Kiosk> {
  const { stateDir, kioskId, centerUrl, centerPins, tls, sealPublicKeys, patience = ordinaryPatience } = config;
  const { coinUnitOptions, printerOptions, wrap = (ports) => ports, ...overrides } = parts;
  const coinUnit = openCoinUnit(stateDir, coinUnitOptions);
  await coinUnit.claim();
  await coinUnit.enable();
  const printer = openPrinter(stateDir, printerOptions);
  const cardReader = openCardReader(stateDir);
  const journal = openFileJournal(stateDir);
  const client = createClient({ baseUrl: centerUrl, serverPins: centerPins, tls, pool: 1 });
  const ports = wrap({
    kioskId,
    center: httpCenter(client),
    coinUnit,
    printer,
    receiptPrinter: openReceiptPrinter(stateDir),
    cardReader,
    speaker: noSpeaker,
    lamp: noLamp,
    journal,
    clock: { now: () => new Date(), sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }) },
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    sealKeys: new Map(sealPublicKeys.map(createPublicKey).map((key) => [kidOf(key), key])),
    patience,
    ...overrides,
  });
  return {
    front: { cardReader, coinUnit, printer },
    recover: () => recoverAfterRestart(ports),
    serve: (resident) => serveResident(resident, ports),
    async close() {
      await client.close();
      journal.close();
      await coinUnit.release();
    },
  };
}
