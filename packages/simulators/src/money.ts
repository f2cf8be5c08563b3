/** Coins and notes that a coin unit (コインベンダ) takes. Each one divides the next, so paying out the largest first is always right. */
export const denominations = [1000, 500, 100, 50, 10] as const;
export type Denomination = (typeof denominations)[number];
export type CashCounts = Readonly<Partial<Record<Denomination, number>>>;

/** Notes go to the vault and are never paid out again. */
export const NOTE: Denomination = 1000;

export function isDenomination(yen: number): yen is Denomination {
  return (denominations as readonly number[]).includes(yen);
}

/** Which pieces pay exactly this much, or undefined when there is no change left for it. */
export function piecesFor(yen: number, stock: CashCounts): readonly Denomination[] | undefined {
  const pieces: Denomination[] = [];
  let rest = yen;
  for (const d of denominations) {
    const n = Math.min(Math.floor(rest / d), stock[d] ?? 0);
    pieces.push(...Array<Denomination>(n).fill(d));
    rest -= n * d;
  }
  return rest === 0 ? pieces : undefined;
}
