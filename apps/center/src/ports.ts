/** What the center needs from the outside world. Tests inject clocks, silence and lies through these doors. */

import type { Treatment } from '@machikado/antiforgery';
import type { BusinessClock, MachineClock } from '@machikado/domain';
import type { DocumentReader } from '@machikado/inspection';
import type { OcspFlaw } from '@machikado/pki';
import {
  type IssuedOrder,
  type IssuerAskOffers,
  type IssuerOrder,
  type IssuerOutcome,
  type IssuerStatus,
  type Offers,
  ProtocolError,
} from '@machikado/protocol';
import type { Log } from '@machikado/server';
import type { Municipality, ServerAddress, Settings } from './settings.ts';
import type { Store } from './store.ts';

export interface Ports {
  readonly businessClock: BusinessClock;
  readonly machineClock: MachineClock;
  /** A cryptographic source. */
  readonly random: (bytes: number) => Uint8Array;
  readonly store: Store;
  readonly issuers: IssuerGateway;
  readonly revocation: RevocationSource;
  readonly sites: SiteGateway;
  readonly reader: DocumentReader;
  /** 偽造・改ざん防止処理; no key enters it. */
  readonly treatment: Treatment;
  readonly log: Log;
}

/** Everything a use case works with. Settings change while the center runs, so each call takes them once. */
export interface Center extends Ports {
  readonly settings: () => Settings;
  readonly standings: IssuerStandings;
  readonly responder: ResponderStanding;
}

/** Nobody answered at all, which is another thing than an answer that cannot be used. */
export class IssuerSilent extends ProtocolError {
  constructor(detail: string, options?: ErrorOptions) {
    super('MUNICIPALITY_UNAVAILABLE', detail, options);
  }
}

/** 証明発行サーバ. Throws IssuerSilent when nobody answers and refuses with DEADLINE_PASSED when nobody answers in time. */
export interface IssuerGateway {
  askOffers(town: Municipality, ask: IssuerAskOffers, deadline: Deadline): Promise<Offers>;
  order(town: Municipality, order: IssuerOrder, deadline: Deadline): Promise<IssuedOrder>;
  reportOutcome(town: Municipality, outcome: IssuerOutcome): Promise<void>;
  /** One status per server that answers. */
  readStatus(town: Municipality): Promise<readonly IssuerStatus[]>;
}

/** What the center last heard from the issuing servers of a municipality. */
export interface IssuerStandings {
  /** Asks when nothing is known yet. */
  of(town: Municipality): Promise<Standing>;
  /** Never asks. */
  lastHeard(lgCode: string): Standing | undefined;
}

export type Standing =
  | { readonly kind: 'serving'; readonly kinds: IssuerStatus['municipalities'][number]['kinds'] }
  | { readonly kind: 'build-not-approved' }
  | { readonly kind: 'unreachable' };

/** 問い合わせサイト. Answers the version that the site holds from now on; throws when it did not take the list. */
export interface SiteGateway {
  pushCancellations(site: ServerAddress, list: string): Promise<number>;
}

/** The OCSP responder of the JPKI center, at its pinned address. Throws when there is no answer. */
export interface RevocationSource {
  /** Without a deadline only its own timeout counts. */
  ask(ocspRequest: Uint8Array, deadline?: Deadline): Promise<Uint8Array>;
}

/** How the last questions to the responder went. */
export interface ResponderStanding {
  isAway(): boolean;
  answered(): void;
  failed(flaw: OcspFlaw): void;
}

export interface Deadline {
  readonly signal: AbortSignal;
  leftMs(): number;
  refuseIfPassed(): void;
}
