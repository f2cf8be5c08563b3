/** What the kiosk’s agent needs from outside. Devices follow UnifiedPOS and IPP, so that simulators and real adapters fit alike. */
import type { KeyObject } from 'node:crypto';
import type { CardTransport } from '@machikado/card';
import type {
  AskOffers,
  CancelOrder,
  Challenge,
  MachineFault,
  MachineWarning,
  NameBox,
  Offers,
  OrderStatus,
  PlaceOrder,
  ProvenSession,
  ProveSession,
  ReleasedShares,
  ReportOutcome,
  ReportPayment,
  SealedOrder,
  StatusReply,
} from '@machikado/protocol';
import type { Language } from '@machikado/ui';
import type { JournalEntry } from './journal-entry.ts';

export interface Ports {
  readonly kioskId: string;
  /** Who takes the money, as the receipt says it. */
  readonly store?: string;
  readonly center: Center;
  readonly coinUnit: CoinUnit;
  readonly printer: Printer;
  readonly receiptPrinter: ReceiptPrinter;
  readonly cardReader: CardReader;
  readonly speaker: Speaker;
  readonly lamp: Lamp;
  readonly journal: Journal;
  readonly sheetReader: SheetReader;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  /** Public keys under which a center may sign seal manifests. */
  readonly sealKeys: ReadonlyMap<string, KeyObject>;
  readonly patience: Patience;
}

export interface Clock {
  now(): Date;
  /** Rejects when the signal gives it up. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Patience {
  /** How often a report about money is sent again before the kiosk gives up for now, and the wait between. */
  readonly retries: number;
  readonly retryMs: number;
  readonly printPollMs: number;
  /** How long a print may stand still before it is cancelled. */
  readonly printStandstillMs: number;
}

/** No answer came. The request may have been received or not. */
export class LostReply extends Error {
  override readonly name = 'LostReply';
}

/** Refusals come as ProtocolError, silence as LostReply. */
export interface Center {
  status(): Promise<StatusReply>;
  /** One connection for challenge and proof. */
  openLogin(): Promise<LoginChannel>;
  askOffers(sessionId: string, body: AskOffers): Promise<Offers>;
  placeOrder(body: PlaceOrder): Promise<SealedOrder>;
  reportPayment(orderId: string, body: ReportPayment): Promise<ReleasedShares>;
  cancelOrder(orderId: string, body: CancelOrder): Promise<OrderStatus>;
  reportOutcome(orderId: string, body: ReportOutcome): Promise<OrderStatus>;
  endSession(sessionId: string): Promise<void>;
}

export interface LoginChannel {
  /** TLS exporter of this connection. */
  exporter(): Promise<Uint8Array>;
  begin(): Promise<Challenge>;
  prove(sessionId: string, body: ProveSession): Promise<ProvenSession>;
  close(): Promise<void>;
}

/** One card place. An aborted wait rejects with the reason of its signal. */
export interface CardReader {
  /** Exactly one card: while several lie there it goes on waiting. */
  waitForCard(signal: AbortSignal): Promise<CardTransport>;
  /** Until nothing lies there any more. */
  waitForRemoval(signal: AbortSignal): Promise<void>;
  cards(): 'none' | 'one' | 'several' | 'reader-away';
  /** Called when `cards()` says something else than before; the answer ends it. */
  onChange(listener: () => void): () => void;
}

/** 音声案内: lines of voice. The phrase is a stable key by which a recording can be found; no line holds a digit or a name. */
export interface Speaker {
  say(line: VoiceLine): Promise<void>;
  silence(): Promise<void>;
}

export interface VoiceLine {
  readonly language: Language;
  readonly phrase: string;
  readonly text: string;
}

/** The lamp of the card place. */
export interface Lamp {
  show(state: 'off' | 'ready' | 'attention'): Promise<void>;
}

export interface ReceiptPrinter {
  print(lines: readonly string[]): Promise<void>;
  status(): Promise<'ok' | 'paper-out'>;
}

/** After UnifiedPOS CashChanger. */
export interface CoinUnit {
  beginDeposit(): Promise<void>;
  depositAmount(): Promise<number>;
  fixDeposit(): Promise<void>;
  endDeposit(how: { readonly repay: true } | { readonly changeYen: number }): Promise<void>;
  dispenseChange(yen: number): Promise<void>;
  canDispense(yen: number): Promise<boolean>;
  /** Counters that only grow: by them a restarted agent learns what its last command came to. */
  totals(): Promise<{
    readonly insertedYen: number;
    readonly returnedYen: number;
    readonly fixedYen: number;
    readonly dispensedYen: number;
  }>;
  status(): Promise<'ok' | 'empty' | 'jam'>;
  /** Resolves when something else lies in escrow than `depositYen`, or the status is another than when it was called. */
  waitForChange(depositYen: number, signal: AbortSignal): Promise<void>;
}

/** After IPP (RFC 8011). */
export interface Printer {
  submit(request: PrintRequest): Promise<number>;
  job(id: number): Promise<PrintJob>;
  findJob(name: string): Promise<PrintJob | undefined>;
  activeJobs(): Promise<readonly PrintJob[]>;
  cancel(id: number): Promise<void>;
  /** `unknown`: this printer has no eye in its tray. */
  trayEmpty(): Promise<boolean | 'unknown'>;
  status(): Promise<PrinterStatus>;
}

export interface PrinterStatus {
  readonly faults: readonly MachineFault[];
  readonly warnings: readonly MachineWarning[];
  readonly sheetsLeft?: number;
}

export interface PrintRequest {
  readonly name: string;
  readonly document: Uint8Array;
  readonly pages: readonly [first: number, last: number];
  readonly duplex: boolean;
}

export interface PrintJob {
  readonly id: number;
  readonly name: string;
  readonly state: 'pending' | 'processing' | 'processing-stopped' | 'canceled' | 'aborted' | 'completed';
  /** Why it stands, in the keywords of IPP: `media-empty`, `media-jam`. */
  readonly stateReasons: readonly string[];
  readonly impressionsCompleted: number;
  readonly sheetsCompleted: number;
}

export interface SheetReader {
  /** Looks at the fronts of a copy that is printed on both sides. */
  read(pdf: Uint8Array, nameBoxes: readonly NameBox[]): Promise<ReadSheets>;
}

export interface ReadSheets {
  /** Fronts and backs. */
  readonly pageCount: number;
  /** What stands in the margin of each front, without spaces. */
  readonly margins: readonly string[];
  /** The text in each name box. */
  readonly names: readonly string[];
}

/** On disk before `append` returns. Holds ids, money and sheets; never anything about a person. */
export interface Journal {
  /** false: writing failed once, so that nothing more is taken down. */
  sound(): boolean;
  append(entry: JournalEntry): Promise<void>;
  entriesOf(orderId: string): readonly JournalEntry[];
  openOrders(): readonly string[];
}
