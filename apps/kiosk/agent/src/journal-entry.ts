/**
 * 端末の記録: what the kiosk must still know after a power cut. Intent first, then the act, then what it came to. Ids, money and
 * sheets only: nothing here names a person, a municipality or a kind of certificate.
 */
import type { ReportOutcome } from '@machikado/protocol';

export type SheetEnd = 'out' | 'not-out' | 'uncertain';
export type PayOut = 'change' | 'refund';

export type JournalEvent =
  | { readonly event: 'order-intended'; readonly feeYen: number; readonly replaces?: string }
  | { readonly event: 'order-sealed'; readonly copies: readonly SealedCopyFacts[] }
  | { readonly event: 'deposit-intended'; readonly insertedBeforeYen: number; readonly returnedBeforeYen: number }
  | { readonly event: 'payment-intended'; readonly depositYen: number }
  | { readonly event: 'payment-taken' }
  | { readonly event: 'fix-intended'; readonly fixedBeforeYen: number }
  | { readonly event: 'deposit-fixed'; readonly fixedYen: number }
  /** owedYen: coins of the deposit that the unit could not give back. Without a debt a further deposit may begin. */
  | { readonly event: 'deposit-returned'; readonly returnedYen: number; readonly owedYen: number }
  | { readonly event: 'sheet-intended'; readonly copy: number; readonly sheet: number }
  | { readonly event: 'sheet-ended'; readonly copy: number; readonly sheet: number; readonly end: SheetEnd }
  | {
      readonly event: 'pay-out-intended';
      readonly for: PayOut;
      readonly yen: number;
      readonly dispensedBeforeYen: number;
    }
  /** owedYen: what could not be paid out for want of change, or because the unit jammed. */
  | { readonly event: 'paid-out'; readonly for: PayOut; readonly paidYen: number; readonly owedYen: number }
  | { readonly event: 'outcome-intended'; readonly outcome: ReportOutcome }
  | { readonly event: 'order-closed'; readonly as: 'settled' | 'cancelled' }
  /** What became of it is about to be said to the resident. */
  | { readonly event: 'told' }
  | { readonly event: 'wiped' };

export type JournalEntry = { readonly at: string; readonly orderId: string } & JournalEvent;

export interface SealedCopyFacts {
  readonly copy: number;
  readonly feeYen: number;
  readonly sheets: number;
}
