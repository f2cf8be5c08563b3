/** What the issuing server needs from the outside world. Tests put faults here. */
import type { KeyObject } from 'node:crypto';
import type { BusinessClock, CalendarDate, EffectiveDated, MachineClock } from '@machikado/domain';
import type { PdfReader, PdfReading } from '@machikado/inspection';
import type { AnchorSet, CertProfile } from '@machikado/pki';
import type {
  CertificateKind,
  FeedPage,
  HouseholdRecord,
  PublishDirectory,
  ReadFeed,
  ReadHousehold,
  RecordItem,
  RegistryPerson,
  Scope,
} from '@machikado/protocol';
import type { Deadline, Log } from '@machikado/server';
import type { MunicipalitySettings } from './settings/settings.ts';
import type { Mayor } from './settings/settings-on.ts';
import type { MunicipalSql } from './store/municipal-sql.ts';

export interface Ports {
  readonly municipalities: Municipalities;
  readonly store: Store;
  readonly registry: Registry;
  readonly forms: Forms;
  readonly reader: PdfReader;
  readonly directory: Directory;
  /** Hours, fees, dates on paper, age of the feed. */
  readonly businessClock: BusinessClock;
  /** Expiry of certs and proofs, times in records. */
  readonly machineClock: MachineClock;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
  /** As they are now: they can change while the server runs. */
  readonly login: () => LoginRules;
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
  /** Those of the settings, with their seals. */
  readonly mayors: readonly EffectiveDated<Mayor>[];
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

/** What stands on one copy. Made twice: from the first read for typesetting, from the second one for the look at the result. */
export interface CertificateContent {
  readonly kind: CertificateKind;
  readonly household: HouseholdRecord;
  /** Who stands on it, in 記載順位. */
  readonly persons: readonly RegistryPerson[];
  readonly scope: Scope;
  readonly items: readonly RecordItem[];
  readonly issuedOn: CalendarDate;
  readonly mayor: Mayor;
  readonly issueNumber: string;
  readonly orderReference: string;
}
export interface TypesetCopy {
  readonly pdf: Uint8Array;
  readonly formVersion: string;
  readonly nameBoxes: readonly NamedBox[];
}
/** Where a name stands, in mm from the top left corner. */
export interface NamedBox {
  readonly page: number;
  readonly xMm: number;
  readonly yMm: number;
  readonly wMm: number;
  readonly hMm: number;
  readonly name: string;
}

/** 帳票: how certificates look, and how the finished page is looked at again by code that shares nothing with the typesetter. */
export interface Forms {
  typeset(content: CertificateContent, deadline: Deadline): Promise<TypesetCopy>;
  /** Codes of what is wrong; empty = sound. */
  findingsOn(reading: PdfReading, content: CertificateContent): readonly string[];
  /** Letters, and variation sequences, that the fonts of the forms do not have. */
  missingGlyphs(text: string): readonly string[];
  close(): Promise<void>;
}

export interface Registry {
  readHousehold(question: ReadHousehold, deadline: Deadline): Promise<HouseholdRecord>;
  readFeed(question: ReadFeed): Promise<FeedPage>;
}

export interface Directory {
  publish(entries: PublishDirectory): Promise<void>;
}
