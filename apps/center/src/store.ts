/**
 * The center's memory as its use cases see it. Everything that belongs together happens in one transaction; every move of a
 * life cycle is a compare-and-set that answers whether it won.
 */
import type { OutboxRow } from '@machikado/database';
import type {
  CertificateKind,
  CopyState,
  DirectoryEntry,
  IssuerOutcome,
  OrderState,
  SessionState,
} from '@machikado/protocol';
import type { AuditEventName } from './audit-events.ts';
import type { Copy, KnownAt, Notice, Order, Session, Suspension, Transfer, TransferKind } from './model.ts';

export interface Store extends Tables {
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
}

export interface Tables {
  readonly sessions: SessionTable;
  readonly directory: DirectoryTable;
  readonly orders: OrderTable;
  readonly copies: CopyTable;
  readonly ledger: LedgerTable;
  readonly suspensions: SuspensionTable;
  readonly notices: NoticeTable;
  readonly audit: { record(event: AuditEventName, at: Date, about: AuditSubject): Promise<void> };
  readonly outbox: OutboxTable;
  readonly cancellations: CancellationTable;
}

export interface SessionTable {
  insert(session: Session, begunAt: Date): Promise<void>;
  find(sessionId: string): Promise<Session | undefined>;
  /** Burns the challenge: of any number of answers only one gets the session, and none gets it twice. */
  useChallenge(sessionId: string, kioskId: string, at: Date): Promise<Session | undefined>;
  move(sessionId: string, from: SessionState, to: SessionState, found?: ProvenAs): Promise<boolean>;
  claimExpired(now: Date, limit: number): Promise<Session[]>;
  /** Those that are over and would have expired before this. */
  deleteOver(before: Date): Promise<number>;
}

export interface ProvenAs {
  readonly proofDigest: string;
  readonly municipalities: readonly KnownAt[];
  readonly expiresAt: Date;
}

export interface DirectoryTable {
  /** Takes over entries with a higher version; answers how many. */
  publish(lgCode: string, entries: readonly DirectoryEntry[]): Promise<number>;
  find(certRef: string): Promise<KnownAt[]>;
}

export type OrderKey = Pick<Order, 'lgCode' | 'orderId'>;

export interface OrderPatch {
  readonly stateSince: Date;
  readonly dueAt: Date | null;
  readonly manifestDigest?: string;
  readonly paymentDigest?: string;
  readonly outcomeDigest?: string;
}

export interface OrderWithCopies {
  readonly order: Order;
  readonly copies: readonly Copy[];
}

/** A move of an order and all that follows from it. */
export interface OrderChange extends Pick<OrderPatch, 'paymentDigest' | 'outcomeDigest'> {
  /** As it was read: its state and its deadline are compared. */
  readonly order: Order;
  readonly to: OrderState;
  readonly at: Date;
  /** None: nobody waits for this order any more. */
  readonly dueAt?: Date;
  readonly event: AuditEventName;
  readonly staff?: string;
  readonly reason?: string;
  /** Nothing moves while this kind of the municipality is suspended. */
  readonly unlessSuspended?: CertificateKind;
  readonly copies: readonly CopyChange[];
  readonly transfers: readonly Transfer[];
  /** Of an outcome: who hears of it. */
  readonly told?: {
    readonly mail: IssuerOutcome;
    readonly notices: readonly { readonly copy: number; readonly notice: Notice }[];
    /** What this notice was about came right. */
    readonly resolves?: Notice;
  };
}

export interface CopyChange {
  readonly copy: number;
  readonly from: CopyState;
  readonly to: CopyState;
  readonly sheetsOut: number | null;
  readonly event: AuditEventName;
}

export interface OrderTable {
  /** False when the order id was seen before, by whomever. */
  insert(order: Order): Promise<boolean>;
  find(orderId: string): Promise<Order | undefined>;
  findWithCopies(orderId: string): Promise<OrderWithCopies | undefined>;
  /** False when the order is no longer as it was read: then nothing was written. */
  change(change: OrderChange): Promise<boolean>;
  move(order: OrderKey, from: OrderState, to: OrderState, patch: OrderPatch): Promise<boolean>;
  /** Municipalities with an order that has been in this state for too long. */
  municipalitiesWithDue(state: OrderState, now: Date): Promise<string[]>;
  /** Claims due orders for this transaction; what another process works on is passed over. */
  claimDue(lgCode: string, state: OrderState, now: Date, limit: number): Promise<Order[]>;
  clearDue(order: OrderKey): Promise<void>;
  /** Whoever else locks this order waits for the end of the transaction. */
  lock(order: OrderKey): Promise<void>;
}

export interface CopyTable {
  /** False when an issue number was seen before. */
  insert(order: OrderKey, copies: readonly Copy[]): Promise<boolean>;
  of(order: OrderKey): Promise<Copy[]>;
  /** Moves all copies of an order; leaving `sealed` and `released` deletes the share. */
  moveAll(order: OrderKey, from: 'sealed', to: 'released' | 'void'): Promise<number[]>;
}

export interface LedgerTable {
  book(transfers: readonly Transfer[], at: Date): Promise<void>;
  /** What was booked for the order as a whole under this kind. */
  booked(order: OrderKey, kind: TransferKind): Promise<number>;
  /** Books a payout of the order under this key; false when it was booked before. */
  payOut(payout: Transfer, key: string, at: Date): Promise<boolean>;
  /** What is owed for the order, less what was paid out. */
  owed(order: OrderKey): Promise<number>;
}

export interface SuspensionTable {
  /** False when it is suspended already. */
  suspend(what: Suspension, orderId: string | null, reason: string, at: Date): Promise<boolean>;
  release(what: Suspension, staff: string, reason: string, at: Date): Promise<boolean>;
  active(lgCode?: string): Promise<Suspension[]>;
}

export interface NoticeTable {
  /** False when it was said before. */
  raise(order: OrderKey, copy: number, notice: Notice, at: Date): Promise<boolean>;
  /** What it was about came right. False when there is none, or it was resolved before. */
  resolve(order: OrderKey, copy: number, notice: Notice, at: Date): Promise<boolean>;
  /** Oldest first. */
  all(): Promise<RaisedNotice[]>;
}

export interface RaisedNotice extends OrderKey {
  readonly copy: number;
  readonly notice: Notice;
  readonly raisedAt: Date;
  /** Null while staff must still look. */
  readonly resolvedAt: Date | null;
}

export interface AuditSubject {
  readonly lgCode?: string;
  readonly sessionId?: string;
  readonly orderId?: string;
  readonly copy?: number;
  readonly kioskId?: string;
  readonly kind?: string;
  readonly staff?: string;
  readonly reason?: string;
}

export interface OutboxTable {
  put(outcome: IssuerOutcome, at: Date): Promise<void>;
  municipalitiesWithDue(now: Date): Promise<string[]>;
  /** Claims one for this transaction. */
  claimDue(lgCode: string, now: Date): Promise<OutboxRow<IssuerOutcome> | undefined>;
  settle(row: OutboxRow): Promise<void>;
  postpone(row: OutboxRow, now: Date): Promise<void>;
}

export interface CancellationTable {
  /** How many copies are good for nothing; only ever goes up. */
  count(): Promise<number>;
  /** Their number and the newest of them, as of one moment. */
  newest(limit: number): Promise<{ readonly count: number; readonly copies: readonly CancelledCopy[] }>;
  /**
   * Claims a site that must hear: its time has come, or it was told of fewer copies than these. Nobody else gets it for a minute,
   * or until it is told or postponed.
   */
  claimSite(site: string, count: number, now: Date): Promise<ToldSite | undefined>;
  /** False when the site was told by somebody else since this claim. */
  told(site: string, claimed: ToldSite, version: number, nextAt: Date): Promise<boolean>;
  postpone(site: string, claimed: ToldSite, now: Date): Promise<void>;
}

export interface CancelledCopy {
  readonly lgCode: string;
  readonly issueNumber: string;
}

export interface ToldSite {
  readonly version: number;
  /** How often it was pushed to since it last took the list, this time included. */
  readonly attempts: number;
}
