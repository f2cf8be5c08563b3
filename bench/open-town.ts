/** The whole town as `npm start` raises it, every server a process of its own, with kiosks that speak the wire themselves and the invented people whom they serve. */
import { createPublicKey } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CardFile, parseCardFile } from '@machikado/card';
import { digestOf, kidOf, readSealManifest } from '@machikado/pki';
import { centerEndpoints } from '@machikado/protocol';
import { personaKeys } from '@machikado/registry';
import type { Client } from '@machikado/server';
import { type RunningTown, startTown } from '@machikado/town';
import type { KioskSite } from '../e2e/open-kiosk.ts';
import { logIn, openClient, orderFor } from '../e2e/raw-kiosk.ts';

export interface BenchTown {
  readonly town: RunningTown;
  readonly site: KioskSite;
  /** All cards that the town laid out, also of people who are refused by rule. */
  readonly cards: readonly CardFile[];
  close(): Promise<void>;
}

/** Raised once, for the rows that need it. */
export type TownAtHand = () => Promise<BenchTown>;

export async function openBenchTown(kiosks: readonly string[]): Promise<BenchTown> {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-bench-'));
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove);
  const town = await startTown({ dir, kiosks, say: console.error });
  const key = createPublicKey(readFileSync(town.plan.keys.seal.publicFile));
  return {
    town,
    site: {
      dir,
      plan: town.plan,
      pki: town.plan.pki,
      centerUrls: [town.centerUrl],
      sealKeys: new Map([[kidOf(key), key]]),
    },
    cards: town.plan.towns.flatMap(({ lgCode }) => cardsIn(join(dir, 'cards', lgCode))),
    async close() {
      await town.stop();
      process.off('exit', remove);
      remove();
    },
  };
}

/** In the order in which the personas stand in the registry. */
function cardsIn(folder: string): CardFile[] {
  return personaKeys
    .map((key) => join(folder, `${key}.json`))
    .filter((file) => existsSync(file))
    .map((file) => parseCardFile(readFileSync(file, 'utf8')));
}

/** Login, offers, order: sealed sheets are here, and no money has moved. */
export async function placeOrder(site: KioskSite, client: Client, card: CardFile) {
  const login = await logIn(site, card, client);
  const { sessionId, proof, municipalities } = login;
  const offers = await client.call(centerEndpoints.askOffers, {
    params: { sessionId },
    body: { lgCode: municipalities[0]?.lgCode ?? '', proof },
  });
  const wish = orderFor(login, offers);
  const sealed = await client.call(centerEndpoints.placeOrder, { body: wish });
  return { wish, sealed, sessionId };
}

export async function orderAndCancel(site: KioskSite, client: Client, card: CardFile): Promise<void> {
  const { wish } = await placeOrder(site, client, card);
  const body = { reason: 'resident' as const, depositPayableYen: 0 };
  await client.call(centerEndpoints.cancelOrder, { params: { orderId: wish.orderId }, body });
}

/** All of a use that the servers see: from the login to the outcome, the session ended. What a kiosk does with the sheets is its own processor’s. */
export async function orderAndTake({ site }: Pick<BenchTown, 'site'>, client: Client, card: CardFile): Promise<void> {
  const { wish, sealed, sessionId } = await placeOrder(site, client, card);
  const params = { orderId: wish.orderId };
  const { feeYen: depositYen } = wish.selection;
  await client.call(centerEndpoints.reportPayment, {
    params,
    body: { depositYen, manifestDigest: digestOf(sealed.manifest) },
  });
  const { sheets } = await readSealManifest(sealed.manifest, site.sealKeys);
  const copies = [{ copy: 1, outcome: 'output' as const, sheetsOut: sheets.length }];
  const body = { copies, refundedYen: 0, refundPayableYen: 0, changePayableYen: 0 };
  await client.call(centerEndpoints.reportOutcome, { params, body });
  await client.call(centerEndpoints.endSession, { params: { sessionId }, body: {} });
}

/** Some of the invented people are refused by rule: so many of the others, each of whom tried once. */
export async function whoIsServed({ site, cards }: BenchTown, count: number): Promise<readonly CardFile[]> {
  const client = openClient(site, site.plan.kiosks[0]);
  const served: CardFile[] = [];
  for (const card of cards) {
    if (served.length === count) break;
    await orderAndCancel(site, client, card).then(
      () => served.push(card),
      () => undefined,
    );
  }
  await client.close();
  return served;
}
