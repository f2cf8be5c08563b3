/**
 * Whether the comparison of a front with its sealed picture can be fooled: forgeries of ten classes are made with the issuer's own forms,
 * printed, scanned or photographed by the simulator, and looked at as the verification site does; and as many honest sheets. A forgery that is
 * called the same, an honest sheet that is said to differ, or more than 2 % of changed strokes that cannot be told end the run with 1.
 *
 *   npm run bench:forgeries [-- --forgeries 500] [--honest 500] [--seed S] [--level L] [--class C] [--trial N] [--workers 2] [--keep DIR] [--scans DIR] [--write]
 *
 * Seeds are fresh unless given. `--class` makes one class only, `--trial` one trial only: “forgery 17” of the seed. `--keep` puts scans and pictures of
 * suspicious trials into a folder, `--write` the table into docs/forgeries.md. With `--scans` the scans are kept in a folder, and taken from there if
 * they are there: to look at the same papers again with another comparison.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { PaperLevel } from '@machikado/simulators';
import { planOf } from './forgeries/plan.ts';
import { brokenPromises, isSuspect, rateTable, told } from './forgeries/rates.ts';
import { runTrials } from './forgeries/run-trials.ts';
import { writeReport } from './forgeries/write-report.ts';

const GOOD: readonly PaperLevel[] = ['flatbed-good', 'phone-good'];

const { values } = parseArgs({
  options: {
    forgeries: { type: 'string', default: '500' },
    honest: { type: 'string', default: '500' },
    seed: { type: 'string' },
    level: { type: 'string' },
    class: { type: 'string' },
    trial: { type: 'string' },
    workers: { type: 'string', default: '2' },
    keep: { type: 'string' },
    scans: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? randomInt(2 ** 31));
const levels = values.level ? [levelNamed(values.level)] : GOOD;

console.log(`seed ${seed}`);
const plan = planOf({ seed, levels, forgeries: Number(values.forgeries), honest: Number(values.honest) })
  .filter(({ row }) => !values.class || row === values.class)
  .filter(({ name }) => !values.trial || name === `${seed} ${values.trial}`);
const started = performance.now();
let done = 0;
const results = await runTrials(
  plan,
  { processes: Number(values.workers), keepIn: values.keep, scans: values.scans },
  (result) => {
    done += 1;
    if (isSuspect(result) || values.trial) console.log(told(result));
    if (done % 50 === 0) console.log(`${done} of ${plan.length}, ${minutes()} min`);
  },
);
const table = rateTable(results);
console.log([...table, `${minutes()} min`].join('\n'));
if (values.write) writeReport({ seed, levels, table, results });
const broken = brokenPromises(results);
for (const promise of broken) console.error(promise);
process.exitCode = broken.length > 0 ? 1 : 0;

function minutes(): string {
  return ((performance.now() - started) / 60_000).toFixed(1);
}

function levelNamed(name: string): PaperLevel {
  const level = GOOD.find((each) => each === name);
  if (!level) throw new RangeError(`levels: ${GOOD.join(', ')}`);
  return level;
}
