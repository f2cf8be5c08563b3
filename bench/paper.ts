/**
 * How far a printed back can be read: certificates of every kind are treated, printed, carried about, scanned or photographed by the
 * simulator, and read again. What is read is the sealed picture to the bit, or nothing; one wrong picture ends the run with 1.
 *
 *   npm run bench:paper [-- --trials 200] [--seed S] [--level L] [--sheet NAME] [--workers 2] [--no-cliffs] [--write]
 *
 * Seeds are fresh unless given; each failure is printed with the command that repeats it. `--write` puts the tables into
 * docs/paper-robustness.md.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type PaperLevel, paperLevels } from '@machikado/simulators';
import { brokenPromises, cliffTable, planCliffs } from './paper/cliffs.ts';
import { failureLines, levelTable } from './paper/level-table.ts';
import { type FinishedTrial, type PlannedTrial, runTrials } from './paper/run-trials.ts';
import { type TreatedSheet, treatDense, treatSheets } from './paper/treated-sheets.ts';
import { writeReport } from './paper/write-report.ts';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '200' },
    seed: { type: 'string' },
    level: { type: 'string' },
    sheet: { type: 'string' },
    workers: { type: 'string', default: '2' },
    'no-cliffs': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const trials = Number(values.trials);
const seed = Number(values.seed ?? randomInt(2 ** 31));
const levels = values.level ? [levelNamed(values.level)] : paperLevels;
/** Of two hundred. */
const PROMISED: Readonly<Record<PaperLevel, number>> = {
  'flatbed-good': 199,
  'flatbed-poor': 198,
  'phone-good': 199,
  'phone-poor': 196,
};
/** Seeds for each step of a cliff: three in a run of two hundred. */
const TRIALS_A_CLIFF = 70;

console.log(`seed ${seed}`);
const sheets = await treatSheets(trials, values.sheet);
if (sheets.length === 0) throw new RangeError('no such sheet');
console.log(`${sheets.length} sheets`);

const byLevel = await run(levels.flatMap((level) => planLevel(level)));
const withCliffs = !values['no-cliffs'] && !values.level;
const beyond = withCliffs
  ? await run(planCliffs(await treatDense(sheets), fresh(Math.ceil(trials / TRIALS_A_CLIFF))))
  : [];

const tables = {
  levels: levelTable(levels, byLevel),
  failures: failureLines(byLevel),
  ...(withCliffs && { cliffs: cliffTable(beyond) }),
};
console.log([...tables.levels, ...tables.failures, ...(tables.cliffs ?? [])].join('\n'));
if (values.write) writeReport({ ...tables, seed, sheets });
const faults = [
  ...[...byLevel, ...beyond].filter(({ outcome }) => outcome === 'wrong').map(({ row }) => `wrong picture: ${row}`),
  ...levels.filter((level) => shareRead(level) < PROMISED[level] / 200).map((level) => `too few read: ${level}`),
  ...(withCliffs ? brokenPromises(beyond).map((row) => `not read: ${row}`) : []),
];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

function planLevel(level: PaperLevel): PlannedTrial[] {
  return fresh(trials).map((each, i) => ({
    ...{ seed: each, conditions: level, row: level },
    sheet: sheets[i % sheets.length] as TreatedSheet,
  }));
}

function fresh(count: number): number[] {
  return Array.from({ length: count }, (_, i) => seed + i);
}

function shareRead(level: PaperLevel): number {
  const of = byLevel.filter(({ row }) => row === level);
  return of.filter(({ outcome }) => outcome === 'exact').length / of.length;
}

function run(planned: readonly PlannedTrial[]): Promise<FinishedTrial[]> {
  let done = 0;
  return runTrials(planned, Number(values.workers), (result) => {
    done += 1;
    if (result.outcome !== 'exact') console.log(`${result.row} ${result.seed} ${result.outcome}: ${result.detail}`);
    if (done % 40 === 0) console.log(`${done} of ${planned.length}`);
  });
}

function levelNamed(name: string): PaperLevel {
  const level = paperLevels.find((each) => each === name);
  if (!level) throw new RangeError(`levels: ${paperLevels.join(', ')}`);
  return level;
}
