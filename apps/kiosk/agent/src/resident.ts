/**
 * 利用者: who stands before the machine. A person at the screen, or the script of a pseudo-store. Whatever is asked may end with
 * `Cancelled`: the resident quits (終了する, 中止する) or walked away.
 */
import type {
  FiscalYear,
  LateEnd,
  MachineFault,
  MachineStatus,
  MoneyEnd,
  Offer,
  Offers,
  RecordItem,
  SceneOfStep,
  Scope,
  SheetProgress,
  StatusReply,
} from '@machikado/protocol';

/** What the machine waits for while the resident may still give up: the signal says that it was given up. */
export type Waiting<T> = (signal: AbortSignal) => Promise<T>;

export interface Resident {
  /** ① Comes back when somebody begins. `look` tells how machine and center stand, as often as it is asked. */
  begin(look: () => Promise<Outlook>): Promise<void>;
  /** At ①: what became of a use before. `mayStandThere`: whose it was may still wait there. Nobody is known any more. */
  tellLateEnd(end: LateEnd, mayStandThere: boolean): void;
  /** ② */
  layCard<T>(reading: Waiting<T>): Promise<T>;
  /** ③ `domicile`: the 本籍地 was chosen before, and no town knows the card by it. */
  chooseMunicipality(outlook: Outlook & { readonly status: StatusReply; readonly domicile?: 'unknown' }): Promise<Town>;
  /**
   * ④ Four digits as ASCII bytes; whoever takes them zeroes them. Asked before the last try, an answer agrees to spend it.
   * `wrong`: those entered before were refused by the card. 前画面へ goes back to ③.
   */
  enterPin(triesLeft: number, wrong: boolean): Promise<Uint8Array | 'back'>;
  /** ⑤ */
  takeCard(gone: Waiting<void>): Promise<void>;
  /** ⑥–⑩, with the confirmation. */
  choose(menu: Menu): Promise<Choice>;
  /** ⑪ Comes back when something else lies in escrow, or when the resident confirms the payment. */
  pay(bill: Bill, changed: Waiting<void>): Promise<'inserted' | 'confirmed'>;
  /** 作成中 and the like: nothing to do for anybody. */
  wait(doing: Doing): void;
  /** ⑫ `waitsFor`: what staff have to do before the printer goes on. */
  watchPrint(sheets: readonly SheetProgress[], waitsFor?: MachineFault): void;
  /** ⑬ Comes back when the paper was taken. */
  takePaper(paper: Paper): Promise<void>;
  /** ⑭ */
  takeReceipt(receipt: Receipt): Promise<void>;
  /** The use ended early. Nobody is known any more. */
  endEarly(end: EarlyEnd): Promise<void>;
}

export interface Outlook {
  readonly machine: MachineStatus;
  /** null: the center does not answer. */
  readonly status: StatusReply | null;
}

/** お住まいの市区町村, 本籍地, or one by its code. */
export type Town = { readonly role: 'residence' | 'registered-domicile' } | { readonly lgCode: string };

export interface Menu {
  readonly offers: Offers;
  readonly municipality: string;
  readonly sheetsLeft?: number;
}

/** 発行内容確認 ⑩: feeYen as it was shown. */
export interface Choice {
  readonly kind: Offer['kind'];
  readonly scope: Scope;
  readonly personRefs: readonly string[];
  readonly items: readonly RecordItem[];
  readonly fiscalYear?: FiscalYear | undefined;
  readonly copies: number;
  readonly feeYen: number;
}

export interface Bill {
  readonly dueYen: number;
  readonly depositedYen: number;
  readonly change: 'given' | 'exact-only';
  /** What was put in before came back, for want of change, and nothing was put in since. */
  readonly sentBack: boolean;
}

export type Doing = Extract<SceneOfStep, { readonly step: 'busy' }>['doing'];

export interface Paper {
  readonly changeYen: number;
  trayEmpty(): Promise<boolean | 'unknown'>;
}

export type Receipt = Omit<Extract<SceneOfStep, { readonly step: 'receipt' }>, 'step' | 'cardInside'>;

export interface EarlyEnd {
  readonly code: string;
  readonly money: MoneyEnd;
  readonly owedYen: number;
  /** For what came out before it. */
  readonly charged?: { readonly yen: number; readonly copies: number };
  /** A receipt lies in its slot. */
  readonly slip: boolean;
  readonly reference?: string;
  /** Coins lie in the return slot: deposit, change or refund. */
  readonly moneyOut: boolean;
  /** A sheet may be stuck in the paper path: staff must look. */
  readonly paperInside: boolean;
}
