/**
 * 料金支払い: a coin unit (コインベンダ) after UnifiedPOS CashChanger. Inserted money lies in escrow until `fixDeposit` takes it or
 * `endDeposit({ repay })` gives the very pieces back. The totals only ever grow: like the counters of real units they let an agent
 * find out, after a crash, what its last command came to.
 */
import { join } from 'node:path';
import { claimDevice } from './claim.ts';
import { beginCash, type CashEntry, type CashState, type CashTotals } from './coin-unit-state.ts';
import { DeviceFault } from './device-fault.ts';
import { openDeviceLog } from './device-log.ts';
import { type CashCounts, type Denomination, denominations, isDenomination, piecesFor } from './money.ts';
import { createWatch } from './watch.ts';

export interface CoinUnit {
  claim(): Promise<void>;
  enable(): Promise<void>;
  /** Nobody commands it for now: the inlet takes nothing, what lies in escrow stays there. */
  disable(): Promise<void>;
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
  status(): Promise<CoinUnitStatus>;
  /**
   * Resolves when something else lies in escrow than `depositYen`, or the status is another than when it was called. A unit that
   * is jammed already faults: there is nothing to wait for.
   */
  waitForChange(depositYen: number, signal: AbortSignal): Promise<void>;
}

export type CoinUnitStatus = 'ok' | 'empty' | 'jam';

/** The same machine from the front: what a resident or staff can do with it, and what they see. */
export interface CoinUnitFront {
  insert(yen: number): 'taken' | 'rejected';
  /** Why such a piece would come back now; undefined when it would be taken. */
  whyRejected(yen: number): Rejection | undefined;
  /** From now on; what is not named stays as it is. */
  set(faults: CoinUnitFaults): void;
  /** Something sticks, now. */
  jam(): void;
  clearJam(): void;
  /** Staff fill the tubes up to what a new machine holds. */
  refill(): void;
  look(): CoinUnitLook;
  onChange(listener: () => void): () => void;
}

export type Rejection = 'inlet-closed' | 'jam' | 'not-accepted';

export interface CoinUnitFaults {
  /** false: inserted coins drop into the vault and are not paid out again (tubes full). */
  readonly recycles?: boolean;
  /** The tubes give nothing, whatever they hold. */
  readonly outOfChange?: boolean;
  /** Jams after so many more pieces have come out, until somebody clears it. 0: at the next one. */
  readonly jamAfterPieces?: number;
}

export interface CoinUnitLook {
  readonly inletOpen: boolean;
  readonly jammed: boolean;
  readonly status: CoinUnitStatus;
  readonly escrow: readonly Denomination[];
  readonly tubes: CashCounts;
  readonly totals: CashTotals;
}

export interface CoinUnitOptions extends CoinUnitFaults {
  /** What the tubes hold when the machine is new. */
  readonly float?: CashCounts;
}

const FLOAT: CashCounts = { 10: 50, 50: 20, 100: 50, 500: 20 };

export function openCoinUnit(dir: string, options: CoinUnitOptions = {}): CoinUnit & CoinUnitFront {
  const watch = createWatch();
  const cash = beginCash();
  let known: CashState | undefined;
  const state = (): CashState => {
    known ??= cash.state();
    return known;
  };
  const kept = openDeviceLog<CashEntry>(join(dir, 'coin-unit.jsonl'), (entry) => {
    cash.take(entry);
    known = undefined;
  });
  const log = {
    ...kept,
    append(entry: CashEntry) {
      kept.append(entry);
      watch.changed();
    },
  };
  let claim: { release(): void } | undefined;
  let enabled = false;
  const { float = FLOAT } = options;
  let { recycles = true, outOfChange = false, jamAfterPieces = Number.POSITIVE_INFINITY } = options;
  if (log.isNew) log.append({ did: 'loaded', counts: float });

  const tubes = (): CashCounts => (outOfChange ? {} : state().tubes);
  const status = (): CoinUnitStatus => {
    if (state().jammed) return 'jam';
    return Object.values(tubes()).every((n) => n === 0) ? 'empty' : 'ok';
  };
  const whyRejected = (yen: number): Rejection | undefined => {
    const { inletOpen, jammed } = state();
    if (jammed) return 'jam';
    if (!enabled || !inletOpen) return 'inlet-closed';
    return isDenomination(yen) ? undefined : 'not-accepted';
  };
  const refuseUnlessReady = () => {
    if (!enabled) throw new DeviceFault('not-enabled');
    if (state().jammed) throw new DeviceFault('jam');
  };
  const moveOut = (did: 'returned' | 'dispensed', pieces: readonly Denomination[]) => {
    for (const yen of pieces) {
      if (jamAfterPieces === 0) {
        log.append({ did: 'jammed' });
        throw new DeviceFault('jam');
      }
      log.append({ did, yen });
      jamAfterPieces -= 1;
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
    async disable() {
      enabled = false;
      watch.changed();
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
      if (state().totals.escrowYen > 0) log.append({ did: 'fixed', recycled: recycles });
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
      if (before === 'jam') throw new DeviceFault('jam');
      while (state().totals.escrowYen === depositYen && status() === before) await watch.change(signal);
    },
    insert(yen) {
      if (!isDenomination(yen) || whyRejected(yen)) return 'rejected';
      log.append({ did: 'inserted', yen });
      return 'taken';
    },
    whyRejected,
    set(faults) {
      ({ recycles = recycles, outOfChange = outOfChange, jamAfterPieces = jamAfterPieces } = faults);
      watch.changed();
    },
    jam() {
      if (!state().jammed) log.append({ did: 'jammed' });
    },
    clearJam() {
      if (state().jammed) jamAfterPieces = Number.POSITIVE_INFINITY;
      log.append({ did: 'cleared' });
    },
    refill: () => log.append({ did: 'loaded', counts: missing(float, state().tubes) }),
    look() {
      const { inletOpen, jammed, escrow, totals } = state();
      return { inletOpen: enabled && inletOpen, jammed, status: status(), escrow, tubes: tubes(), totals };
    },
    onChange: watch.listen,
  };
}

function missing(float: CashCounts, tubes: CashCounts): CashCounts {
  return Object.fromEntries(denominations.map((d) => [d, Math.max(0, (float[d] ?? 0) - (tubes[d] ?? 0))]));
}
