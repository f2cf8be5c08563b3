/** One kiosk of a pseudo-store: opened on a folder of its own, recovered, then used as often as asked. */
import { join } from 'node:path';
import { ProtocolError } from '@machikado/protocol';
import { DeviceFault } from '@machikado/simulators';
import type { Step } from '@machikado/ui';
import { compose, type Kiosk } from '../compose.ts';
import type { Ports } from '../ports.ts';
import type { EndOfUse } from '../use-cases/serve-resident.ts';
import { openCardFile } from './card-on-disk.ts';
import { type Ending, endingOf } from './exit-codes.ts';
import { die } from './faults.ts';
import type { StoreOptions } from './options.ts';
import { createScriptedResident, type Witness } from './scripted-resident.ts';

export interface UseReport {
  readonly ending: Ending;
  readonly code: EndOfUse['code'];
  /** What exactly was refused, where the kiosk itself refused it. */
  readonly detail?: string;
  readonly orderId?: string;
  readonly chargedYen: number;
  readonly owedYen: number;
  readonly copies: readonly { readonly copy: number; readonly outcome: string; readonly sheetsOut: number }[];
  readonly files: readonly string[];
  readonly tookMs: number;
}

export interface Store {
  /** Orders that a killed predecessor left behind and that are settled now. */
  readonly recovered: readonly string[];
  /** Paper that it left in the tray. */
  readonly leftPaper: readonly string[];
  use(witness: Witness): Promise<UseReport>;
  close(): Promise<void>;
}

/** Folders that stores of this very process use. */
const mine = new Set<string>();
const SLOTS = 1000;

export async function openStore(
  options: StoreOptions,
  index: number,
  sheetReader: Ports['sheetReader'],
): Promise<Store> {
  const card = openCardFile(options.cardFile);
  const signCert = card.file.sign && new Uint8Array(Buffer.from(card.file.sign.cert, 'base64'));
  const { kiosk, release } = await openFreeKiosk(options, index, sheetReader, signCert ?? undefined);
  const recovered = await kiosk.recover();
  const leftPaper = kiosk.front.printer.takePaper(options.outDir);
  return {
    recovered,
    leftPaper,
    async use(witness) {
      const files: string[] = [];
      const began = performance.now();
      const end = await kiosk.serve(residentOf(options, card.layDown, kiosk, witness, files));
      return toReport(end, files, performance.now() - began);
    },
    async close() {
      await kiosk.close();
      release();
    },
  };
}

function residentOf(
  options: StoreOptions,
  card: () => ReturnType<ReturnType<typeof openCardFile>['layDown']>,
  { front }: Kiosk,
  witness: Witness,
  files: string[],
) {
  const { faults, listOffers, ...rest } = options;
  const { wrongPins, killAtStep } = faults;
  const cancelAt = listOffers ? 'kind' : faults.cancelAt;
  const script = { ...rest, card, wrongPins, ...(cancelAt && { cancelAt }) };
  return createScriptedResident(
    script,
    { ...front, outDir: options.outDir },
    {
      onOffers: (offers) => witness.onOffers?.(offers),
      onStep(step: Step) {
        witness.onStep?.(step);
        if (step === killAtStep) die();
      },
      onPaper(paper) {
        files.push(...paper);
        witness.onPaper?.(paper);
      },
    },
  );
}

/** The first folder that nobody living uses, so that the next start finds what a killed one left. */
async function openFreeKiosk(
  options: StoreOptions,
  index: number,
  sheetReader: Ports['sheetReader'],
  signCert: Uint8Array | undefined,
): Promise<{ kiosk: Kiosk; release(): void }> {
  const { kiosks, centerUrl, centerPins, sealPublicKeys, faults } = options;
  const identity = kiosks[index % kiosks.length];
  if (!identity) throw new RangeError('no kiosk');
  for (let slot = 1; slot <= SLOTS; slot += 1) {
    const stateDir = join(options.stateDir, identity.kioskId, String(slot));
    if (mine.has(stateDir)) continue;
    mine.add(stateDir);
    try {
      const kiosk = await compose(
        { ...identity, centerUrl, centerPins, sealPublicKeys, stateDir, patience: storePatience },
        {
          sheetReader,
          coinUnitOptions: faults.coinUnit,
          printerOptions: faults.printer,
          wrap: (ports) => faults.wrap(ports, signCert),
        },
      );
      return { kiosk, release: () => mine.delete(stateDir) };
    } catch (error) {
      if (!(error instanceof DeviceFault && error.reason === 'claimed')) throw error;
    }
  }
  throw new RangeError('no free kiosk folder');
}

/** A simulated printer stands still only when it is jammed, and nobody comes to clear it. */
const storePatience = { retries: 5, retryMs: 500, printPollMs: 10, printStandstillMs: 300 };

function toReport({ code, orderId, settlement, error }: EndOfUse, files: readonly string[], tookMs: number): UseReport {
  const end = { code, ...(orderId ? { orderId } : {}), ...(settlement ? { settlement } : {}) };
  if (code === 'INTERNAL') console.error(error);
  return {
    ending: endingOf(end),
    code,
    ...(error instanceof ProtocolError && code === 'KIND_NOT_OFFERED' && { detail: error.detail }),
    ...(orderId ? { orderId } : {}),
    chargedYen: settlement?.chargedYen ?? 0,
    owedYen: settlement?.owedYen ?? 0,
    copies: (settlement?.copies ?? []).map(({ copy, outcome, sheetsOut }) => ({ copy, outcome, sheetsOut })),
    files,
    tookMs: Math.round(tookMs),
  };
}
