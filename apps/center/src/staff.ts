/** `npm run center -- <command> --config <file> …` */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openDatabase } from '@machikado/database';
import { ConfigError, loadConfig, readSecret, staffName } from '@machikado/server';
import { openStore } from './adapters/postgres/open-store.ts';
import { CenterConfig } from './config.ts';
import { staffCommand, UsageError, usage } from './staff-commands.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  ...{ help: flag, config: text, 'lg-code': text, kind: text, staff: text, reason: text },
  session: text,
  ...{ order: text, outcome: text, 'refunded-yen': text, 'refund-payable-yen': text, 'change-payable-yen': text },
  ...{ yen: text, copy: text, notice: text },
};

try {
  const { positionals, values } = parseLine();
  if (values.help) process.stdout.write(`${usage}\n`);
  else await run(positionals[0], values);
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(command: string | undefined, values: ReturnType<typeof parseLine>['values']): Promise<void> {
  if (values.config === undefined) throw new UsageError(usage);
  const config = loadConfig(CenterConfig, values.config);
  const db = openDatabase(readSecret(config.databaseUrlFile), { applicationName: 'machikado-center-staff', max: 1 });
  try {
    const named = { ...values, staff: staffName(values.staff) };
    process.stdout.write(`${await staffCommand(openStore(db), command, named, new Date())}\n`);
  } finally {
    await db.close();
  }
}

function parseLine() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch {
    throw new UsageError(usage);
  }
}
