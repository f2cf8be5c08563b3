/**
 * 停電 while a paid certificate is being printed: agent as a process of its own, devices at their wires, kill -9 and a printer that forgets its job.
 * The glass goes dark honestly; when the power is back the money is returned before anybody else is served.
 */
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFileJournal, type ScreenKioskConfig } from '@machikado/kiosk-agent';
import {
  connectCard,
  openCoinUnit,
  openPrinter,
  openReceiptPrinter,
  physicalTruth,
  serveCoinUnit,
  serveIppPrinter,
  serveReceiptPrinter,
} from '@machikado/simulators';
import { compareTruths, freePort } from '@machikado/testkit';
import { CARD_PIN, type Service, startService, writeJson } from '@machikado/town';
import { catalogues } from '@machikado/ui';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtScreen } from './browser/built-screen.ts';
import { chipOf } from './browser/front.ts';
import { type Glass, glassOf } from './browser/glass.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { leftInFolder, leftInPage, scannerFor } from './browser/left-behind.ts';
import { type Hands, visit } from './browser/visit.ts';
import { builtProgram } from './built-program.ts';
import { ledgerOf, openStage, type Stage, YUNAGI } from './fault-table.ts';

const FEE_YEN = 200;
const KIOSK = 'kiosk-2';

let stage: Stage;
let browser: Browser;
let glass: Glass;
let agent: Service | undefined;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  stage = await openStage({ people: { [YUNAGI]: ['single', 'couple'] }, kiosks: 2 });
  closers.push(() => stage.close());
  browser = await launchBrowser({ drawing: 'rough' });
  closers.push(() => browser.close());
}, 120_000);
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

test('power cut while paid: the glass says that nothing goes on, the money comes back after the start, the next person is served', async () => {
  const dir = join(stage.chain.dir, 'machine');
  mkdirSync(dir, { recursive: true });
  const [coinUnit, printer, receiptPrinter] = [openCoinUnit(dir), openPrinter(dir), openReceiptPrinter(dir)];
  const wires = {
    coinUnit: await serveCoinUnit(coinUnit, { port: 0 }),
    receiptPrinter: await serveReceiptPrinter(receiptPrinter, { port: 0 }),
    printer: await serveIppPrinter(printer, { port: 0 }),
  };
  closers.push(...Object.values(wires).map((wire) => () => wire.close()));
  const cardPort = await freePort();
  const configFile = writeJson(join(dir, 'config'), KIOSK, await settings(dir, cardPort, wires));
  const program = await builtProgram('apps/kiosk/agent/src/main.ts');
  const powerOn = async () => {
    agent = await startService('kiosk', program, ['--config', configFile], join(dir, 'log'));
    glass = glassOf(await browser.open(readFileSync(join(dir, 'screen-url'), 'utf8').trim()));
  };
  const kill = async () => {
    if (!agent) return;
    const gone = once(agent.process, 'exit');
    agent.process.kill('SIGKILL');
    await gone;
  };
  closers.push(() => agent?.stop());
  await powerOn();

  const lying = new Set<{ takeAway(): Promise<void> }>();
  const hands: Hands = {
    layDown: (card) => void lying.add(connectCard(card, { port: cardPort })),
    async takeCard() {
      for (const card of lying) await card.takeAway();
      lying.clear();
    },
    insert: (yen) => coinUnit.insert(yen),
    takePaper: () => printer.takePaper(join(dir, 'taken')),
  };
  const come = (person: 'single' | 'couple') =>
    visit(glass, hands, { card: chipOf(stage.card(person).file), pin: CARD_PIN });

  // The cover keeps the sheet inside until the power goes.
  const victim = come('couple');
  await victim.goOn('pay');
  printer.set({ coverOpen: true });
  await victim.goOn('print');
  await glass.reads(catalogues.ja.status.faults['cover-open']);
  await kill();
  printer.losePower();
  printer.set({ coverOpen: false });
  await glass.at('disconnected');
  await glass.reads(catalogues.ja.disconnected.about);
  await glass.page.close();

  await powerOn();
  await glass.ready('begin');
  await glass.reads(catalogues.ja.menu.interrupted);
  const cameBack = catalogues.ja.menu.cameBack(catalogues.ja.yen(FEE_YEN));
  await glass.reads(cameBack);
  expect(await glass.page.getByRole('status').innerText()).toContain(cameBack);
  const { cash, sheetsOut } = physicalTruth(dir);
  expect(cash.insertedYen - cash.returnedYen - cash.dispensedYen).toBe(0);
  expect([...sheetsOut]).toEqual([]);

  const next = come('single');
  await next.goOn('receipt');
  await glass.press('done');
  await glass.at('menu');
  expect(next.paper).toHaveLength(1);
  expect(await truths(dir)).toEqual([]);
  expect(physicalTruth(dir).cash.insertedYen).toBe(2 * FEE_YEN);

  const scanner = scannerFor(stage, ['single', 'couple']);
  expect(await leftInPage(glass.page, scanner)).toEqual([]);
  expect(leftInFolder(browser.profileDir, scanner)).toEqual([]);
  expect(leftInFolder(dir, scanner, [join(dir, 'taken')])).toEqual([]);
}, 180_000);

async function settings(
  stateDir: string,
  cardPort: number,
  wires: { coinUnit: { port: number }; receiptPrinter: { port: number }; printer: { url: string } },
): Promise<ScreenKioskConfig> {
  const { chain } = stage;
  const { keyFile, certFile, caFile } = chain.pki.peer(KIOSK);
  return {
    kioskId: KIOSK,
    centerUrl: chain.centerUrls[0] ?? '',
    centerPins: chain.plan.centers.map(({ name }) => chain.pki.peer(name).pin),
    tls: { keyFile, certFile, caFile },
    sealPublicKeys: [...chain.sealKeys.values()].map((key) => key.export({ type: 'spki', format: 'pem' }).toString()),
    stateDir,
    screen: { port: 0, dir: await builtScreen() },
    devices: {
      card: { kind: 'wire', port: cardPort },
      coinUnit: { port: wires.coinUnit.port },
      receiptPrinter: { port: wires.receiptPrinter.port },
      printer: { url: wires.printer.url },
    },
    patience: { retries: 5, retryMs: 50, printPollMs: 20, printStandstillMs: 600_000 },
  };
}

async function truths(dir: string): Promise<readonly string[]> {
  await stage.chain.centers[0]?.runJobs();
  const journal = readFileJournal(dir);
  const own = new Set(journal.map(({ orderId }) => orderId));
  const orders = (await ledgerOf(stage.chain)).filter(({ orderId }) => own.has(orderId));
  return compareTruths(physicalTruth(dir), journal, orders);
}
