/** The settings in force: the config file with its keys read and its peers sorted by what identifies them. */
import type { KeyObject } from 'node:crypto';
import type { CopyWarningPreset, TreatmentKeys } from '@machikado/antiforgery';
import type { AnchorSet, CertProfile } from '@machikado/pki';
import { type CertificateKind, refuse } from '@machikado/protocol';

export interface Settings {
  readonly centerId: string;
  readonly kiosks: ReadonlyMap<string, Kiosk>;
  readonly municipalities: ReadonlyMap<string, Municipality>;
  /** Keys outside the database: whoever has only the database can link nothing and open nothing. */
  readonly keys: {
    readonly directory: Uint8Array;
    readonly proof: Uint8Array;
    readonly seal: { readonly privateKey: KeyObject; readonly kid: string };
    /** Enciphers and signs the fronts on the backs of sheets. */
    readonly sheets: TreatmentKeys;
  };
  readonly jpki: {
    readonly anchors: AnchorSet;
    readonly profile: CertProfile;
    readonly ocspMaxAgeMs: number;
    readonly ocspSkewMs: number;
    readonly ocspUrl: string;
    readonly ocspTimeoutMs: number;
  };
  readonly lasts: Lifetimes;
  /** Where a receiver of a paper can have it checked; stands on every back. */
  readonly inquiryUrl: string;
  /** 問い合わせサイト that are told which copies are good for nothing. */
  readonly verificationSites: readonly ServerAddress[];
}

/** How long each waiting state may last, in milliseconds of the machine clock. */
export interface Lifetimes {
  readonly challengeMs: number;
  readonly provenMs: number;
  readonly requestedMs: number;
  readonly sealedMs: number;
  readonly paidMs: number;
}

export interface Kiosk {
  readonly kioskId: string;
  readonly operatorId: string;
  readonly spkiPins: readonly string[];
  readonly test: boolean;
  /** けん制文字 as this engine needs it. */
  readonly copyWarning: CopyWarningPreset;
}

export interface Municipality {
  readonly lgCode: string;
  readonly name: string;
  readonly kinds: readonly CertificateKind[];
  readonly test: boolean;
  readonly issuers: readonly ServerAddress[];
  /** Builds that passed the pre-evaluation (事前評価); two of them while a new one is rolled out. */
  readonly approvedBuilds: readonly string[];
  /** Shared with this municipality alone: subject and name references. */
  readonly bindingKey: Uint8Array;
  /** Public keys of binding records, by key id. */
  readonly bindingSigners: ReadonlyMap<string, KeyObject>;
}

export interface ServerAddress {
  readonly url: string;
  readonly serverName?: string;
  readonly spkiPins: readonly string[];
}

export function getMunicipality(settings: Settings, lgCode: string): Municipality {
  return (
    settings.municipalities.get(lgCode) ??
    refuse('MUNICIPALITY_NOT_PARTICIPATING', 'municipality is not in the settings')
  );
}
