/**
 * How long the machines take from the last digit of the PIN to sealed sheets (⑪ may begin), while other kiosks order in the background: center,
 * issuing servers, registries, JPKI and PostgreSQL as processes of their own, all on this machine.
 *
 *   node --import tsx bench/kiosk-speed.ts [uses] [background orders a second …]
 */
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCardFile } from '@machikado/card';
import { createPdfReader } from '@machikado/inspection';
import { kidOf } from '@machikado/pki';
import { centerEndpoints } from '@machikado/protocol';
import { personaKeys } from '@machikado/registry';
import { type RunningTown, startTown } from '@machikado/town';
import type { Step } from '@machikado/ui';
import { type KioskSite, openKiosk } from '../e2e/open-kiosk.ts';
import { logIn, openClient, orderFor } from '../e2e/raw-kiosk.ts';

const [uses = 40, ...rates] = process.argv.slice(2).map(Number);
const BACKGROUND_KIOSKS = 8;
const WARM_UP = 5;

const dir = mkdtempSync(join(tmpdir(), 'machikado-bench-'));
const kiosks = ['kiosk-1', ...Array.from({ length: BACKGROUND_KIOSKS }, (_, i) => `kiosk-${i + 2}`)];
const town = await startTown({ dir, kiosks, say: console.error });
const site = siteOf(town);
const cards = personaKeys.flatMap((key) => {
  try {
    return [parseCardFile(readFileSync(join(dir, 'cards', '990019', `${key}.json`), 'utf8'))];
  } catch {
    return [];
  }
});

console.log('orders a second beside | uses | median ms | p95 ms | longest ms | beside: orders placed, refused');
try {
  for (const rate of rates.length > 0 ? rates : [0, 1, 5]) {
    const beside = rate > 0 ? orderBeside(rate) : undefined;
    const times = await measure();
    const done = await beside?.stop();
    const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
    console.log(
      `${rate} | ${times.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${done ? `${done.placed} (${done.aSecond} a second), ${done.refused}` : '—'}`,
    );
  }
} finally {
  await town.stop();
  rmSync(dir, { recursive: true, force: true });
}

/** One resident after the other: the times between the questions that a person answers are left out. */
async function measure(): Promise<readonly number[]> {
  const reader = createPdfReader({ workers: 1 });
  const kiosk = await openKiosk(site, { kioskId: 'kiosk-1', reader });
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
  await reader.close();
  return times.sort((a, b) => a - b);
}

/** Login, offers, order, cancel, at a fixed rate, whatever has become of those before. */
function orderBeside(rate: number) {
  const clients = kiosks.slice(1).map((kioskId) => openClient(site, kioskId));
  const under = new Set<Promise<void>>();
  const began = performance.now();
  let n = 0;
  let placed = 0;
  let refused = 0;
  const order = async (i: number) => {
    const client = clients[i % clients.length];
    const card = cards[1 + (i % (cards.length - 1))];
    if (!client || !card) return;
    try {
      const login = await logIn(site, card, client);
      const [home] = login.municipalities;
      const { sessionId, proof } = login;
      const offers = await client.call(centerEndpoints.askOffers, {
        params: { sessionId },
        body: { lgCode: home?.lgCode ?? '', proof },
      });
      const wish = orderFor(login, offers);
      await client.call(centerEndpoints.placeOrder, { body: wish });
      placed += 1;
      const body = { reason: 'resident' as const, depositPayableYen: 0 };
      await client.call(centerEndpoints.cancelOrder, { params: { orderId: wish.orderId }, body });
    } catch {
      refused += 1;
    }
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

function siteOf({ plan, centerUrl }: RunningTown): KioskSite {
  const key = createPublicKey(readFileSync(plan.keys.seal.publicFile));
  return { dir, plan, pki: plan.pki, centerUrls: [centerUrl], sealKeys: new Map([[kidOf(key), key]]) };
}
