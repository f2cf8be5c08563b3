/** `node --import tsx apps/center/src/migrate.ts --config <file> --owner-url-file <file>`: the center’s tables, as their owner. */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { migrate, openDatabase } from '@machikado/database';
import { ConfigError, loadConfig, readSecret } from '@machikado/server';
import { CenterConfig } from './config.ts';

const { values } = parseArgs({ options: { config: { type: 'string' }, 'owner-url-file': { type: 'string' } } });
if (!values.config || !values['owner-url-file']) throw new ConfigError('--config and --owner-url-file are needed');
const config = loadConfig(CenterConfig, values.config);
const appRole = decodeURIComponent(new URL(readSecret(config.databaseUrlFile)).username);
const owner = openDatabase(readSecret(values['owner-url-file']), { max: 1, applicationName: 'center-migrate' });
try {
  for (const applied of await migrate(owner, new URL('../db/', import.meta.url), { appRole })) {
    process.stdout.write(`${applied}\n`);
  }
} finally {
  await owner.close();
}
