/** Where the money in a coin unit is, folded from what the unit did. */
import { type CashCounts, type Denomination, NOTE } from './money.ts';

export type CashEntry =
  | { readonly did: 'loaded'; readonly counts: CashCounts }
  | { readonly did: 'inserted' | 'returned' | 'dispensed'; readonly yen: Denomination }
  | { readonly did: 'fixed'; readonly recycled: boolean }
  | { readonly did: 'deposit-begun' | 'deposit-ended' | 'jammed' | 'cleared' };

/** All but the escrow only ever grow. */
export interface CashTotals {
  readonly insertedYen: number;
  readonly escrowYen: number;
  /** Given back out of escrow. */
  readonly returnedYen: number;
  /** Taken for good. */
  readonly fixedYen: number;
  /** Stuck in escrow until staff took it out with a jam: the store holds it. */
  readonly clearedYen: number;
  /** Paid out of the tubes, as change or refund. */
  readonly dispensedYen: number;
}

export interface CashState {
  readonly totals: CashTotals;
  readonly escrow: readonly Denomination[];
  readonly tubes: CashCounts;
  readonly inletOpen: boolean;
  readonly jammed: boolean;
}

export interface CashFold {
  take(entry: CashEntry): void;
  /** As of now; what was given before does not change. */
  state(): CashState;
}

export function foldCash(entries: readonly CashEntry[]): CashState {
  const fold = beginCash();
  for (const entry of entries) fold.take(entry);
  return fold.state();
}

/** A unit to which nothing has happened. */
export function beginCash(): CashFold {
  const totals = { insertedYen: 0, returnedYen: 0, fixedYen: 0, clearedYen: 0, dispensedYen: 0 };
  const tubes: Partial<Record<Denomination, number>> = {};
  const put = (d: Denomination, n: number) => {
    tubes[d] = (tubes[d] ?? 0) + n;
  };
  let escrow: Denomination[] = [];
  let inletOpen = false;
  let jammed = false;
  const take = (entry: CashEntry) => {
    switch (entry.did) {
      case 'loaded':
        for (const [d, n] of Object.entries(entry.counts)) put(Number(d) as Denomination, n);
        break;
      case 'inserted':
        escrow.push(entry.yen);
        totals.insertedYen += entry.yen;
        break;
      case 'returned':
        escrow.splice(escrow.indexOf(entry.yen), 1);
        totals.returnedYen += entry.yen;
        break;
      case 'fixed':
        for (const d of escrow) {
          totals.fixedYen += d;
          if (entry.recycled && d !== NOTE) put(d, 1);
        }
        escrow = [];
        inletOpen = false;
        break;
      case 'dispensed':
        put(entry.yen, -1);
        totals.dispensedYen += entry.yen;
        break;
      case 'deposit-begun':
        inletOpen = true;
        break;
      case 'deposit-ended':
        inletOpen = false;
        break;
      case 'jammed':
        jammed = true;
        break;
      case 'cleared':
        if (!jammed) break;
        for (const d of escrow) totals.clearedYen += d;
        escrow = [];
        inletOpen = false;
        jammed = false;
        break;
    }
  };
  const escrowYen = () => escrow.reduce((sum, d) => sum + d, 0);
  return {
    take,
    state: () => ({
      totals: { ...totals, escrowYen: escrowYen() },
      escrow: [...escrow],
      tubes: { ...tubes },
      inletOpen,
      jammed,
    }),
  };
}
