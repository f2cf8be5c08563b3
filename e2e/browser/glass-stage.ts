/**
 * A person at the glass of a real kiosk: the agent with its screen in this process, simulated devices, the real chain behind it, and a real browser
 * with a profile of its own before it.
 */
import { join } from 'node:path';
import { createScreenKiosk, type Ports, type ScreenKiosk } from '@machikado/kiosk-agent';
import { createLog } from '@machikado/server';
import { openReceiptPrinter } from '@machikado/simulators';
import type { Page } from 'playwright-core';
import { type ChainKiosk, type KioskOptions, type KioskSite, openKiosk } from '../open-kiosk.ts';
import { builtScreen } from './built-screen.ts';
import { type Devices, handsAt } from './front.ts';
import { type Glass, glassOf } from './glass.ts';
import type { Browser } from './launch-browser.ts';
import type { Hands } from './visit.ts';

export interface GlassStage {
  readonly kiosk: ChainKiosk;
  readonly devices: Devices;
  readonly hands: Hands;
  readonly glass: Glass;
  /** Where the page is. */
  readonly url: string;
  /** What the agent wrote into its log. */
  readonly logLines: readonly string[];
  close(): Promise<void>;
}

export interface GlassStageOptions extends KioskOptions {
  readonly idle?: { readonly idleMs: number; readonly moreTimeMs: number };
  /** Shown on this one, which then outlives the stage. */
  readonly page?: Page;
  /** Where the log goes on. */
  readonly logLines?: string[];
}

/** Nobody thinks too long, unless a test says so. */
const endless = { idleMs: 3_600_000, moreTimeMs: 60_000 };

export async function openGlassStage(
  chain: KioskSite,
  browser: Browser,
  { idle = endless, page: given, logLines = [], wrap = (ports) => ports, ...options }: GlassStageOptions = {},
): Promise<GlassStage> {
  const { kioskId = 'kiosk-1' } = options;
  const stateDir = options.stateDir ?? join(chain.dir, 'kiosks', kioskId);
  const receiptPrinter = openReceiptPrinter(stateDir);
  let ports: Ports | undefined;
  const kiosk = await openKiosk(chain, {
    ...{ ...options, stateDir, receiptPrinter },
    wrap(inner) {
      ports = wrap(inner);
      return ports;
    },
  });
  if (!ports) throw new RangeError('a kiosk has ports');
  const log = createLog({ service: 'kiosk', strict: true, write: (line) => logLines.push(line) });
  const screen: ScreenKiosk = createScreenKiosk(
    { stateDir, screen: { port: 0, dir: await builtScreen() }, idle },
    ports,
    log,
  );
  const { url } = await screen.listen();
  const page = given ?? (await browser.context.newPage());
  await page.goto(url);
  const devices: Devices = { ...kiosk.agent.front, receiptPrinter };
  return {
    ...{ kiosk, devices, url, logLines },
    hands: handsAt(devices, kiosk.outDir),
    glass: glassOf(page),
    async close() {
      if (!given) await page.close();
      await screen.close();
      await kiosk.close();
    },
  };
}
