/** A kiosk on the chain: the real agent with simulated devices in a folder, and a resident who does as a script says. */
import { join } from 'node:path';
import { type CardFile, parseCardFile, VirtualCard, virtualCardTransport } from '@machikado/card';
import {
  compose,
  createScriptedResident,
  type EndOfUse,
  type JournalEntry,
  type Kiosk,
  type KioskParts,
  type Ports,
  pdfSheetReader,
  readFileJournal,
  type Script,
  type Witness,
} from '@machikado/kiosk-agent';
import { type PhysicalTruth, physicalTruth } from '@machikado/simulators';
import { CARD_PIN } from '@machikado/town';
import type { Chain } from './open-chain.ts';
import { sharedReader } from './shared-threads.ts';

export interface KioskOptions extends Partial<Omit<KioskParts, 'sheetReader' | 'center' | 'kioskId' | 'patience'>> {
  /** Which of the chain’s kiosks; its client cert says so to the center. */
  readonly kioskId?: string;
  /** Which of the chain’s centers it calls. */
  readonly center?: number;
  readonly stateDir?: string;
  readonly outDir?: string;
  readonly patience?: Ports['patience'];
}

export type Wishes = Partial<Omit<Script, 'card'>>;

export interface Use {
  readonly end: EndOfUse;
  /** Files of the sheets that the resident took. */
  readonly paper: readonly string[];
}

export interface ChainKiosk {
  readonly kioskId: string;
  readonly stateDir: string;
  readonly outDir: string;
  readonly agent: Kiosk;
  /** One use with this card. Left out wishes: the own municipality, oneself, one copy, the exact money. */
  use(card: CardFile | VirtualCard, wishes?: Wishes, witness?: Witness): Promise<Use>;
  journal(): readonly JournalEntry[];
  physicalTruth(): PhysicalTruth;
  close(): Promise<void>;
}

/** Nobody waits long in a test: a printer stands still only when it is jammed. */
export const testPatience = { retries: 5, retryMs: 50, printPollMs: 1, printStandstillMs: 50 };

/** The own municipality, oneself, one copy, the exact money. */
export const ordinaryScript: Omit<Script, 'card'> = {
  pin: CARD_PIN,
  wrongPins: 0,
  town: { role: 'residence' },
  kind: 'resident-record',
  scope: 'self',
  persons: [],
  items: [],
  copies: 1,
  payment: 'exact',
};

/** All that a kiosk has to know of a chain. */
export type KioskSite = Pick<Chain, 'dir' | 'centerUrls' | 'plan' | 'pki' | 'sealKeys'>;

export async function openKiosk(chain: KioskSite, options: KioskOptions = {}): Promise<ChainKiosk> {
  const { kioskId = 'kiosk-1', center = 0, patience = testPatience, stateDir, outDir, ...parts } = options;
  const folder = stateDir ?? join(chain.dir, 'kiosks', kioskId);
  const paperDir = outDir ?? join(chain.dir, 'paper', kioskId);
  const agent = await compose(
    {
      kioskId,
      centerUrl: chain.centerUrls[center] ?? '',
      centerPins: chain.plan.centers.map(({ name }) => chain.pki.peer(name).pin),
      tls: chain.pki.peer(kioskId),
      sealPublicKeys: [...chain.sealKeys.values()].map((key) => key.export({ type: 'spki', format: 'pem' }).toString()),
      stateDir: folder,
      patience,
    },
    { sheetReader: pdfSheetReader(sharedReader()), ...parts },
  );
  return {
    kioskId,
    stateDir: folder,
    outDir: paperDir,
    agent,
    async use(card, wishes = {}, witness = {}) {
      const virtual =
        card instanceof VirtualCard ? card : new VirtualCard(parseCardFile(JSON.stringify(card)), () => undefined);
      const paper: string[] = [];
      const script = { ...ordinaryScript, ...wishes, card: () => virtualCardTransport(virtual) };
      const resident = createScriptedResident(
        script,
        { ...agent.front, outDir: paperDir },
        {
          ...witness,
          onPaper(files) {
            paper.push(...files);
            witness.onPaper?.(files);
          },
        },
      );
      return { end: await agent.serve(resident), paper };
    },
    journal: () => readFileJournal(folder),
    physicalTruth: () => physicalTruth(folder),
    close: () => agent.close(),
  };
}
