/** The registry of an invented town as a process: `node --import tsx main.ts --config file`. SIGHUP reads who may read again. */
import { parseArgs } from 'node:util';
import { loadConfig, runService } from '@machikado/server';
import { compose } from './compose.ts';
import { RegistryConfig } from './config.ts';

await runService({
  service: 'registry',
  schema: RegistryConfig,
  compose(config, { log }) {
    const registry = compose(config, { log });
    return {
      ...registry,
      async reload() {
        try {
          await registry.reload(loadConfig(RegistryConfig, configFile()));
        } catch {
          // The last good settings stay in force.
          log.alarm('settings-refused');
        }
      },
    };
  },
});

function configFile(): string {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  return values.config ?? '';
}
