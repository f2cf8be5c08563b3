/**
 * Three independent truths after every fault: coins and sheets in the devices, the kiosk’s journal, the center’s ledger. They must
 * tell one story; every sentence returned here is a place where they do not.
 */
import type { CopyOutcome, OrderState, ReportOutcome } from '@machikado/protocol';
import type { PhysicalTruth } from '@machikado/simulators';

export interface LedgerOrder {
  readonly orderId: string;
  readonly state: OrderState;
  readonly feeYen: number;
  readonly copies: readonly {
    readonly copy: number;
    readonly feeYen: number;
    readonly outcome: CopyOutcome | undefined;
  }[];
  readonly refundedYen: number;
  readonly refundPayableYen: number;
  /** Everything that the machine left owed, for the refund, the change, the deposit; also what the store paid out since, from its till. */
  readonly owedYen: number;
}

/** The journal’s lines as far as the comparison needs them. */
export interface JournalLine {
  readonly orderId: string;
  readonly event: string;
  readonly copies?: readonly { readonly copy: number; readonly sheets: number }[];
  readonly outcome?: ReportOutcome;
  readonly owedYen?: number;
}

/** Sheets are known by their job name, `order.copy.sheet`. */
export function compareTruths(
  physical: PhysicalTruth,
  journal: readonly JournalLine[],
  ledger: readonly LedgerOrder[],
): readonly string[] {
  return [
    ...restingDevices(physical),
    ...settledOrders(journal, ledger),
    ...paperAgainstLedger(physical, journal, ledger),
    ...debtsAgainstLedger(journal, ledger),
    ...coinsAgainstLedger(physical, ledger),
  ];
}

function restingDevices({ cash, jobsActive }: PhysicalTruth): string[] {
  return [
    ...(cash.escrowYen === 0 ? [] : [`${cash.escrowYen} yen still lie in escrow`]),
    ...(jobsActive === 0 ? [] : [`${jobsActive} print jobs are still active`]),
  ];
}

function settledOrders(journal: readonly JournalLine[], ledger: readonly LedgerOrder[]): string[] {
  const of = (event: string) => new Set(journal.filter((line) => line.event === event).map(({ orderId }) => orderId));
  const intended = of('order-intended');
  const closed = of('order-closed');
  return [
    ...[...intended].filter((id) => !closed.has(id)).map((id) => `the journal holds ${id} open`),
    ...ledger.filter(({ orderId }) => !intended.has(orderId)).map(({ orderId }) => `no journal line for ${orderId}`),
    ...ledger
      .filter(({ state }) => state === 'sealed' || state === 'paid')
      .map(({ orderId, state }) => `the ledger holds ${orderId} ${state}`),
    ...ledger.flatMap(({ orderId, copies, state, refundedYen, refundPayableYen }) => {
      const told = journal.find((line) => line.orderId === orderId && line.outcome)?.outcome;
      if (state !== 'settled') return told ? [`outcome of ${orderId} never reached the ledger`] : [];
      const same =
        told?.refundedYen === refundedYen &&
        told.refundPayableYen === refundPayableYen &&
        copies.every(({ copy, outcome }) => told.copies.find((one) => one.copy === copy)?.outcome === outcome);
      return same ? [] : [`journal and ledger tell different outcomes of ${orderId}`];
    }),
  ];
}

function paperAgainstLedger(
  { sheetsOut }: PhysicalTruth,
  journal: readonly JournalLine[],
  ledger: readonly LedgerOrder[],
): string[] {
  const known = new Set<string>();
  const wrong = ledger.flatMap(({ orderId, copies }) => {
    const sealed = journal.find((line) => line.orderId === orderId && line.event === 'order-sealed')?.copies ?? [];
    return sealed.flatMap(({ copy, sheets }) => {
      const names = Array.from({ length: sheets }, (_, i) => `${orderId}.${copy}.${i + 1}`);
      for (const name of names) known.add(name);
      const whole = names.every((name) => sheetsOut.get(name) === 1);
      const outcome = copies.find((one) => one.copy === copy)?.outcome;
      if (outcome === 'output' && !whole) return [`copy ${copy} of ${orderId} is charged and did not come out whole`];
      if (whole && outcome !== 'output' && outcome !== 'uncertain')
        return [`copy ${copy} of ${orderId} came out whole and the ledger says ${outcome ?? 'nothing'}`];
      return [];
    });
  });
  const strangers = [...sheetsOut].filter(([name, times]) => !known.has(name) || times !== 1);
  return [...wrong, ...strangers.map(([name, times]) => `sheet ${name} came out ${times} times`)];
}

function debtsAgainstLedger(journal: readonly JournalLine[], ledger: readonly LedgerOrder[]): string[] {
  return ledger.flatMap(({ orderId, owedYen }) => {
    const notedYen = sum(journal.map((line) => (line.orderId === orderId ? (line.owedYen ?? 0) : 0)));
    return notedYen === owedYen ? [] : [`the kiosk owes ${notedYen} yen for ${orderId}, the ledger says ${owedYen}`];
  });
}

/** The journal has no say in it: coins are counted by the unit, and what they should be by the ledger alone. */
function coinsAgainstLedger({ cash }: PhysicalTruth, ledger: readonly LedgerOrder[]): string[] {
  const revenueYen = sum(
    ledger.flatMap(({ copies }) => copies.map(({ outcome, feeYen }) => (outcome === 'output' ? feeYen : 0))),
  );
  const keptYen = cash.insertedYen - cash.returnedYen - cash.dispensedYen;
  const dueYen = revenueYen + sum(ledger.map(({ owedYen }) => owedYen));
  return keptYen === dueYen ? [] : [`the coin unit kept ${keptYen} yen, the books say ${dueYen}`];
}

const sum = (parts: readonly number[]) => parts.reduce((total, yen) => total + yen, 0);
