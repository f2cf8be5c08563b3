/**
 * IS-OFFERS: the persons of the household and the menu of the municipality. The menu depends on nothing personal, and nothing
 * personal is refused here: that comes with the order, in one neutral sentence.
 */
import { isOpen, type ServiceHours } from '@machikado/domain';
import { certificateKinds, type IssuerAskOffers, type Offer, type Offers, refuse } from '@machikado/protocol';
import type { Deadline } from '@machikado/server';
import type { Municipality, Ports } from '../ports.ts';
import { presentMembers } from '../rules/case.ts';
import { feeYenOn, kindsOn } from '../settings/settings-on.ts';
import { suspendedKinds } from '../store/suspensions.ts';
import { checkHolder } from './check-holder.ts';
import { getMunicipality } from './get-municipality.ts';
import { Mismatch, suspendAfterMismatch } from './mismatch.ts';
import { personRef } from './person-refs.ts';
import { readSnapshot, type Snapshot } from './read-snapshot.ts';

export async function listOffers(question: IssuerAskOffers, deadline: Deadline, ports: Ports): Promise<Offers> {
  const town = getMunicipality(question.lgCode, ports.municipalities);
  const holder = await checkHolder(question, 'offers', town, ports);
  const offers = await menuNow(town, ports);
  const snapshot = await readSnapshot(holder, town, deadline, ports).catch(async (error: unknown) => {
    if (!(error instanceof Mismatch)) throw error;
    await suspendAfterMismatch(error, certificateKinds, null, town, ports);
    return refuse('REGISTRY_UNAVAILABLE', error.finding);
  });
  deadline.refuseIfPassed();
  const { sessionId, lgCode } = question;
  return { sessionId, lgCode, persons: personsOf(snapshot, sessionId, town), offers };
}

async function menuNow(town: Municipality, { businessClock, store }: Ports): Promise<Offer[]> {
  const now = businessClock.now();
  const open = kindsOn(town.settings, now).filter(([kind]) => isOpen(town.settings.hours as ServiceHours, now, kind));
  if (open.length === 0) refuse('SERVICE_CLOSED', 'no kind is issued at this hour');
  const suspended = await store.inMunicipality(town.lgCode, suspendedKinds);
  const menu = open.filter(([kind]) => !suspended.has(kind));
  if (menu.length === 0) refuse('MUNICIPALITY_SUSPENDED', 'until staff release a kind');
  return menu.map(([kind, { scopes, items, copiesMax }]) => {
    return { kind, scopes, items, copiesMax, feeYen: feeYenOn(town.settings, kind, now) ?? 0 };
  });
}

function personsOf({ household, applicant }: Snapshot, sessionId: string, town: Municipality): Offers['persons'] {
  return presentMembers(household, applicant.residentId).map((member) => ({
    personRef: personRef(town, sessionId, member.residentId),
    name: member.name,
    isSelf: member === applicant,
  }));
}
