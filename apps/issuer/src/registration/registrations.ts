/**
 * What the facts of 利用者登録 mean: a pure function of the *set* of events. The order in which they arrived and how often
 * plays no part, so a late, repeated or re-sent event can never bring back what has ended.
 *
 * A cert is usable when somebody registered it after last moving in, lives there still, and nobody withdrew or renewed it.
 * Withdrawal, renewal and death are for good; after 転出 and 転入 the cert needs 継続利用 again.
 */
import type { CertId, RegistrationEvent } from './events.ts';

export type EndedBy = 'withdrawn' | 'superseded' | 'moved-out' | 'died' | 'contradicted';

export interface Registration extends CertId {
  readonly residentId: string;
  readonly medium: string | null;
  readonly state: 'pending' | 'active' | 'ended';
  readonly endedBy: EndedBy | null;
}

export function registrationsFrom(events: readonly RegistrationEvent[]): Registration[] {
  const certs = new Map(events.flatMap((event) => (event.cert ? [[certKey(event.cert), event.cert] as const] : [])));
  const residents = lookUp(events, (event) => event.residentId);
  const claims = lookUp(events.filter(isClaim), (event) => event.cert && certKey(event.cert));
  const endings = endingsByCert(events);
  return [...certs].flatMap(([key, cert]) => {
    const claimants = claims.get(key) ?? [];
    return claimants.length === 0 ? [] : [registrationOf(cert, claimants, residents, endings.get(key) ?? null)];
  });
}

export function certKey({ anchor, serial }: CertId): string {
  return `${anchor}:${serial}`;
}

function registrationOf(
  cert: CertId,
  claims: readonly RegistrationEvent[],
  residents: ReadonlyMap<string, readonly RegistrationEvent[]>,
  ending: EndedBy | null,
): Registration {
  const standing = claims.filter((claim) => claimEnd(claim, residents.get(claim.residentId) ?? []) === null);
  // The newest claim speaks for the cert; on a tie the id decides, so that every order gives the same answer.
  const newest = latest(standing.length > 0 ? standing : claims);
  const owner = { ...cert, residentId: newest.residentId, medium: newest.medium };
  if (ending !== null) return { ...owner, state: 'ended', endedBy: ending };
  if (standing.length === 0) {
    return { ...owner, state: 'ended', endedBy: claimEnd(newest, residents.get(newest.residentId) ?? []) };
  }
  // Two residents with one cert cannot both be right; none of them is believed.
  if (new Set(standing.map((claim) => claim.residentId)).size > 1) {
    return { ...owner, state: 'ended', endedBy: 'contradicted' };
  }
  return { ...owner, state: standing.some((claim) => claim.usable) ? 'active' : 'pending', endedBy: null };
}

/** Why a claim no longer stands, or null. Death is for good; of a move in and a move out at one instant, out wins. */
function claimEnd(claim: RegistrationEvent, ofResident: readonly RegistrationEvent[]): 'moved-out' | 'died' | null {
  if (ofResident.some((event) => event.type === 'died')) return 'died';
  const movedOut = lastAt(ofResident, 'moved-out');
  if (movedOut === null) return null;
  const movedIn = lastAt(ofResident, 'moved-in');
  const livesHere = movedIn !== null && movedIn > movedOut;
  return livesHere && claim.at.getTime() > movedOut ? null : 'moved-out';
}

function endingsByCert(events: readonly RegistrationEvent[]): Map<string, EndedBy> {
  const endings = new Map<string, EndedBy>();
  for (const { type, previousCert } of events) {
    if (type === 'renewed' && previousCert) endings.set(certKey(previousCert), 'superseded');
  }
  for (const { type, cert } of events) {
    if (type === 'withdrawn' && cert) endings.set(certKey(cert), 'withdrawn');
  }
  return endings;
}

function isClaim({ type }: RegistrationEvent): boolean {
  return type === 'registered' || type === 'continued' || type === 'renewed';
}

function lastAt(events: readonly RegistrationEvent[], type: 'moved-in' | 'moved-out'): number | null {
  const times = events.filter((event) => event.type === type).map((event) => event.at.getTime());
  return times.length > 0 ? Math.max(...times) : null;
}

function latest(events: readonly RegistrationEvent[]): RegistrationEvent {
  return events.reduce((a, b) => {
    const later = b.at.getTime() - a.at.getTime();
    return later > 0 || (later === 0 && b.eventId > a.eventId) ? b : a;
  });
}

function lookUp(
  events: readonly RegistrationEvent[],
  keyOf: (event: RegistrationEvent) => string | null,
): Map<string, RegistrationEvent[]> {
  const found = new Map<string, RegistrationEvent[]>();
  for (const event of events) {
    const key = keyOf(event);
    if (key === null) continue;
    const others = found.get(key);
    if (others) others.push(event);
    else found.set(key, [event]);
  }
  return found;
}
