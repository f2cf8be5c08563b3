/** Puts one kiosk together: the center over mutual TLS, simulated devices in a folder, the journal beside them. */
import {
  type CoinUnitOptions,
  openCardReader,
  openCoinUnit,
  openPrinter,
  openReceiptPrinter,
  type PrinterOptions,
} from '@machikado/simulators';
import { noLamp, noSpeaker } from './adapters/no-voice.ts';
import type { KioskConfig } from './config.ts';
import { openPorts } from './open-ports.ts';
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
  const { stateDir } = config;
  const { coinUnitOptions, printerOptions, wrap = (ports) => ports, ...given } = parts;
  const coinUnit = openCoinUnit(stateDir, coinUnitOptions);
  await coinUnit.claim();
  await coinUnit.enable();
  const printer = openPrinter(stateDir, printerOptions);
  const cardReader = openCardReader(stateDir);
  const receiptPrinter = openReceiptPrinter(stateDir);
  const devices = { coinUnit, printer, receiptPrinter, cardReader, speaker: noSpeaker, lamp: noLamp };
  const opened = openPorts(config, { ...devices, ...given });
  const ports = wrap(opened.ports);
  return {
    front: { cardReader, coinUnit, printer },
    recover: () => recoverAfterRestart(ports),
    serve: (resident) => serveResident(resident, ports),
    async close() {
      await opened.close();
      await coinUnit.release();
    },
  };
}
