/**
 * 利用者登録 is a process: these are its facts. They come from the registry’s nightly feed and from staff, perhaps twice,
 * perhaps out of order; none is ever changed or taken back.
 */
import type { FeedEvent, Role } from '@machikado/protocol';

export const registrationEventTypes = [
  /** 利用者登録 of one cert. */
  'registered',
  /** 継続利用 after moving in, with the cert that the card already had. */
  'continued',
  /** A new cert in place of an old one. */
  'renewed',
  /** The resident, or the town, ended the use of one cert. */
  'withdrawn',
  'moved-in',
  'moved-out',
  /** Stands in no book here any more. */
  'removed',
  'died',
] as const;
export type RegistrationEventType = (typeof registrationEventTypes)[number];

export interface CertId {
  /** SHA-256 of the anchor’s DER: three generations of anchors share one name. */
  readonly anchor: string;
  readonly serial: string;
}

export interface RegistrationEvent {
  /** The same fact told twice has the same id. */
  readonly eventId: string;
  readonly type: RegistrationEventType;
  readonly residentId: string;
  readonly cert: CertId | null;
  readonly previousCert: CertId | null;
  readonly medium: string | null;
  /** Of a claim to a cert: somebody who lives here, or who has only the 本籍 here. */
  readonly role: Role | null;
  /** When it happened, not when it was heard of. */
  readonly at: Date;
  /** False for a registration at the counter until the next nightly feed has been followed. */
  readonly usable: boolean;
}

const typeInFeed = {
  'cert-registered': 'registered',
  'cert-renewed': 'renewed',
  'cert-withdrawn': 'withdrawn',
  'moved-in': 'moved-in',
  'moved-out': 'moved-out',
  died: 'died',
} as const satisfies Partial<Record<FeedEvent['type'], RegistrationEventType>>;

/** Of 利用者登録; the feed also speaks of 印鑑登録. */
export type ResidentFeedEvent = FeedEvent & { readonly type: keyof typeof typeInFeed };

export function isAboutResident(event: FeedEvent): event is ResidentFeedEvent {
  return Object.hasOwn(typeInFeed, event.type);
}

export function parseFeedEvent(event: ResidentFeedEvent): RegistrationEvent {
  const type = typeInFeed[event.type];
  return {
    eventId: `feed:${event.seq}`,
    type,
    residentId: event.residentId,
    cert: certOf(event.anchor, event.serial),
    previousCert: certOf(event.previousAnchor, event.previousSerial),
    medium: event.medium ?? null,
    role: isClaim({ type }) ? (event.role ?? 'residence') : null,
    at: new Date(event.at),
    usable: true,
  };
}

/** Events about a cert name it; events about a resident do not. A fact that says neither is no fact. */
export function isWhole(event: RegistrationEvent): boolean {
  return isAboutCert(event) ? event.cert !== null : true;
}

export function isAboutCert({ type }: Pick<RegistrationEvent, 'type'>): boolean {
  return isClaim({ type }) || type === 'withdrawn';
}

/** Says whose cert it is. */
export function isClaim({ type }: Pick<RegistrationEvent, 'type'>): boolean {
  return type === 'registered' || type === 'continued' || type === 'renewed';
}

function certOf(anchor: string | undefined, serial: string | undefined): CertId | null {
  return anchor !== undefined && serial !== undefined ? { anchor, serial } : null;
}
