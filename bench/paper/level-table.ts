/** Results by level: how many were read to the bit, how many bits were wrong before correction, how long it took. */
import { quantile } from '../quantile.ts';
import type { FinishedTrial } from './run-trials.ts';

export function levelTable(levels: readonly string[], results: readonly FinishedTrial[]): string[] {
  const rows = levels.map((level) => {
    const trials = results.filter(({ row }) => row === level);
    const exact = trials.filter(({ outcome }) => outcome === 'exact');
    const errors = exact.map(({ bitErrors }) => bitErrors ?? 0);
    const ber = [0.5, 0.95, 1].map((share) => quantile(errors, share).toFixed(4)).join(' / ');
    const times = (of: (trial: FinishedTrial) => number) => {
      const all = exact.map(of);
      return [0.5, 0.95].map((share) => quantile(all, share).toFixed(0)).join(' / ');
    };
    const [wall, processor] = [times(({ wallMs }) => wallMs), times(({ processorMs }) => processorMs)];
    return `| ${level} | ${trials.length} | **${exact.length}** | ${ber} | ${wall} | ${processor} |`;
  });
  return [
    '| level | trials | read to the bit | raw bit errors, median / p95 / max | file to picture, ms, median / p95 | of the processor |',
    '|---|---|---|---|---|---|',
    ...rows,
  ];
}

/** Each with the command that repeats it. */
export function failureLines(results: readonly FinishedTrial[]): string[] {
  return results
    .filter(({ outcome }) => outcome !== 'exact')
    .map(
      ({ row, seed, sheet, outcome, detail }) =>
        `${outcome}: ${detail} (\`npm run bench:paper -- --level ${row} --trials 1 --seed ${seed} --sheet "${sheet}"\`)`,
    );
}
