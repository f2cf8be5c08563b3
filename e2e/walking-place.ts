/**
 * One glass of many at which walks are played: the page stays, the machine behind it dies and comes back, and after a while another takes its
 * place, so that nothing that only grows (journal, logs of the devices) makes the last walks slower than the first.
 */
import { join } from 'node:path';
import { type Interposer, interpose } from '@machikado/kiosk-agent';
import { type GlassStage, openGlassStage } from './browser/glass-stage.ts';
import type { Browser } from './browser/launch-browser.ts';
import { type Shadow, shadowOf } from './browser/shadow.ts';
import type { Chain } from './open-chain.ts';
import type { ChainKiosk } from './open-kiosk.ts';

const WALKS_A_MACHINE = 20;

export interface WalkingPlace {
  readonly shadow: Shadow;
  readonly at: GlassStage;
  /** All that ever stood here. */
  readonly machines: readonly ChainKiosk[];
  /** Every machine’s. */
  readonly logLines: readonly string[];
  /** From now on nothing happens that the agent asks for; then it is started again, with what its printer remembers or without. */
  cutPower(unfinished: 'goes-on' | 'aborted'): Promise<void>;
  /** To be told before each walk. */
  nextWalk(): Promise<void>;
  close(): Promise<void>;
}

export interface Site {
  readonly chain: Chain;
  readonly browser: Browser;
  readonly kioskId: string;
}

class PowerCut extends Error {}

export async function openWalkingPlace({ chain, browser, kioskId }: Site): Promise<WalkingPlace> {
  const page = await browser.context.newPage();
  const shadow = await shadowOf(page);
  const logLines: string[] = [];
  const machines: ChainKiosk[] = [];
  let walks = 0;
  let power = { isCut: false };
  let at = await open('goes-on');

  async function open(unfinished: 'goes-on' | 'aborted'): Promise<GlassStage> {
    const own = { isCut: false };
    power = own;
    const opened = await openGlassStage(chain, browser, {
      ...{ kioskId, page, logLines },
      stateDir: join(chain.dir, 'kiosks', `${kioskId}-${Math.floor(walks / WALKS_A_MACHINE)}`),
      printerOptions: { unfinished },
      patience: { retries: 5, retryMs: 50, printPollMs: 5, printStandstillMs: 5_000 },
      wrap: (ports) => interpose(ports, whilePowered(own)),
    });
    machines.push(opened.kiosk);
    return opened;
  }
  const leave = async () => {
    // A machine without power tells its page nothing more.
    await page.goto('about:blank');
    await at.close();
  };
  return {
    ...{ shadow, machines, logLines },
    get at() {
      return at;
    },
    async cutPower(unfinished) {
      power.isCut = true;
      await leave();
      machines.pop();
      at = await open(unfinished);
    },
    async nextWalk() {
      walks += 1;
      if (walks % WALKS_A_MACHINE !== 0) return;
      await leave();
      at = await open('goes-on');
    },
    async close() {
      await at.close();
      await page.close();
    },
  };
}

function whilePowered(power: { readonly isCut: boolean }): Interposer {
  const ask = () => {
    if (power.isCut) throw new PowerCut();
  };
  return { before: ask, after: ask };
}
