/** Many uses at once, and what they came to. */
import type { Store, UseReport } from './store.ts';

export interface LoadReport {
  readonly uses: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly chargedYen: number;
  readonly tookMs: { readonly median: number; readonly p95: number; readonly longest: number };
}

export async function runLoad(stores: readonly Store[], loop: number): Promise<readonly UseReport[]> {
  const each = await Promise.all(
    stores.map(async (store) => {
      const reports: UseReport[] = [];
      for (let n = 0; n < loop; n += 1) reports.push(await store.use({}));
      return reports;
    }),
  );
  return each.flat();
}

export function summarise(reports: readonly UseReport[]): LoadReport {
  const codes: Record<string, number> = {};
  for (const { code } of reports) codes[code] = (codes[code] ?? 0) + 1;
  const times = reports.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    uses: reports.length,
    codes,
    chargedYen: reports.reduce((sum, { chargedYen }) => sum + chargedYen, 0),
    tookMs: { median: at(0.5), p95: at(0.95), longest: at(1) },
  };
}
