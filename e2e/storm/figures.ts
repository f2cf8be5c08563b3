/** What the storm came to, for whoever reads the test’s output. */
import type { Storm } from '../storm.ts';

export function tellStorm({ seed, sizes, uses, weather, history, tookMs }: Storm): string {
  const codes: Record<string, number> = {};
  for (const { end } of uses) codes[end.code] = (codes[end.code] ?? 0) + 1;
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([what, n]) => `${what} ${n}`)
      .join(', ');
  return [
    `storm: MACHIKADO_SEED=${seed}, ${sizes.stores} stores, ${uses.length} uses in ${(tookMs / 1000).toFixed(1)} s`,
    `  ends: ${list(codes)}`,
    `  weather: ${list(weather)}; changes of the registers: ${history.changes}`,
  ].join('\n');
}
