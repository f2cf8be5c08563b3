/** 利用者: who stands before the machine. A screen, or the script of a pseudo-store. Any question may throw `Cancelled`. */
import type { Offer, Offers, RecordItem, Scope, StatusReply } from '@machikado/protocol';

export interface Resident {
  /** A screen that only informs; the others are questions below. */
  show(step: 'menu' | 'card' | 'card-away' | 'print' | 'receipt'): Promise<void>;
  chooseMunicipality(status: StatusReply): Promise<Town>;
  /** Four digits as ASCII bytes; whoever takes them zeroes them. Asked before the last try, an answer agrees to spend it. */
  enterPin(triesLeft: number): Promise<Uint8Array>;
  choose(offers: Offers): Promise<Choice>;
  confirm(summary: Summary): Promise<void>;
  /** Comes back when money was put in. */
  insertMoney(dueYen: number, depositedYen: number): Promise<void>;
  /** Comes back when the paper was taken. */
  takePaper(): Promise<void>;
}

/** お住まいの市区町村, 本籍地, or one by its code. */
export type Town = { readonly role: 'residence' | 'registered-domicile' } | { readonly lgCode: string };

export interface Choice {
  readonly kind: Offer['kind'];
  readonly scope: Scope;
  readonly personRefs: readonly string[];
  readonly items: readonly RecordItem[];
  readonly copies: number;
}

/** 発行内容確認 ⑩. */
export interface Summary extends Choice {
  readonly names: readonly string[];
  readonly feeYen: number;
}
