/** 比較: one thing of ours beside what people would use instead, in rounds by turns, so that whatever else the machine does meets both. */
import { median, quantile } from './quantile.ts';

export interface Line {
  readonly what: string;
  /** Of the figures, which are rates: more is better. */
  readonly unit: string;
  readonly ours: readonly number[];
  /** A number that does not change, or figures of the same rounds, or why there are none. */
  readonly peer:
    | { readonly name: string; readonly rounds: readonly number[] }
    | { readonly name: string; readonly missing: string };
  /** Of the ratio. */
  readonly aim?: number;
  readonly note?: string;
}

export interface Ratio {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Round against round; undefined without a peer. */
export function ratioOf({ ours, peer }: Pick<Line, 'ours' | 'peer'>): Ratio | undefined {
  if ('missing' in peer) return undefined;
  const ratios = ours.map((rate, i) => rate / (peer.rounds[i] ?? Number.NaN));
  return { median: median(ratios), lowest: quantile(ratios, 0), highest: quantile(ratios, 1) };
}

/** Once each to warm up, then round after round: the first, the second, and again the first. */
export async function byTurns<K extends string>(
  rounds: number,
  contestants: Readonly<Record<K, () => Promise<number>>>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(contestants) as K[];
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (const name of names) await contestants[name]();
  for (let round = 0; round < rounds; round += 1) for (const name of names) rates[name].push(await contestants[name]());
  return rates;
}

/** So many a second of a core, by the books of whoever does the work. */
export async function aCoreSecond(
  count: number,
  processorMs: () => number,
  work: () => Promise<unknown>,
): Promise<number> {
  const before = processorMs();
  await work();
  return (count / (processorMs() - before)) * 1_000;
}

/** `count` pieces of work, some under way at once. */
export async function manyAtOnce(count: number, atOnce: number, work: (i: number) => Promise<unknown>): Promise<void> {
  let begun = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (begun < count) await work(begun++);
    }),
  );
}
