/** A kiosk on its folder: opened, recovered, emptied of paper that was left, then used by the person whose card lies in the file. */
import { join } from 'node:path';
import {
  compose,
  createScriptedResident,
  type EndOfUse,
  type Interposer,
  interpose,
  type Kiosk,
  type KioskConfig,
  openCardFile,
  type Ports,
  type Script,
} from '@machikado/kiosk-agent';

export type Wish = Pick<Script, 'copies' | 'payment' | 'pin'>;

/** What becomes of a job that was under way when the kiosk died: the printer goes on by itself, or lost its power too. */
export type Printer = 'goes-on' | 'aborted';

export interface EndOfVisit {
  readonly code: EndOfUse['code'];
  readonly chargedYen: number;
  readonly sheets: number;
}

export interface Machine {
  /** Orders that were still open; settled now. */
  recover(): Promise<readonly string[]>;
  serve(wish: Wish): Promise<EndOfVisit>;
  close(): Promise<void>;
}

/** Longer than any restart takes. */
const patience: Ports['patience'] = { retries: 300, retryMs: 100, printPollMs: 1, printStandstillMs: 50 };

/** Change for a whole table of uses with a note. */
const FLOAT = { 10: 1000, 50: 1000, 100: 1000, 500: 1000 };

export async function openMachine(
  config: KioskConfig,
  cardFile: string,
  sheetReader: Ports['sheetReader'],
  { between = {}, printer = 'goes-on' }: { readonly between?: Interposer; readonly printer?: Printer } = {},
): Promise<Machine> {
  const kiosk = await compose(
    { ...config, patience },
    {
      sheetReader,
      printerOptions: { unfinished: printer },
      coinUnitOptions: { float: FLOAT },
      wrap: (ports) => interpose(ports, between),
    },
  );
  const outDir = join(config.stateDir, 'taken');
  return {
    async recover() {
      const recovered = await kiosk.recover();
      kiosk.front.printer.takePaper(outDir);
      return recovered;
    },
    serve: (wish) => serve(kiosk, cardFile, outDir, wish),
    close: () => kiosk.close(),
  };
}

async function serve(kiosk: Kiosk, cardFile: string, outDir: string, wish: Wish): Promise<EndOfVisit> {
  let sheets = 0;
  const script: Script = {
    card: openCardFile(cardFile).layDown,
    wrongPins: 0,
    town: { role: 'residence' },
    kind: 'resident-record',
    scope: 'self',
    persons: [],
    items: [],
    ...wish,
  };
  const resident = createScriptedResident(
    script,
    { ...kiosk.front, outDir },
    {
      onPaper(files) {
        sheets += files.length;
      },
    },
  );
  const { code, settlement } = await kiosk.serve(resident);
  return { code, chargedYen: settlement?.chargedYen ?? 0, sheets };
}
