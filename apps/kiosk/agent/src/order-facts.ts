/** What the journal knows of one order, and what follows from it. */
import type { CopyOutcome, MoneyEnd, ReportOutcome } from '@machikado/protocol';
import type { JournalEntry, PayOut, SealedCopyFacts, SheetEnd } from './journal-entry.ts';

export interface OrderFacts {
  readonly feeYen: number;
  readonly copies: readonly SealedCopyFacts[];
  readonly deposit: DepositFacts | undefined;
  readonly fixedBeforeYen: number | undefined;
  readonly fixedYen: number | undefined;
  readonly sheets: readonly SheetFacts[];
  readonly payOuts: Readonly<Partial<Record<PayOut, PayOutFacts>>>;
  readonly outcome: ReportOutcome | undefined;
}

export interface SheetFacts {
  readonly copy: number;
  readonly sheet: number;
  /** undefined: it was about to be printed when the record ends. */
  readonly end: SheetEnd | undefined;
}

export interface DepositFacts {
  readonly insertedBeforeYen: number;
  readonly returnedBeforeYen: number;
  /** What was counted when the resident confirmed; 0 before. */
  readonly paidWithYen: number;
  /** Of deposits before this one, for which there was no change. */
  readonly sentBackYen: number;
  readonly returned?: { readonly returnedYen: number; readonly owedYen: number };
}

export interface PayOutFacts {
  readonly yen: number;
  readonly dispensedBeforeYen: number;
  readonly done?: { readonly paidYen: number; readonly owedYen: number };
}

export interface CopyFacts extends SealedCopyFacts {
  readonly outcome: CopyOutcome;
  readonly sheetsOut: number;
}

export function factsOf(entries: readonly JournalEntry[]): OrderFacts {
  return entries.reduce<OrderFacts>(withEntry, {
    feeYen: 0,
    copies: [],
    deposit: undefined,
    fixedBeforeYen: undefined,
    fixedYen: undefined,
    sheets: [],
    payOuts: {},
    outcome: undefined,
  });
}

function withEntry(facts: OrderFacts, entry: JournalEntry): OrderFacts {
  switch (entry.event) {
    case 'order-intended':
      return { ...facts, feeYen: entry.feeYen };
    case 'order-sealed':
      return { ...facts, copies: entry.copies };
    case 'deposit-intended': {
      const { insertedBeforeYen, returnedBeforeYen } = entry;
      const sentBackYen = (facts.deposit?.sentBackYen ?? 0) + (facts.deposit?.returned?.returnedYen ?? 0);
      return { ...facts, deposit: { insertedBeforeYen, returnedBeforeYen, paidWithYen: 0, sentBackYen } };
    }
    case 'payment-intended':
      return facts.deposit ? { ...facts, deposit: { ...facts.deposit, paidWithYen: entry.depositYen } } : facts;
    case 'deposit-returned': {
      const { returnedYen, owedYen } = entry;
      const begun = facts.deposit ?? { insertedBeforeYen: 0, returnedBeforeYen: 0, paidWithYen: 0, sentBackYen: 0 };
      return { ...facts, deposit: { ...begun, returned: { returnedYen, owedYen } } };
    }
    case 'fix-intended':
      return { ...facts, fixedBeforeYen: entry.fixedBeforeYen };
    case 'deposit-fixed':
      return { ...facts, fixedYen: entry.fixedYen };
    case 'sheet-intended':
    case 'sheet-ended': {
      const { copy, sheet } = entry;
      const others = facts.sheets.filter((s) => s.copy !== copy || s.sheet !== sheet);
      return { ...facts, sheets: [...others, { copy, sheet, end: 'end' in entry ? entry.end : undefined }] };
    }
    case 'pay-out-intended': {
      const { yen, dispensedBeforeYen } = entry;
      return { ...facts, payOuts: { ...facts.payOuts, [entry.for]: { yen, dispensedBeforeYen } } };
    }
    case 'paid-out': {
      const { paidYen, owedYen } = entry;
      const begun = facts.payOuts[entry.for] ?? { yen: paidYen + owedYen, dispensedBeforeYen: 0 };
      return { ...facts, payOuts: { ...facts.payOuts, [entry.for]: { ...begun, done: { paidYen, owedYen } } } };
    }
    case 'outcome-intended':
      return { ...facts, outcome: entry.outcome };
    default:
      return facts;
  }
}

/** Only a copy whose every sheet came out is output. One doubtful sheet makes the copy uncertain: staff must look. */
export function copyFacts({ copies, sheets }: OrderFacts): readonly CopyFacts[] {
  return copies.map((sealed) => {
    const ends = sheets.filter(({ copy }) => copy === sealed.copy).map(({ end }) => end ?? 'uncertain');
    const sheetsOut = ends.filter((end) => end === 'out').length;
    const rest: CopyOutcome = ends.includes('uncertain') ? 'uncertain' : 'not-output';
    return { ...sealed, sheetsOut, outcome: sheetsOut === sealed.sheets ? 'output' : rest };
  });
}

/** The fee of every copy that did not come out whole. */
export function refundDueYen(facts: OrderFacts): number {
  return copyFacts(facts).reduce((sum, { outcome, feeYen }) => sum + (outcome === 'output' ? 0 : feeYen), 0);
}

/** Everything that the coin unit could not pay out: of the deposit, of the change, of the refund. */
export function owedYenOf({ deposit, payOuts: { change, refund } }: OrderFacts): number {
  return (deposit?.returned?.owedYen ?? 0) + (change?.done?.owedYen ?? 0) + (refund?.done?.owedYen ?? 0);
}

export function paidOutYenOf(facts: OrderFacts): number {
  const { change, refund } = facts.payOuts;
  return cameBackYen(facts) + (change?.done?.paidYen ?? 0) + (refund?.done?.paidYen ?? 0);
}

function cameBackYen({ deposit }: OrderFacts): number {
  return (deposit?.sentBackYen ?? 0) + (deposit?.returned?.returnedYen ?? 0);
}

export function moneyEndOf(facts: OrderFacts): MoneyEnd {
  const { fixedYen } = facts;
  if (owedYenOf(facts) > 0) return 'owed';
  if (fixedYen !== undefined) return refundDueYen(facts) > 0 ? 'refunded' : 'none-taken';
  return cameBackYen(facts) > 0 ? 'returned' : 'none-taken';
}
