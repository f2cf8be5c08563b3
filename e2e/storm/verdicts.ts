/** What must hold of money and issue numbers after any storm. Every sentence returned is a place where it does not. */
import type { LedgerOrder } from '@machikado/testkit';
import type { Books, IssuedNumber } from './books.ts';

export interface Machines {
  /** Of all kiosks together: what went in and did not come out again. */
  readonly keptYen: number;
}

/** The ledger holds as much money as lies in the machines, and nothing in suspense. */
export function moneyFaults(
  accounts: ReadonlyMap<string, number>,
  ledger: readonly LedgerOrder[],
  { keptYen }: Machines,
): readonly string[] {
  const sum = (of: string) => [...accounts].reduce((yen, [name, n]) => yen + (name.startsWith(of) ? n : 0), 0);
  const feesYen = outputCopies(ledger).reduce((yen, { feeYen }) => yen + feeYen, 0);
  const same = (what: string, yen: number, dueYen: number) =>
    yen === dueYen ? [] : [`${what}: ${yen} yen, should be ${dueYen}`];
  return [
    ...[...accounts]
      .filter(([name, yen]) => name.startsWith('suspense:') && yen !== 0)
      .map(([name]) => `money in ${name}`),
    ...same('revenue', -sum('fee-revenue:'), feesYen),
    ...same('all accounts together', sum(''), 0),
    ...same('the machines keep', keptYen, sum('store-cash:')),
  ];
}

/** A copy that came out is handed over at its issuing server, any other is cancelled, and no number was given twice. */
export function numberFaults(numbers: readonly IssuedNumber[], ledger: readonly LedgerOrder[]): readonly string[] {
  const output = new Set(outputCopies(ledger).map(({ name }) => name));
  const handedOver = new Set(numbers.filter(({ state }) => state === 'handed-over').map(nameOf));
  const given = new Set(numbers.map(({ issueNumber }) => issueNumber));
  return [
    ...[...output].filter((copy) => !handedOver.has(copy)).map((copy) => `${copy} came out and is not handed over`),
    ...[...handedOver].filter((copy) => !output.has(copy)).map((copy) => `${copy} is handed over and did not come out`),
    ...(given.size === numbers.length ? [] : ['an issue number was given twice']),
    ...numbers.filter(({ state }) => state === 'issued').map((number) => `${nameOf(number)} is still issued`),
  ];
}

/** Lateness, lost answers, deaths and jams suspend nothing. */
export async function suspensionFaults({ centerDb, issuerDb, plan }: Books): Promise<readonly string[]> {
  const at = await centerDb.db.query<{ reason: string }>('select reason from suspensions');
  const faults = at.map(({ reason }) => `the center suspended a town: ${reason}`);
  for (const { lgCode } of plan.towns) {
    const rows = await issuerDb.ownerDb.query<{ cause: string }>(`select cause from m${lgCode}.suspension`);
    faults.push(...rows.map(({ cause }) => `${lgCode} suspended itself: ${cause}`));
  }
  return faults;
}

const nameOf = ({ orderId, copy }: Pick<IssuedNumber, 'orderId' | 'copy'>) => `${orderId}.${copy}`;

function outputCopies(ledger: readonly LedgerOrder[]) {
  return ledger.flatMap(({ orderId, copies }) =>
    copies
      .filter(({ outcome }) => outcome === 'output')
      .map(({ copy, feeYen }) => ({ name: nameOf({ orderId, copy }), feeYen })),
  );
}
