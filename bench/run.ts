/**
 * 性能: everything beside what people would use instead, in one table. A row that fails says why, and the others go on; an aim that is missed is
 * shown and fails nothing.
 *
 *   npm run bench [-- [row …] [--rounds n] [--write]]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { endWhatWasStarted, exitOnSignals } from '../e2e/typhoon/processes.ts';
import type { Line } from './compare.ts';
import { type BenchTown, openBenchTown, type TownAtHand } from './open-town.ts';
import { ledger } from './rows/ledger.ts';
import { logins } from './rows/logins.ts';
import { ocsp } from './rows/ocsp.ts';
import { orders } from './rows/orders.ts';
import { pages } from './rows/pages.ts';
import { relay } from './rows/relay.ts';
import { treatment } from './rows/treatment.ts';
import { type Failed, tableOf, writtenInto } from './table.ts';

type Row = (rounds: number, townAtHand: TownAtHand) => Promise<readonly Line[]>;

const rows: Readonly<Record<string, Row>> = { logins, ocsp, pages, treatment, relay, ledger, orders };
const KIOSKS = 8;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
});
// Some rows alone would take the place of all.
if (values.write && positionals.length > 0) throw new RangeError('--write takes all rows');
for (const name of positionals)
  if (!rows[name]) throw new RangeError(`no row ${name}: ${Object.keys(rows).join(', ')}`);

exitOnSignals();
process.once('exit', endWhatWasStarted);

let town: Promise<BenchTown> | undefined;
const townAtHand: TownAtHand = () => {
  town ??= openBenchTown(Array.from({ length: KIOSKS }, (_, i) => `kiosk-${i + 1}`));
  return town;
};

const lines: (Line | Failed)[] = [];
for (const [name, row] of Object.entries(rows)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.error(`${name} …`);
  const measured = await row(Number(values.rounds), townAtHand).catch((error: unknown): Failed[] => {
    console.error(error);
    return [{ what: name, failed: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }];
  });
  lines.push(...measured);
  console.error(tableOf(measured));
}
await (await town?.catch(() => undefined))?.close();

const [core] = cpus();
const where = `Measured on ${new Date().toISOString().slice(0, 10)}, ${values.rounds} rounds by turns, on ${cpus().length} cores (${core?.model}), Node ${process.versions.node}.`;
const report = `${where}\n\n${tableOf(lines)}`;
console.log(report);
if (values.write) {
  const page = new URL('../docs/performance.md', import.meta.url);
  writeFileSync(page, writtenInto(readFileSync(page, 'utf8'), report));
}
process.exit(lines.some((line) => 'failed' in line) ? 1 : 0);
