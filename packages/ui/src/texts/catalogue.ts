/**
 * 文言: everything the kiosk says, by key. One file per language `satisfies` this, so a missing text does not compile. Texts about a kind of
 * certificate, a fault or a state are tables with the protocol’s own keys: a new row there asks for its words here and nowhere else.
 */
import type {
  CertificateKind,
  KindStatus,
  MachineFault,
  MachineWarning,
  MoneyEnd,
  RecordItem,
  Role,
  SceneOfStep,
  Scope,
  SheetState,
} from '@machikado/protocol';
import type { CautionedItem } from '../cautioned-items.ts';
import type { Book, KindGroup } from '../kind-table.ts';
import type { NextStep } from '../next-steps.ts';
import type { Sentence } from '../sentence-names.ts';
import type { Step } from '../steps.ts';
import type { VoicePhrase } from '../voice-phrases.ts';

/** The screens, by the name that `<main data-step>` carries. */
export const screenNames = [
  'disconnected',
  'menu',
  'card',
  'municipality',
  'region',
  'prefecture',
  'town-list',
  'pin',
  'busy',
  'card-away',
  'kind',
  'kind-group',
  'scope',
  'persons',
  'year',
  'items',
  'caution',
  'copies',
  'confirm',
  'pay',
  'print',
  'take-paper',
  'receipt',
  'ended',
] as const;
export type ScreenName = (typeof screenNames)[number];

export const regions = [
  'hokkaido-tohoku',
  'kanto',
  'chubu',
  'kinki',
  'chugoku-shikoku',
  'kyushu-okinawa',
  'invented',
] as const;
export type Region = (typeof regions)[number];

export const textSizes = ['100', '150', '200'] as const;
export type TextSize = (typeof textSizes)[number];

export const contrasts = ['normal', 'high'] as const;
export type Contrast = (typeof contrasts)[number];

type Doing = Extract<SceneOfStep, { step: 'busy' }>['doing'];

interface Titled {
  readonly title: string;
  readonly about: string;
}

/** An item that is asked about once more. */
interface Caution {
  readonly title: string;
  readonly why: readonly string[];
  readonly agree: string;
  readonly leaveOut: string;
  /** ⑩, once more. */
  readonly reminder: string;
}

export interface Catalogue {
  readonly service: string;
  readonly yen: (amount: number) => string;
  readonly copiesOf: (copies: number) => string;
  /** What the screen asks for, in one sentence. */
  readonly headings: Readonly<Record<ScreenName, string>>;
  readonly steps: Readonly<Record<Step, string>>;
  readonly buttons: {
    readonly begin: string;
    readonly quit: string;
    readonly cancel: string;
    readonly back: string;
    readonly next: string;
    readonly clear: string;
    readonly correct: string;
    readonly correctItem: (item: string) => string;
    readonly stay: string;
    readonly lastTry: string;
    readonly taken: string;
    readonly done: string;
    readonly other: string;
    readonly scrollUp: string;
    readonly scrollDown: string;
  };
  readonly frame: {
    readonly progress: (step: number, of: number, title: string) => string;
    readonly language: string;
    readonly textSize: string;
    readonly textSizes: Readonly<Record<TextSize, string>>;
    readonly contrast: string;
    readonly contrasts: Readonly<Record<Contrast, string>>;
    readonly actions: string;
    readonly moreBelow: string;
    /** Name of the part between heading and buttons. */
    readonly content: string;
    /** A letter of this language’s script, shown small, larger, largest. */
    readonly letter: string;
    /** Between the members of a list. */
    readonly comma: string;
  };
  readonly moreTime: {
    readonly title: string;
    readonly endsIn: (seconds: number) => string;
    readonly wiped: string;
    readonly moneyBack: string;
  };
  readonly status: {
    readonly centerAway: string;
    readonly centerClosed: string;
    readonly allWell: string;
    readonly callStaff: string;
    readonly reasons: Readonly<Record<NonNullable<KindStatus['reason']>, string>>;
    readonly from: (time: string) => string;
    readonly today: (time: string) => string;
    readonly allKinds: string;
    readonly shut: (kinds: string, reason: string) => string;
    readonly shutCount: (rows: number) => string;
    readonly shutMore: (rows: number) => string;
    readonly faults: Readonly<Record<MachineFault, string>>;
    readonly warnings: Readonly<Record<MachineWarning, string>>;
  };
  readonly menu: {
    readonly about: string;
    readonly needs: readonly string[];
    readonly needsTitle: string;
    /** What became of a use before, that could be settled only now. */
    readonly interrupted: string;
    cameBack(amount: string): string;
  };
  readonly card: { readonly place: string; readonly reading: string; readonly several: string; readonly keep: string };
  readonly municipality: {
    readonly roles: Readonly<Record<Role, Titled>>;
    readonly domicileUnknown: string;
    readonly domicileUnknownWhat: string;
    readonly other: Titled;
    readonly regions: Readonly<Record<Region, string>>;
    readonly rows: string;
    readonly row: (kana: string) => string;
    readonly notParticipating: string;
    readonly notParticipatingWhy: string;
    readonly code: (lgCode: string) => string;
  };
  readonly pin: {
    readonly about: string;
    readonly label: string;
    readonly entered: (digits: number) => string;
    readonly triesLeft: (tries: number) => string;
    readonly wrong: string;
    readonly lastTryTitle: string;
    readonly lastTry: string;
    readonly hidden: string;
  };
  readonly busy: Readonly<Record<Doing, Titled>>;
  readonly busyLong: string;
  readonly cardAway: { readonly about: string; readonly notNeeded: string; readonly forgotten: string };
  readonly choose: {
    readonly kinds: Readonly<Record<CertificateKind, Titled>>;
    readonly kindGroups: Readonly<Record<KindGroup, Titled>>;
    readonly scopes: Readonly<Record<Book, Readonly<Record<Scope, Titled>>>>;
    /** 年度, by the year in which it begins. */
    readonly fiscalYear: (year: number) => Titled;
    readonly items: Readonly<Record<RecordItem, Titled>>;
    readonly cautions: Readonly<Record<CautionedItem, Caution>>;
    readonly feePerCopy: (yen: string) => string;
    readonly noOffers: string;
    readonly noOffersNext: string;
    readonly self: string;
    readonly personsChosen: (count: number) => string;
    readonly with: string;
    readonly without: string;
    readonly copiesMax: (copies: number) => string;
    readonly paperLeft: (sheets: number) => string;
  };
  readonly confirm: {
    readonly municipality: string;
    readonly kind: string;
    readonly scope: string;
    readonly persons: string;
    readonly year: string;
    readonly items: string;
    readonly copies: string;
    readonly fee: string;
    readonly sum: (each: string, copies: string) => string;
    readonly hint: string;
  };
  readonly pay: {
    readonly due: string;
    readonly deposited: string;
    readonly short: string;
    readonly change: string;
    readonly accepts: string;
    readonly exactOnly: string;
    readonly sentBack: string;
    readonly enough: string;
    readonly insert: string;
  };
  readonly print: {
    readonly progress: (out: number, of: number) => string;
    readonly sheet: (copy: number, sheet: number) => string;
    /** `stopped`: it would be printing, were nothing in the way. */
    readonly states: Readonly<Record<SheetState | 'stopped', string>>;
    readonly wait: string;
    readonly waiting: string;
  };
  readonly takePaper: {
    readonly about: string;
    readonly taken: string;
    readonly change: (yen: string) => string;
    readonly stopVoice: string;
  };
  readonly receipt: {
    readonly take: string;
    readonly notPrintedTitle: string;
    readonly notPrinted: string;
    readonly reference: string;
    readonly charged: string;
    readonly forgotten: string;
  };
  readonly ended: {
    readonly cancelled: string;
    readonly titles: { readonly stopped: string; readonly card: string; readonly counter: string };
    readonly cause: string;
    readonly money: string;
    readonly moneyEnds: Readonly<Record<MoneyEnd, string>>;
    readonly owed: (yen: string) => string;
    readonly reference: string;
    readonly next: string;
    readonly nextSteps: Readonly<Record<NextStep, string>>;
    readonly takeCard: string;
    /** A sheet may be stuck in the paper path. */
    readonly paperInside: string;
  };
  /** Why something was refused. */
  readonly sentences: Readonly<Record<Sentence, string>>;
  readonly disconnected: {
    readonly about: string;
    /** The terminal was started anew: this page does not go on by itself. */
    readonly refused: string;
    readonly money: string;
  };
  /** 音声案内 */
  readonly voice: Readonly<Record<VoicePhrase, string>>;
}
