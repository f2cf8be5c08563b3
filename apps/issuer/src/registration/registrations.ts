/**
 * What the facts of 利用者登録 mean: a pure function of the *set* of events. The order in which they arrived and how often
 * plays no part, so a late, repeated or re-sent event can never bring back what has ended.
 *
 * A cert is usable when somebody registered it after last moving in, lives there still, and nobody withdrew or renewed it.
 * Withdrawal, renewal and death are for good; after 転出 and 転入 the cert needs 継続利用 again. Who has only the 本籍 here does not
 * move in or out.
 */
import type { Role } from '@machikado/protocol';
import { type CertId, isClaim, type RegistrationEvent } from './events.ts';

export type EndedBy = 'withdrawn' | 'superseded' | ClaimEnd | 'contradicted';
type ClaimEnd = 'moved-out' | 'removed' | 'died';

export interface Registration extends CertId {
  readonly residentId: string;
  readonly medium: string | null;
  readonly role: Role;
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
  const endOf = (claim: RegistrationEvent) => claimEnd(claim, residents.get(claim.residentId) ?? []);
  const standing = claims.filter((claim) => endOf(claim) === null);
  const usable = standing.filter((claim) => claim.usable);
  // Who lives here gets everything that somebody with only the 本籍 here gets, so 住所地 speaks for the cert.
  const best = [usable, standing, claims].find((some) => some.length > 0) ?? claims;
  const residence = best.filter(({ role }) => role === 'residence');
  // Then the newest claim; on a tie the id decides, so that every order gives the same answer.
  const speaking = latest(residence.length > 0 ? residence : best);
  const { residentId, medium } = speaking;
  const owner = { ...cert, residentId, medium, role: speaking.role ?? 'residence' };
  if (ending !== null) return { ...owner, state: 'ended', endedBy: ending };
  if (standing.length === 0) return { ...owner, state: 'ended', endedBy: endOf(speaking) };
  // Two residents with one cert cannot both be right; none of them is believed.
  if (new Set(standing.map((claim) => claim.residentId)).size > 1) {
    return { ...owner, state: 'ended', endedBy: 'contradicted' };
  }
  return { ...owner, state: usable.length > 0 ? 'active' : 'pending', endedBy: null };
}

/** Why a claim no longer stands, or null. Death is for good; of a move in and a move out at one instant, out wins. */
function claimEnd(claim: RegistrationEvent, ofResident: readonly RegistrationEvent[]): ClaimEnd | null {
  if (ofResident.some((event) => event.type === 'died')) return 'died';
  const at = claim.at.getTime();
  const removed = lastAt(ofResident, 'removed');
  if (removed !== null && at <= removed) return 'removed';
  if (claim.role === 'registered-domicile') return null;
  const movedOut = lastAt(ofResident, 'moved-out');
  const left = Math.max(removed ?? -Infinity, movedOut ?? -Infinity);
  if (left === -Infinity) return null;
  const movedIn = lastAt(ofResident, 'moved-in');
  const livesHere = movedIn !== null && movedIn > left;
  return livesHere && at > left ? null : 'moved-out';
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

function lastAt(events: readonly RegistrationEvent[], type: 'moved-in' | 'moved-out' | 'removed'): number | null {
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
