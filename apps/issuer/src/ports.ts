/** What the issuing server needs from the outside world. Tests put faults here. */
import type { KeyObject } from 'node:crypto';
import type { BusinessClock, CalendarDate, EffectiveDated, MachineClock } from '@machikado/domain';
import type { DocumentReader, PdfReading } from '@machikado/inspection';
import type { AnchorSet, CertProfile } from '@machikado/pki';
import type {
  CertificateKind,
  FeedPage,
  FreeBox,
  PublishDirectory,
  ReadFeed,
  ReadRecord,
  ReadStatusDigest,
  RecordItem,
  RegistryRecord,
  Scope,
  StatusDigest,
} from '@machikado/protocol';
import type { Deadline, Log } from '@machikado/server';
import type { LettersTable } from './forms/letters-table.ts';
import type { PersonInBook } from './kinds/people-of.ts';
import type { MunicipalitySettings } from './settings/settings.ts';
import type { Mayor } from './settings/settings-on.ts';
import type { MunicipalSql } from './store/municipal-sql.ts';

export interface Ports {
  readonly municipalities: Municipalities;
  readonly store: Store;
  readonly registry: Registry;
  readonly forms: Forms;
  readonly reader: DocumentReader;
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
  /** Those of the settings: 外字 that are drawn for this municipality, and for no other. */
  readonly letters: readonly LettersTable[];
  /** A folder of forms of its own. */
  readonly forms?: URL;
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

/** What of the record stands on a certificate. */
export interface CertificateFacts {
  readonly kind: CertificateKind;
  readonly record: RegistryRecord;
  /** Who stands on it, in the order of the book. */
  readonly persons: readonly PersonInBook[];
  readonly scope: Scope;
  readonly items: readonly RecordItem[];
  readonly fiscalYear?: number;
  readonly issuedOn: CalendarDate;
  /** 帳票 of the municipality; absent: those of this repository. */
  readonly forms?: URL;
}
/** One copy. Made twice: from the first read for typesetting, from the second one for the look at the result. */
export interface CertificateContent extends CertificateFacts {
  readonly mayor: Mayor;
  /** 外字表 of the municipality; absent: it has none. */
  readonly letters?: readonly LettersTable[];
  readonly issueNumber: string;
  readonly orderReference: string;
}
export interface TypesetCopy {
  readonly pdf: Uint8Array;
  readonly formVersion: string;
  /** Cells whose text went on to the 続紙, by their paths in the form. */
  readonly moved: readonly string[];
  readonly nameBoxes: readonly NamedBox[];
  /** Seals and codes: nothing may be laid over them. */
  readonly freeBoxes: readonly FreeBox[];
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
  findingsOn(reading: PdfReading, content: CertificateContent, copy: Pick<TypesetCopy, 'moved'>): readonly string[];
  /** Every text of the record that would stand on the paper; none where the record has no such book. */
  textsOn(facts: CertificateFacts): readonly string[];
  /** Letters, and variation sequences, that the fonts of the forms do not have for a municipality with these 外字表. */
  missingGlyphs(text: string, letters: readonly LettersTable[]): readonly string[];
  close(): Promise<void>;
}

export interface Registry {
  readRecord(question: ReadRecord, deadline: Deadline): Promise<RegistryRecord>;
  readFeed(question: ReadFeed): Promise<FeedPage>;
  readStatusDigest(question: ReadStatusDigest): Promise<StatusDigest>;
}

export interface Directory {
  publish(entries: PublishDirectory): Promise<void>;
}
