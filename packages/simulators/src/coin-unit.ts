/**
 * 料金支払い: a coin unit (コインベンダ) after UnifiedPOS CashChanger. Inserted money lies in escrow until `fixDeposit` takes it or
 * `endDeposit('repay')` gives the very pieces back. The totals only ever grow: like the counters of real units they let an agent
 * find out, after a crash, what its last command came to.
 */
import { join } from 'node:path';
import { claimDevice } from './claim.ts';
import { type CashEntry, type CashState, type CashTotals, foldCash } from './coin-unit-state.ts';
import { DeviceFault } from './device-fault.ts';
import { openDeviceLog } from './device-log.ts';
import { type CashCounts, type Denomination, isDenomination, piecesFor } from './money.ts';
import { createWatch } from './watch.ts';

export interface CoinUnit {
  claim(): Promise<void>;
  enable(): Promise<void>;
  release(): Promise<void>;
  beginDeposit(): Promise<void>;
  depositAmount(): Promise<number>;
  /** Takes the escrow for good and closes the inlet. */
  fixDeposit(): Promise<void>;
  /** `change`: ends after the fix, returning what was over; `repay`: gives the escrow back. Harmless when nothing is open. */
  endDeposit(how: { readonly repay: true } | { readonly changeYen: number }): Promise<void>;
  dispenseChange(yen: number): Promise<void>;
  canDispense(yen: number): Promise<boolean>;
  cashCounts(): Promise<CashCounts>;
  totals(): Promise<CashTotals>;
  status(): Promise<'ok' | 'empty' | 'jam'>;
  /** Resolves when something else lies in escrow than `depositYen`, or the status is another than when it was called. */
  waitForChange(depositYen: number, signal: AbortSignal): Promise<void>;
}

/** The same machine from the front: what a resident or staff can do with it. */
export interface CoinUnitFront {
  insert(yen: number): 'taken' | 'rejected';
  clearJam(): void;
}

export interface CoinUnitOptions {
  /** What the tubes hold when the machine is new. */
  readonly float?: CashCounts;
  /** false: inserted coins drop into the vault and are not paid out again (tubes full). */
  readonly recycles?: boolean;
  /** The tubes give nothing, whatever they hold. */
  readonly outOfChange?: boolean;
  /** Jams after so many pieces have come out of this opening of the machine, until somebody clears it. */
  readonly jamAfterPieces?: number;
}

const FLOAT: CashCounts = { 10: 50, 50: 20, 100: 50, 500: 20 };

export function openCoinUnit(dir: string, options: CoinUnitOptions = {}): CoinUnit & CoinUnitFront {
  const watch = createWatch();
  const kept = openDeviceLog<CashEntry>(join(dir, 'coin-unit.jsonl'));
  const log = {
    ...kept,
    append(entry: CashEntry) {
      kept.append(entry);
      watch.changed();
    },
  };
  let claim: { release(): void } | undefined;
  let enabled = false;
  let piecesOut = 0;
  let jamAfterPieces = options.jamAfterPieces;
  const state = (): CashState => foldCash(log.entries);
  if (log.entries.length === 0) log.append({ did: 'loaded', counts: options.float ?? FLOAT });

  const tubes = (): CashCounts => (options.outOfChange ? {} : state().tubes);
  const status = () => {
    if (state().jammed) return 'jam';
    return Object.values(tubes()).every((n) => n === 0) ? 'empty' : 'ok';
  };
  const refuseUnlessReady = () => {
    if (!enabled) throw new DeviceFault('not-enabled');
    if (state().jammed) throw new DeviceFault('jam');
  };
  const moveOut = (did: 'returned' | 'dispensed', pieces: readonly Denomination[]) => {
    for (const yen of pieces) {
      if (piecesOut === jamAfterPieces) {
        log.append({ did: 'jammed' });
        throw new DeviceFault('jam');
      }
      log.append({ did, yen });
      piecesOut += 1;
    }
  };
  const dispense = (yen: number) => {
    const pieces = piecesFor(yen, tubes());
    if (!pieces) throw new DeviceFault('no-change');
    moveOut('dispensed', pieces);
  };

  return {
    async claim() {
      claim = claimDevice(dir);
    },
    async enable() {
      if (!claim) throw new DeviceFault('not-enabled');
      enabled = true;
    },
    async release() {
      enabled = false;
      claim?.release();
      log.close();
    },
    async beginDeposit() {
      refuseUnlessReady();
      if (!state().inletOpen) log.append({ did: 'deposit-begun' });
    },
    depositAmount: async () => state().totals.escrowYen,
    async fixDeposit() {
      refuseUnlessReady();
      if (state().totals.escrowYen > 0) log.append({ did: 'fixed', recycled: options.recycles ?? true });
    },
    async endDeposit(how) {
      refuseUnlessReady();
      if ('repay' in how) moveOut('returned', state().escrow);
      else dispense(how.changeYen);
      if (state().inletOpen) log.append({ did: 'deposit-ended' });
    },
    async dispenseChange(yen) {
      refuseUnlessReady();
      dispense(yen);
    },
    canDispense: async (yen) => piecesFor(yen, tubes()) !== undefined,
    cashCounts: async () => tubes(),
    totals: async () => state().totals,
    status: async () => status(),
    async waitForChange(depositYen, signal) {
      const before = status();
      while (state().totals.escrowYen === depositYen && status() === before) await watch.change(signal);
    },
    insert(yen) {
      const { inletOpen, jammed } = state();
      if (!enabled || !inletOpen || jammed || !isDenomination(yen)) return 'rejected';
      log.append({ did: 'inserted', yen });
      return 'taken';
    },
    clearJam() {
      if (state().jammed) jamAfterPieces = undefined;
      log.append({ did: 'cleared' });
    },
  };
}
