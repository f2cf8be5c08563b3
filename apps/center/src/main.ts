/** 証明書交付センター as a process: `node --import tsx apps/center/src/main.ts --config <file>`. SIGHUP reads the file again. */
import { parseArgs } from 'node:util';
import { loadConfig, runService } from '@machikado/server';
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
