/** 証明発行サーバ: `node --import tsx apps/issuer/src/main.ts --config file`. SIGHUP reads the file again. */
import { parseArgs } from 'node:util';
import { loadConfig, runService } from '@machikado/server';
import { compose } from './compose.ts';
import { IssuerConfig } from './config.ts';

await runService({
  service: 'issuer',
  schema: IssuerConfig,
  compose(config, { log }) {
    const issuer = compose(config, { log });
    return { ...issuer, reload: () => issuer.reload(() => loadConfig(IssuerConfig, configFile())) };
  },
});

function configFile(): string {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  return values.config ?? '';
}
