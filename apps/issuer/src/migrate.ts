/** `node --import tsx apps/issuer/src/migrate.ts --config <file> --owner-url-file <file>`: tables of every municipality, as their owner. */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openDatabase } from '@machikado/database';
import { ConfigError, loadConfig, readSecret } from '@machikado/server';
import { IssuerConfig } from './config.ts';
import { migrateIssuer } from './migrate-issuer.ts';

const { values } = parseArgs({ options: { config: { type: 'string' }, 'owner-url-file': { type: 'string' } } });
if (!values.config || !values['owner-url-file']) throw new ConfigError('--config and --owner-url-file are needed');
const config = loadConfig(IssuerConfig, values.config);
const appRole = decodeURIComponent(new URL(readSecret(config.databaseUrlFile)).username);
const owner = openDatabase(readSecret(values['owner-url-file']), { max: 1, applicationName: 'issuer-migrate' });
try {
  const lgCodes = config.municipalities.map((town) => town.lgCode);
  for (const applied of await migrateIssuer(owner, { lgCodes, appRole })) process.stdout.write(`${applied}\n`);
} finally {
  await owner.close();
}
