/** IS-STATUS: which build runs here, what it would issue now, and when what is closed opens again. */
import { nextOpening, type ServiceHours } from '@machikado/domain';
import type { IssuerStatus, KindStatus } from '@machikado/protocol';
import { kindFacts } from '../kinds/kind-facts.ts';
import type { Municipality, Ports } from '../ports.ts';
import { kindsOn } from '../settings/settings-on.ts';
import { feedPosition } from '../store/feed-book.ts';
import { suspendedKinds } from '../store/suspensions.ts';
import { doubtfulBooks, isStale } from './feed-age.ts';
import { withSettingsNow } from './get-municipality.ts';

export async function reportStatus(ports: Ports): Promise<IssuerStatus> {
  const towns = ports.municipalities.all();
  return { build: ports.build, municipalities: await Promise.all(towns.map((town) => statusOf(town, ports))) };
}

async function statusOf(asSetUp: Municipality, { store, businessClock }: Ports) {
  const now = businessClock.now();
  const { suspended, stale, doubtful, town } = await store.inMunicipality(asSetUp.lgCode, async (tx) => ({
    suspended: await suspendedKinds(tx),
    stale: isStale(await feedPosition(tx), asSetUp, now),
    doubtful: await doubtfulBooks(tx, asSetUp, now),
    town: await withSettingsNow(tx, asSetUp, now),
  }));
  const kinds = kindsOn(town.settings, now).map(([kind]): KindStatus => {
    if (suspended.has(kind)) return { kind, open: false, reason: 'suspended' };
    const opening = nextOpening(town.settings.hours as ServiceHours, now, kind);
    if (opening?.getTime() !== now.getTime())
      return { kind, open: false, reason: 'closed', ...(opening && { opensAt: opening.toISOString() }) };
    const isBlind =
      stale || doubtful.has('residents') || (doubtful.has('seals') && kindFacts[kind].sections.includes('seal'));
    return isBlind ? { kind, open: false, reason: 'unavailable' } : { kind, open: true };
  });
  return { lgCode: town.lgCode, name: town.settings.name, kinds };
}
