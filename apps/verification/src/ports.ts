/** What the site needs from the outside world, and what one examination of an upload is. */
import type {
  CancellationFinding,
  FrontComparison,
  SealedFacts,
  ShownPicture,
  SiteErrorCode,
  VerificationReport,
} from '@machikado/protocol';

/** Which side a file shows, as far as the sender says so. */
export type Role = 'back' | 'front' | 'either';

export interface UploadedFile {
  readonly role: Role;
  readonly bytes: Uint8Array;
}

/** Share of the picture’s width and height, from its top left corner, in the order top left, top right, bottom right, bottom left. */
export type Corners = readonly (readonly [number, number])[];

export interface Upload {
  readonly files: readonly UploadedFile[];
  /** Where the corners of the pattern are in the first back, tapped by a person. */
  readonly corners?: Corners;
}

/** Everything that one process found out about one upload before it ended. */
export interface Examined {
  readonly facts: SealedFacts;
  readonly keys: { readonly encryption: number; readonly signing: number };
  readonly picture: ShownPicture & { readonly dpi: number; readonly sha256: string };
  readonly comparison?: FrontComparison;
}

export interface Refused {
  readonly refused: SiteErrorCode;
  readonly cornersFound?: number;
}

export interface Examiner {
  examine(upload: Upload, signal: AbortSignal): Promise<Examined | Refused>;
}

export interface CancellationBook {
  find(number: { readonly lgCode: string; readonly issueNumber: string }): CancellationFinding;
}

export interface Ports {
  readonly examiner: Examiner;
  readonly cancellations: CancellationBook;
  readonly clock: { now(): Date };
  readonly nameOf: (lgCode: string) => string | undefined;
  /** Signs a report with the site’s own key. */
  readonly signReport: (report: VerificationReport) => Promise<string>;
}
