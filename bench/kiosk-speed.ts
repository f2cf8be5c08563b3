/**
 * How long the machines take from the last digit of the PIN to sealed sheets (⑪ may begin), while other kiosks order in the background: center,
 * issuing servers, registries, JPKI and PostgreSQL as processes of their own, all on this machine. And how long the glass takes to show something
 * at all, and another screen after a press. (docs/performance.md)
 *
 *   node --import tsx bench/kiosk-speed.ts [uses] [background orders a second …]
 */
import type { CardFile } from '@machikado/card';
import { CARD_PIN } from '@machikado/town';
import type { Step } from '@machikado/ui';
import { chipOf } from '../e2e/browser/front.ts';
import { openGlassStage } from '../e2e/browser/glass-stage.ts';
import { inPage } from '../e2e/browser/in-page.ts';
import { launchBrowser } from '../e2e/browser/launch-browser.ts';
import { visit } from '../e2e/browser/visit.ts';
import { openKiosk } from '../e2e/open-kiosk.ts';
import { openClient } from '../e2e/raw-kiosk.ts';
import { openBenchTown, orderAndCancel, whoIsServed } from './open-town.ts';
import { quantile } from './quantile.ts';

const [uses = 40, ...rates] = process.argv.slice(2).map(Number);
const BACKGROUND_KIOSKS = 8;
const WARM_UP = 5;
const PEOPLE = 60;
const LOADS = 12;
const ROUNDS = 5;

const kiosks = ['kiosk-1', ...Array.from({ length: BACKGROUND_KIOSKS }, (_, i) => `kiosk-${i + 2}`)];
const bench = await openBenchTown(kiosks);
const { site, cards } = bench;

try {
  console.log('at the glass | times | median ms | longest ms');
  for (const [what, times] of Object.entries(await measureGlass()))
    console.log(`${what} | ${times.length} | ${at(times, 0.5)} | ${at(times, 1)}`);
  const served = await whoIsServed(bench, PEOPLE);
  console.log(
    `\norders a second beside, of ${served.length} people | uses | median ms | p95 ms | longest ms | beside: placed, refused`,
  );
  for (const rate of rates.length > 0 ? rates : [0, 1, 5]) {
    const beside = rate > 0 ? orderBeside(rate, served) : undefined;
    const times = await measure();
    const done = await beside?.stop();
    console.log(
      `${rate} | ${times.length} | ${at(times, 0.5)} | ${at(times, 0.95)} | ${at(times, 1)} | ${done ? `${done.placed} (${done.aSecond} a second), ${done.refused}` : '—'}`,
    );
  }
} finally {
  await bench.close();
}

function at(times: readonly number[], share: number): number {
  return Math.round(quantile(times, share));
}

/** The built screen, served by its agent, in a real browser at full size: loaded cold, then ⑥ to ⑩ to and fro. */
async function measureGlass(): Promise<Readonly<Record<string, readonly number[]>>> {
  const browser = await launchBrowser();
  const stage = await openGlassStage(site, browser, { kioskId: 'kiosk-1' });
  const { glass, hands, url } = stage;
  const { page } = glass;
  const paints: number[] = [];
  for (let n = 0; n < LOADS; n += 1) {
    await page.goto('about:blank');
    await page.goto(url);
    paints.push(await inPage<number>(page, 'painted', 'firstPaintMs', null));
  }
  const [card] = cards;
  if (!card) throw new Error('no cards were laid out');
  const changes: number[] = [];
  const change = async (act: string) =>
    changes.push(await inPage<number>(page, 'painted', 'screenChangeMs', `[data-act="${act}"]:enabled`));
  const person = visit(glass, hands, { card: chipOf(card), pin: CARD_PIN });
  await person.goOn('kind');
  await glass.press('kind=resident-record');
  for (let round = 0; round < ROUNDS; round += 1) {
    await change('next');
    await glass.at('scope');
    if (round === 0) await glass.press('scope=self');
    for (const act of ['next', 'next', 'next', 'back', 'back', 'back', 'back']) await change(act);
  }
  await stage.close();
  await browser.close();
  return { 'first paint, loaded cold': paints, 'another screen after a press': changes };
}

/** One resident after the other: the times between the questions that a person answers are left out. */
async function measure(): Promise<readonly number[]> {
  const kiosk = await openKiosk(site, { kioskId: 'kiosk-1' });
  const times: number[] = [];
  for (let n = 0; n < uses + WARM_UP; n += 1) {
    const seen = new Map<Step, number>();
    const card = cards[0];
    if (!card) throw new Error('no cards were laid out');
    const { end } = await kiosk.use(
      card,
      { payment: 'none' },
      { onStep: (step) => void seen.set(step, performance.now()) },
    );
    if (end.code !== 'CANCELLED') throw new Error(`a use ended with ${end.code}`);
    const between = (from: Step, to: Step) => (seen.get(to) ?? Number.NaN) - (seen.get(from) ?? Number.NaN);
    if (n >= WARM_UP) times.push(between('pin', 'kind') + between('confirm', 'pay'));
  }
  await kiosk.agent.close();
  return times;
}

/** Login, offers, order, cancel, at a fixed rate, whatever has become of those before. */
function orderBeside(rate: number, people: readonly CardFile[]) {
  const clients = kiosks.slice(1).map((kioskId) => openClient(site, kioskId));
  const under = new Set<Promise<void>>();
  const began = performance.now();
  let n = 0;
  let placed = 0;
  let refused = 0;
  const order = async (i: number) => {
    const client = clients[i % clients.length];
    const card = people[i % people.length];
    if (!client || !card) throw new Error('nobody to order');
    await orderAndCancel(site, client, card).then(
      () => {
        placed += 1;
      },
      () => {
        refused += 1;
      },
    );
  };
  const timer = setInterval(() => {
    const one = order(n++).finally(() => under.delete(one));
    under.add(one);
  }, 1_000 / rate);
  return {
    async stop() {
      clearInterval(timer);
      const seconds = (performance.now() - began) / 1_000;
      await Promise.all(under);
      for (const client of clients) await client.close();
      return { placed, refused, aSecond: (placed / seconds).toFixed(1) };
    },
  };
}
