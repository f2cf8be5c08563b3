/** 料金支払い from the front: the slot, and the dish into which returned coins, change and pieces that are not taken fall. */
import type { CoinUnit, CoinUnitFront } from '@machikado/simulators';
import type { CoinsView } from './bench-state.ts';

export interface CoinSlot {
  view(): CoinsView;
  insert(yen: number): void;
  takeCoins(): void;
  jam(jammed: boolean): void;
  runOutOfChange(out: boolean): void;
}

const DISH_MAX = 200;

export function openCoinSlot(unit: CoinUnit & CoinUnitFront, changed: () => void): CoinSlot {
  let dish: readonly number[] = [];
  let outOfChange = false;
  const paidOut = () => {
    const { returnedYen, dispensedYen } = unit.look().totals;
    return returnedYen + dispensedYen;
  };
  const drop = (yen: number) => {
    dish = [...dish, yen].slice(-DISH_MAX);
  };
  let seen = paidOut();
  unit.onChange(() => {
    // The unit moves one piece at a time and tells each.
    const now = paidOut();
    if (now > seen) drop(now - seen);
    seen = now;
    changed();
  });

  return {
    view() {
      const { inletOpen, jammed, totals } = unit.look();
      return { inletOpen, escrowYen: totals.escrowYen, dish, jammed, outOfChange };
    },
    insert(yen) {
      if (unit.insert(yen) === 'taken') return;
      drop(yen);
      changed();
    },
    takeCoins() {
      dish = [];
      changed();
    },
    jam: (jammed) => (jammed ? unit.jam() : unit.clearJam()),
    runOutOfChange(out) {
      outOfChange = out;
      unit.set({ outOfChange: out });
    },
  };
}
