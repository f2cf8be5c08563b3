/**
 * IS-OFFERS: the persons of the household and the menu of the municipality. The menu depends on nothing personal, and nothing
 * personal is refused here: that comes with the order, in one neutral sentence.
 */
import { isOpen, jstDateOf, type ServiceHours } from '@machikado/domain';
import {
  certificateKinds,
  type IssuerAskOffers,
  type Offer,
  type Offers,
  type RegistryRecord,
  type RegistrySection,
  refuse,
} from '@machikado/protocol';
import type { Deadline } from '@machikado/server';
import { kindFacts } from '../kinds/kind-facts.ts';
import type { Municipality, Ports } from '../ports.ts';
import { presentPeople } from '../rules/case.ts';
import { fiscalYearsOn } from '../settings/fiscal-years-on.ts';
import { feeYenOn, kindsOn } from '../settings/settings-on.ts';
import { suspendedKinds } from '../store/suspensions.ts';
import { checkHolder, type Holder } from './check-holder.ts';
import { getMunicipalityNow } from './get-municipality.ts';
import { Mismatch, suspendAfterMismatch } from './mismatch.ts';
import { personRef } from './person-refs.ts';
import { readSnapshot } from './read-snapshot.ts';

export async function listOffers(question: IssuerAskOffers, deadline: Deadline, ports: Ports): Promise<Offers> {
  const town = await getMunicipalityNow(question.lgCode, ports);
  const holder = await checkHolder(question, 'offers', town, ports);
  const offers = await menuNow(town, holder, ports);
  const sections = sectionsOf(offers);
  const record = await readSnapshot(holder, town, { sections }, deadline, ports).catch(async (error: unknown) => {
    if (!(error instanceof Mismatch)) throw error;
    await suspendAfterMismatch(error, certificateKinds, null, town, ports);
    return refuse('REGISTRY_UNAVAILABLE', error.finding);
  });
  deadline.refuseIfPassed();
  const { sessionId, lgCode } = question;
  return { sessionId, lgCode, ...withPeople(offers, record, holder, sessionId, town) };
}

/** 年度-less books of all kinds on the menu: who stands in them. */
function sectionsOf(offers: readonly Offer[]): RegistrySection[] {
  return [...new Set(offers.flatMap(({ kind }) => kindFacts[kind].sections))].filter((section) => section !== 'tax');
}

async function menuNow({ lgCode, settings }: Municipality, { role }: Holder, ports: Ports): Promise<Offer[]> {
  const now = ports.businessClock.now();
  const open = kindsOn(settings, now).filter(([kind]) => isOpen(settings.hours as ServiceHours, now, kind));
  if (open.length === 0) refuse('SERVICE_CLOSED', 'no kind is issued at this hour');
  const suspended = await ports.store.inMunicipality(lgCode, suspendedKinds);
  const forRole = open.filter(([kind]) => kindFacts[kind].roles.includes(role));
  if (forRole.length === 0) refuse('KIND_NOT_OFFERED', 'no kind is issued to this role at this hour');
  const menu = forRole.filter(([kind]) => !suspended.has(kind));
  if (menu.length === 0) refuse('MUNICIPALITY_SUSPENDED', 'until staff release a kind');
  return menu.map(([kind, { scopes, items, copiesMax, fiscalYears }]) => ({
    ...{ kind, scopes, items, copiesMax, feeYen: feeYenOn(settings, kind, now) ?? 0 },
    ...(fiscalYears && { fiscalYears: fiscalYearsOn(fiscalYears, jstDateOf(now)) }),
  }));
}

/** Who can stand on which kind. Somebody without the book of a kind is offered alone, and refused when they order. */
function withPeople(
  menu: readonly Offer[],
  record: RegistryRecord,
  { residentId }: Holder,
  sessionId: string,
  town: Municipality,
): Pick<Offers, 'persons' | 'offers'> {
  const persons = new Map<string, Offers['persons'][number]>();
  const offers = menu.flatMap((offer) => {
    const present = presentPeople(offer.kind, record, residentId);
    const applicant = () => record.members.filter((person) => person.residentId === residentId);
    const offered = (present.length > 0 ? present : applicant()).map((person) => ({
      personRef: personRef(town, sessionId, offer.kind, person.residentId),
      name: person.name,
      isSelf: person.residentId === residentId,
    }));
    for (const person of offered) persons.set(person.personRef, person);
    return offered.length > 0 ? [{ ...offer, personRefs: offered.map((person) => person.personRef) }] : [];
  });
  if (persons.size === 0) refuse('USE_COUNTER', 'no book of this municipality names the resident');
  return { persons: [...persons.values()], offers };
}
