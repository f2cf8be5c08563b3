/** 証明書交付センター as a process: `node --import tsx apps/center/src/main.ts --config <file>`. SIGHUP reads the file again. */
import { parseArgs } from 'node:util';
import { ConfigError, errorFields, loadConfig, runService } from '@machikado/server';
import { compose } from './compose.ts';
import { CenterConfig } from './config.ts';

await runService({
  service: 'center',
  schema: CenterConfig,
  compose(config, { log }) {
    const center = compose(config, { log });
    return {
      ...center,
      async reload() {
        try {
          await center.reload(loadConfig(CenterConfig, configFile()));
          log.event('settings-reloaded');
        } catch (error) {
          // The last good settings stay in force. Any other message could quote what stands in a file.
          log.alarm('settings-refused', error instanceof ConfigError ? { detail: error.message } : errorFields(error));
        }
      },
    };
  },
});

function configFile(): string {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  return values.config ?? '';
}
