/** 作業台 as a whole: everything its page shows. The server sends it whole, never differences, so a page that was away is right again at once. */
import type { GuideStage, StaffText } from '@machikado/ui';

export interface BenchState {
  readonly kiosk: KioskView;
  readonly clock: ClockView;
  readonly cards: readonly CardView[];
  readonly lamp: Lamp;
  readonly coins: CoinsView;
  readonly printer: PrinterView;
  /** In the output tray, the last one on top. */
  readonly tray: readonly SheetView[];
  /** In the visitor’s hands. */
  readonly taken: readonly SheetView[];
  /** What is being done with a sheet. */
  readonly work: WorkView | null;
  /** Scans and photographs of sheets, oldest first. */
  readonly shots: readonly ShotView[];
  /** Address of the 問い合わせサイト, where pictures can be sent; null: there is none. */
  readonly verificationUrl: string | null;
  readonly receipts: ReceiptsView;
  /** The newest last. */
  readonly voice: readonly VoiceLine[];
  readonly stage: GuideStage;
}

/** `failed`: the agent ended by itself, which the mains has not asked for. */
export type Power = 'off' | 'starting' | 'on' | 'failed';

export interface KioskView {
  readonly power: Power;
  /** Address of the kiosk’s screen; null until the agent has told it. */
  readonly screenUrl: string | null;
}

export interface ClockView {
  readonly businessOffsetMs: number;
  /** The business clock was moved, because real time is outside the hours of service. */
  readonly moved: boolean;
}

/** What the chip was asked so far, as the card itself notices it. */
export type ChipUse = 'untouched' | 'read' | 'wrong-pin' | 'signed';

export interface CardView {
  readonly label: StaffText;
  readonly note: StaffText;
  readonly town: string;
  readonly medium: 'card' | 'android' | 'iphone';
  readonly pin: string | null;
  readonly triesLeft: number;
  readonly onReader: boolean;
  readonly chip: ChipUse;
}

export type Lamp = 'off' | 'ready' | 'attention';

export interface CoinsView {
  readonly inletOpen: boolean;
  readonly escrowYen: number;
  /** Pieces that lie in the dish, to be taken: returned, change, or not accepted. */
  readonly dish: readonly number[];
  readonly jammed: boolean;
  readonly outOfChange: boolean;
}

export type Supply = 'full' | 'low' | 'empty';

export interface PrinterView {
  readonly paper: Supply;
  readonly toner: Supply;
  readonly coverOpen: boolean;
  readonly jammed: boolean;
  /** The sheet, counted from now, at which the paper will jam; 0: none. */
  readonly jamAtSheet: number;
  readonly printing: boolean;
}

export interface SheetView {
  /** Random; the only thing about a sheet that ever stands in an address. */
  readonly id: string;
  /** 1: the back is blank. */
  readonly sides: number;
  /** null: it came out of the kiosk. */
  readonly copy: { readonly mode: CopyMode; readonly of: string } | null;
}

export const copyModes = ['text-600', 'text-usm', 'background-removal', 'photo', 'dpi-300', 'colour'] as const;
export type CopyMode = (typeof copyModes)[number];

export interface WorkView {
  readonly sheet: string;
  readonly kind: 'copy' | 'flatbed' | 'phone';
  /** Sides that are done. */
  readonly done: number;
  readonly of: number;
  readonly failed: boolean;
}

export interface ShotView {
  readonly id: string;
  /** Both sides of one go have the same. */
  readonly group: string;
  readonly sheet: string;
  readonly side: number;
  readonly camera: 'flatbed' | 'phone';
  readonly quality: 'good' | 'poor';
}

export interface ReceiptsView {
  readonly paperOut: boolean;
  /** Hangs in the slot. */
  readonly slot: readonly ReceiptView[];
  readonly taken: readonly ReceiptView[];
}

export interface ReceiptView {
  readonly id: string;
  readonly lines: readonly string[];
}

export interface VoiceLine {
  readonly n: number;
  readonly language: string;
  readonly phrase: string;
  readonly text: string;
}
