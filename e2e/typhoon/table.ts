/** The closing table: what was done, what came of it, and every breach. */
import { quantile } from '../../bench/quantile.ts';
import { type DayFigures, type Held, held, slopeOf } from './day.ts';
import type { Verdict } from './judge.ts';

export interface Report {
  row(name: string, value: string | number): void;
  /** Makes the command fail. */
  breach(where: string, sentences: readonly string[]): void;
  verdict(where: string, verdict: Verdict): void;
  times(name: string, ms: readonly number[]): void;
  /** What every program held, at first and at last, and by how much it grows with every 1,000 orders. */
  slopes(figures: DayFigures): void;
  tell(): string;
  readonly isBroken: boolean;
}

const BREACHES_SHOWN = 12;
/** Of fewer the noise says more than the slope. */
const ORDERS_TO_JUDGE = 2_000;
/** With every 1,000 orders. What is resident is told only: how much of its garbage a program keeps is its own affair. */
const GROWTH_MAX: Held = {
  ...{ 'resident MB': Number.POSITIVE_INFINITY, 'heap MB': 2 },
  ...{ descriptors: 2, sockets: 2, timers: 2, 'pg connections': 1 },
};

export function openReport(): Report {
  const rows: (readonly [string, string])[] = [];
  const breaches: string[] = [];
  const row = (name: string, value: string | number) => void rows.push([name, String(value)]);
  const breach = (where: string, sentences: readonly string[]) =>
    void breaches.push(...sentences.map((sentence) => `${where}: ${sentence}`));
  return {
    row,
    breach,
    verdict(where, { wrongPersons, adrift, yenAdrift, stuck, lost, others, figures }) {
      row(`${where}: orders in the books`, figures.orders);
      row(`${where}: sheets read back, of copies`, `${figures.sheets}, ${figures.copies}`);
      row(`${where}: wrong persons`, wrongPersons.length);
      row(`${where}: yen adrift, contradictions of the truths`, `${yenAdrift}, ${adrift.length}`);
      row(`${where}: stuck`, stuck.length);
      row(`${where}: acknowledged, of these lost`, `${figures.acknowledged}, ${lost.length}`);
      breach(`${where}, wrong person`, wrongPersons);
      breach(`${where}, truths`, yenAdrift === 0 ? adrift : [`${yenAdrift} yen adrift`, ...adrift]);
      breach(`${where}, stuck`, stuck);
      breach(`${where}, lost`, lost);
      breach(where, others);
    },
    times(name, ms) {
      const seconds = (share: number) => `${(quantile(ms, share) / 1000).toFixed(2)} s`;
      row(name, `${ms.length} times, median ${seconds(0.5)}, p95 ${seconds(0.95)}, longest ${seconds(1)}`);
    },
    slopes({ samples, orders }) {
      for (const [program, those] of samples) {
        const parts = held.map((what) => {
          const slope = slopeOf(those, what);
          const last = those.at(-1)?.held[what] ?? Number.NaN;
          const isGrowing = orders >= ORDERS_TO_JUDGE && slope > GROWTH_MAX[what];
          if (isGrowing) breach(`day, ${program}`, [`${what} grow by ${slope.toFixed(2)} with every 1,000 orders`]);
          return `${what} ${(those[0]?.held[what] ?? Number.NaN).toFixed(0)} → ${last.toFixed(0)} (${slope.toFixed(2)})`;
        });
        row(`day: ${program} holds, first → last (slope)`, parts.join(', '));
      }
    },
    tell() {
      const shown = breaches.slice(0, BREACHES_SHOWN).map((one) => `BREACH ${one}`);
      const rest = breaches.length > BREACHES_SHOWN ? [`… and ${breaches.length - BREACHES_SHOWN} more`] : [];
      const head = ['| | |', '|---|---|'];
      return [...head, ...rows.map(([name, value]) => `| ${name} | ${value} |`), ...shown, ...rest].join('\n');
    },
    get isBroken() {
      return breaches.length > 0;
    },
  };
}
