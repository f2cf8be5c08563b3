/** What the center remembers of a use: sessions, orders and copies, without anything about a person. */
import type { CertificateKind, CopyState, OrderState, Role, SessionState } from '@machikado/protocol';

/** A municipality that knows the cert of a session. */
export interface KnownAt {
  readonly lgCode: string;
  readonly role: Role;
}

export interface Session {
  readonly sessionId: string;
  readonly kioskId: string;
  readonly operatorId: string;
  readonly nonce: string;
  readonly exporter: string;
  readonly state: SessionState;
  readonly expiresAt: Date;
  readonly challengeUsedAt: Date | null;
  readonly proofDigest: string | null;
  readonly municipalities: readonly KnownAt[];
}

export interface Order {
  readonly lgCode: string;
  readonly orderId: string;
  readonly sessionId: string;
  readonly kioskId: string;
  readonly operatorId: string;
  readonly kind: CertificateKind;
  readonly copies: number;
  readonly feeYen: number;
  /** 実店舗試験 and demonstrations: real messages, flagged in order and ledger. */
  readonly test: boolean;
  readonly replaces: string | null;
  readonly requestDigest: string;
  readonly selectionDigest: string;
  readonly state: OrderState;
  readonly stateSince: Date;
  readonly dueAt: Date | null;
  readonly manifestDigest: string | null;
  readonly paymentDigest: string | null;
  readonly outcomeDigest: string | null;
}

export interface Copy {
  readonly copy: number;
  readonly issueNumber: string;
  readonly feeYen: number;
  readonly sheets: number;
  readonly bindingDigest: string;
  readonly state: CopyState;
  readonly centerShare: Uint8Array | null;
  readonly sheetsOut: number | null;
}

export type TransferKind =
  | 'payment'
  | 'revenue'
  | 'refund'
  | 'refund-payable'
  | 'change-payable'
  | 'deposit-payable'
  | 'payout';

/** One line of the ledger: debits one account and credits another with the same amount. */
export interface Transfer {
  readonly lgCode: string;
  readonly orderId: string;
  readonly copy: number;
  readonly kind: TransferKind;
  readonly debit: string;
  readonly credit: string;
  readonly amountYen: number;
  readonly test: boolean;
}

export interface Suspension {
  readonly lgCode: string;
  readonly kind: CertificateKind;
}

export type Notice = 'outcome-overdue' | 'copy-uncertain' | 'refund-owed' | 'outcome-refused';
