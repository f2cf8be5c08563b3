/**
 * 失効一覧: verification sites are told which copies are good for nothing any more. The list is signed, goes outward only, and its
 * version is how many copies ever came to such an end, so that it goes up with every one of them, for all centers on one database
 * alike. A site hears of a change at once, and every ten minutes that nothing changed.
 */
import { cancellationEntry, signStatement } from '@machikado/pki';
import type { CancellationList } from '@machikado/protocol';
import { errorFields } from '@machikado/server';
import type { Center } from '../ports.ts';
import type { ServerAddress } from '../settings.ts';

const HEARS_EVERY_MS = 10 * 60_000;
/** As many as the message holds: of more the newest. */
const ENTRIES_MAX = 200_000;

/** Answers how many sites took a list. */
export async function publishCancellations(center: Center): Promise<number> {
  const { verificationSites } = center.settings();
  if (verificationSites.length === 0) return 0;
  const count = await center.store.cancellations.count();
  const told = await Promise.all(verificationSites.map((site) => tellSite(center, site, count)));
  return told.filter((taken) => taken).length;
}

/** No transaction waits for a site: one that hangs would keep a connection from the residents. */
async function tellSite(center: Center, site: ServerAddress, count: number): Promise<boolean> {
  const { cancellations } = center.store;
  const at = center.machineClock.now();
  const claimed = await cancellations.claimSite(site.url, count, at);
  if (!claimed) return false;
  const list = await listOf(center, at);
  const held = await pushTo(center, site, list);
  if (held === undefined) {
    await cancellations.postpone(site.url, claimed, center.machineClock.now());
    return false;
  }
  const { version } = list;
  // Only a database that lost what it knew is behind its own site.
  if (held > version) center.log.alarm('cancellations-behind', { host: hostOf(site) });
  await center.store.transaction(async (tables) => {
    const nextAt = new Date(at.getTime() + HEARS_EVERY_MS);
    const isNews = (await tables.cancellations.told(site.url, claimed, version, nextAt)) && version > claimed.version;
    if (isNews) await tables.audit.record('cancellations-published', at, { reason: `${hostOf(site)} ${version}` });
  });
  return true;
}

async function listOf(center: Center, at: Date): Promise<CancellationList> {
  const { count, copies } = await center.store.cancellations.newest(ENTRIES_MAX);
  return {
    v: 1,
    centerId: center.settings().centerId,
    version: count + 1,
    issuedAt: at.toISOString(),
    entries: copies.map(cancellationEntry).sort(),
  };
}

/** The version that the site holds now; nothing when it did not take the list. */
async function pushTo(center: Center, site: ServerAddress, list: CancellationList): Promise<number | undefined> {
  try {
    const jws = await signStatement('machikado-cancellations', list, center.settings().keys.seal);
    return await center.sites.pushCancellations(site, jws);
  } catch (error) {
    center.log.warning('cancellations-not-taken', { host: hostOf(site), ...errorFields(error) });
    return undefined;
  }
}

function hostOf({ url }: ServerAddress): string {
  return new URL(url).host;
}
