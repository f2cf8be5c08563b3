/**
 * The table of kill -9: who dies, and when. Nothing of it is written by hand: the moments are those that one undisturbed use
 * went through, the acts of the kiosk and the commits of center and issuing server.
 */
import type { Commit } from './commit-gate.ts';
import type { Target } from './killable-town.ts';
import type { Printer } from './machine.ts';

/** Of one whole use, in order. */
export interface Recorded {
  readonly acts: readonly string[];
  readonly commits: readonly Commit[];
}

export type Row =
  /** The kiosk kills itself after its n-th act; the printer outlives it or not. */
  | { readonly kill: 'kiosk'; readonly after: string; readonly n: number; readonly printer: Printer }
  /** The kiosk dies while a service stands in a COMMIT, which then stands. */
  | { readonly kill: 'kiosk'; readonly commit: Commit }
  /** A service dies before the n-th act of the kiosk, a call to the center, or after its answer. */
  | { readonly kill: Target; readonly when: 'before' | 'after'; readonly act: string; readonly n: number }
  /** A service dies in a COMMIT, of its own work or of the other service’s. */
  | { readonly kill: Target; readonly commit: Commit; readonly work: 'stands' | 'undone' };

const isCall = (act: string) => /^(center|login)\.(?!openLogin|close|exporter)/.test(act);

export function killTable({ acts, commits }: Recorded): readonly Row[] {
  const counted = acts.map((act, i) => ({ act, n: i + 1 }));
  const calls = counted.filter(({ act }) => isCall(act));
  const aroundCalls = (kill: Target): Row[] =>
    calls.flatMap(({ act, n }) => (['before', 'after'] as const).map((when) => ({ kill, when, act, n })));
  return [
    ...counted.flatMap(({ act, n }) =>
      (['goes-on', 'aborted'] as const).map((printer): Row => ({ kill: 'kiosk', after: act, n, printer })),
    ),
    ...commits.map((commit): Row => ({ kill: 'kiosk', commit })),
    ...commits.flatMap((commit): Row[] => [
      { kill: commit.db, commit, work: 'stands' },
      { kill: commit.db, commit, work: 'undone' },
      // A server that dies before the commit record is written has undone it.
      { kill: 'postgres', commit, work: 'undone' },
      { kill: commit.db === 'center' ? 'issuer' : 'center', commit, work: 'stands' },
    ]),
    ...(['center', 'issuer', 'postgres'] as const).flatMap(aroundCalls),
  ];
}

export function nameOf(row: Row): string {
  if ('after' in row) return `kiosk after ${row.after} (act ${row.n}), the printer ${row.printer}`;
  if ('act' in row) return `${row.kill} ${row.when} ${row.act} (act ${row.n})`;
  const end = 'work' in row ? row.work : 'stands';
  return `${row.kill} in the commit of ${row.commit.moment}, which ${end === 'stands' ? 'stands' : 'is undone'}`;
}

/** What fits into every run of the tests: each commit once, some calls and acts; who dies there goes by turns. */
export function shortTable(rows: readonly Row[]): readonly Row[] {
  const byMoment = new Map<string, Row[]>();
  for (const row of rows) byMoment.set(momentOf(row), [...(byMoment.get(momentOf(row)) ?? []), row]);
  const byTurns = (prefix: string, everyNth: number) =>
    [...byMoment]
      .filter(([moment]) => moment.startsWith(prefix))
      .filter((_, i) => i % everyNth === 0)
      .flatMap(([, choices], i) => choices[i % choices.length] ?? []);
  return [...byTurns('commit', 1), ...byTurns('call', 3), ...byTurns('act', 9)];
}

function momentOf(row: Row): string {
  if ('after' in row) return `act ${row.n}`;
  return 'act' in row ? `call ${row.n}` : `commit ${row.commit.moment}`;
}
