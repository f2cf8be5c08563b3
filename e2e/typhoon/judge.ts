/** What came of it: paper in people’s hands, coins, journals, ledgers, and what the centers had promised. */
import type { PdfReader } from '@machikado/inspection';
import { readFileJournal } from '@machikado/kiosk-agent';
import type { OrderState } from '@machikado/protocol';
import { physicalTruth } from '@machikado/simulators';
import { compareTruths, type LedgerOrder } from '@machikado/testkit';
import { chainFaults, readAccounts, readIssueNumbers, readLedger } from '../storm/books.ts';
import { lookAtPaper } from '../storm/paper.ts';
import { moneyFaults, numberFaults, suspensionFaults } from '../storm/verdicts.ts';
import type { Stores, TyphoonUse } from './stores.ts';
import type { Acknowledged } from './street-process.ts';
import type { TyphoonTown } from './town.ts';

export interface Verdict {
  readonly wrongPersons: readonly string[];
  /** Of the three truths. */
  readonly adrift: readonly string[];
  readonly yenAdrift: number;
  readonly stuck: readonly string[];
  /** Acknowledged, and not in the books. */
  readonly lost: readonly string[];
  /** Broken chains, suspensions, uses that ended in no way that the tables know. */
  readonly others: readonly string[];
  readonly figures: {
    readonly orders: number;
    readonly sheets: number;
    readonly copies: number;
    readonly acknowledged: number;
  };
}

export async function judge(
  town: TyphoonTown,
  stores: Stores,
  reader: Pick<PdfReader, 'readFronts'>,
  stuck: readonly string[],
): Promise<Verdict> {
  const numbers = await readIssueNumbers(town);
  const ledger = await readLedger(town);
  const accounts = await readAccounts(town);
  const all = [...ledger.values()].flat();
  const paper = await lookAtPaper({ history: stores.history, reader, uses: stores.uses }, numbers);
  const machines = town.kiosks.map((kioskId) => {
    const { stateDir } = town.kioskConfig(kioskId);
    return { kioskId, truth: physicalTruth(stateDir), journal: readFileJournal(stateDir) };
  });
  const kept = ({ insertedYen, returnedYen, dispensedYen }: (typeof machines)[number]['truth']['cash']) =>
    insertedYen - returnedYen - dispensedYen;
  const stories = machines.map(({ kioskId, truth, journal }) => ({
    sentences: compareTruths(truth, journal, ledger.get(kioskId) ?? []).map((sentence) => `${kioskId}: ${sentence}`),
    yen: Math.abs(kept(truth.cash) - dueYen(ledger.get(kioskId) ?? [])),
  }));
  const keptYen = machines.reduce((yen, { truth }) => yen + kept(truth.cash), 0);
  const suspenseYen = [...accounts].reduce(
    (yen, [name, n]) => yen + (name.startsWith('suspense:') ? Math.abs(n) : 0),
    0,
  );
  return {
    wrongPersons: paper.faults,
    adrift: [
      ...stories.flatMap(({ sentences }) => sentences),
      ...moneyFaults(accounts, all, { keptYen }),
      ...numberFaults(numbers, all),
    ],
    yenAdrift: stories.reduce((yen, story) => yen + story.yen, suspenseYen),
    stuck,
    lost: brokenPromises(stores.acknowledged, all),
    others: [...(await chainFaults(town)), ...(await suspensionFaults(town)), ...strangeEnds(stores.uses)],
    figures: {
      orders: all.length,
      sheets: paper.sheets,
      copies: paper.copies,
      acknowledged: stores.acknowledged.length,
    },
  };
}

function dueYen(ledger: readonly LedgerOrder[]): number {
  return ledger.reduce(
    (sum, { copies, owedYen }) =>
      copies.reduce((yen, { outcome, feeYen }) => yen + (outcome === 'output' ? feeYen : 0), sum + owedYen),
    0,
  );
}

/** What an order may have become that was acknowledged in a state. */
const later: Readonly<Record<OrderState, readonly OrderState[]>> = {
  requested: ['requested', 'sealed', 'paid', 'settled', 'cancelled', 'failed'],
  sealed: ['sealed', 'paid', 'settled', 'cancelled'],
  paid: ['paid', 'settled'],
  settled: ['settled'],
  cancelled: ['cancelled'],
  failed: ['failed'],
};

function brokenPromises(acknowledged: readonly Acknowledged[], ledger: readonly LedgerOrder[]): readonly string[] {
  const states = new Map(ledger.map(({ orderId, state }) => [orderId, state]));
  return acknowledged.flatMap(({ orderId, state, kioskId }) => {
    const now = states.get(orderId);
    return now !== undefined && later[state].includes(now)
      ? []
      : [`${orderId} of ${kioskId} was acknowledged ${state} and is ${now ?? 'unknown'}`];
  });
}

function strangeEnds(uses: readonly TyphoonUse[]): readonly string[] {
  return uses.flatMap(({ error, kiosk }) => (error === undefined ? [] : [`${kiosk.kioskId}: ${error}`]));
}
