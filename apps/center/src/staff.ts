/** `npm run center -- <command> --config <file> …` */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openDatabase } from '@machikado/database';
import { ConfigError, loadConfig, readSecret } from '@machikado/server';
import { openStore } from './adapters/postgres/open-store.ts';
import { CenterConfig } from './config.ts';
import { staffCommand, UsageError, usage } from './staff-commands.ts';

const text = { type: 'string' } as const;
const options = { config: text, 'lg-code': text, kind: text, staff: text, reason: text };

try {
  const { positionals, values } = parseLine();
  if (values.config === undefined) throw new UsageError(usage);
  const config = loadConfig(CenterConfig, values.config);
  const db = openDatabase(readSecret(config.databaseUrlFile), { applicationName: 'machikado-center-staff', max: 1 });
  try {
    process.stdout.write(`${await staffCommand(openStore(db), positionals[0], values, new Date())}\n`);
  } finally {
    await db.close();
  }
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function parseLine() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch {
    throw new UsageError(usage);
  }
}
