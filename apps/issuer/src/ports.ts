/** What the issuing server needs from the outside world. Tests put faults here. */
import type { KeyObject } from 'node:crypto';
import type { BusinessClock, MachineClock } from '@machikado/domain';
import type { PdfReader } from '@machikado/inspection';
import type { AnchorSet, CertProfile } from '@machikado/pki';
import type { FeedPage, HouseholdRecord, PublishDirectory, ReadFeed, ReadHousehold } from '@machikado/protocol';
import type { Deadline, Log } from '@machikado/server';
import type { Typesetter } from './forms/index.ts';
import type { MunicipalitySettings } from './settings/settings.ts';
import type { MunicipalSql } from './store/municipal-sql.ts';

export interface Ports {
  readonly municipalities: Municipalities;
  readonly store: Store;
  readonly registry: Registry;
  readonly typesetter: Typesetter;
  readonly reader: PdfReader;
  readonly directory: Directory;
  /** Hours, fees, dates on paper, age of the feed. */
  readonly businessClock: BusinessClock;
  /** Expiry of certs and proofs, times in records. */
  readonly machineClock: MachineClock;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
  readonly login: LoginRules;
  /** Digest of everything by which this build could print something else. */
  readonly build: string;
}

/** By which rules the issuer itself checks a cardholder’s proof; the center’s word is not enough. */
export interface LoginRules {
  readonly centerId: string;
  readonly anchors: AnchorSet;
  readonly profile: CertProfile;
  readonly ocspMaxAgeMs: number;
}

/** One municipality on this server: its settings of the moment and its keys. */
export interface Municipality {
  readonly lgCode: string;
  readonly settings: MunicipalitySettings;
  readonly keys: MunicipalityKeys;
}
export interface MunicipalityKeys {
  readonly signing: { readonly privateKey: KeyObject; readonly kid: string };
  readonly bindingKey: Uint8Array;
  readonly directoryKey: Uint8Array;
  readonly residentRefSecret: Uint8Array;
}
export interface Municipalities {
  find(lgCode: string): Municipality | undefined;
  all(): readonly Municipality[];
}

/** The only door to the tables: one municipality, one transaction. */
export interface Store {
  inMunicipality<T>(lgCode: string, work: (tx: MunicipalSql) => Promise<T>): Promise<T>;
}

export interface Registry {
  readHousehold(question: ReadHousehold, deadline: Deadline): Promise<HouseholdRecord>;
  readFeed(question: ReadFeed): Promise<FeedPage>;
}

export interface Directory {
  publish(entries: PublishDirectory): Promise<void>;
}
