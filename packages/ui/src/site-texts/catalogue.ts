/**
 * 問い合わせサイトの文言: everything the verification site says, by key, complete in all seven languages: its visitors are receivers anywhere. One file
 * per language `satisfies` this, so a missing text does not compile.
 */
import type { CompareDoubt, ComparisonVerdict, Difference, SiteErrorCode } from '@machikado/protocol';

/** What stands above an answer: the gravest thing found. */
export type Finding = ComparisonVerdict | 'not-compared' | 'cancelled';
/** What the live guide says, one at a time. */
export type CameraHint = 'searching' | 'closer' | 'still' | 'light' | 'ready';

interface Said {
  readonly title: string;
  readonly text: string;
}

/** 「何を証明するか、何を証明しないか」 */
interface Proof {
  readonly name: string;
  readonly proves: string;
  readonly not: string;
}

export interface SiteTexts {
  readonly title: string;
  readonly skip: string;
  readonly language: string;
  readonly start: {
    readonly heading: string;
    readonly lead: string;
    readonly back: Said;
    readonly front: Said;
    readonly second: Said;
    readonly photograph: (side: string) => string;
    readonly choose: (side: string) => string;
    readonly remove: (side: string) => string;
    readonly formats: string;
    readonly check: string;
    readonly needBack: string;
    readonly privacy: string;
    readonly sides: { readonly back: string; readonly front: string; readonly second: string };
    readonly chosen: (side: string, name: string) => string;
    readonly photo: string;
  };
  readonly camera: {
    readonly heading: (side: string) => string;
    readonly hints: Readonly<Record<CameraHint, string>>;
    readonly frontHint: string;
    readonly capture: string;
    readonly cancel: string;
    readonly refused: string;
    readonly view: string;
  };
  readonly progress: Said & { readonly cancel: string };
  readonly findings: Readonly<Record<Finding, Said>>;
  readonly facts: {
    readonly heading: string;
    readonly municipality: string;
    readonly issueNumber: string;
    readonly issuedAt: string;
    readonly sheet: string;
    readonly sheetOf: (sheet: number, of: number) => string;
    readonly orderReference: string;
    readonly signature: string;
    readonly signatureValid: string;
    readonly cancellation: string;
    readonly cancellations: {
      readonly cancelled: string;
      readonly 'not-cancelled': string;
      readonly unknown: string;
    };
    readonly listOf: (time: string) => string;
    readonly checkedAt: string;
  };
  readonly pictures: {
    readonly heading: string;
    readonly sealed: string;
    readonly front: string;
    readonly larger: string;
    readonly smaller: string;
    readonly compared: (percent: number) => string;
  };
  readonly differences: {
    readonly heading: (count: number) => string;
    readonly item: (n: number, kind: string, fromTopMm: number, fromLeftMm: number) => string;
    readonly kinds: Readonly<Record<Difference['kind'], string>>;
    readonly more: (count: number) => string;
  };
  readonly doubts: Readonly<Record<CompareDoubt, string>>;
  readonly proofs: {
    readonly heading: string;
    readonly proves: string;
    readonly not: string;
    readonly scramble: Proof;
    readonly copyWarning: Proof;
    readonly latent: Proof;
  };
  readonly myNumber: Said;
  readonly report: {
    readonly heading: string;
    readonly text: string;
    readonly download: string;
    readonly print: string;
    readonly verdict: string;
    readonly verdicts: Readonly<Record<ComparisonVerdict | 'not-compared', string>>;
    readonly keys: string;
    readonly files: string;
    readonly picture: string;
    readonly signed: string;
  };
  readonly again: string;
  readonly failed: {
    readonly heading: string;
    readonly corners: (found: number) => string;
    readonly tap: string;
    readonly second: string;
    readonly retry: string;
    readonly change: string;
    readonly offline: Said;
  };
  readonly tapping: {
    readonly heading: string;
    readonly text: string;
    readonly corners: readonly [string, string, string, string];
    readonly at: (percentLeft: number, percentTop: number) => string;
    readonly check: string;
    readonly cancel: string;
    readonly picture: string;
  };
  /** What happened, and what to do. */
  readonly errors: Readonly<Record<SiteErrorCode, Said>>;
}
