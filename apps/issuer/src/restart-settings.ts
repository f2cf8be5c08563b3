/** Which settings count from the next start on. To take over half of a config file would be worse than none of it. */
import { isDeepStrictEqual } from 'node:util';
import { ConfigError } from '@machikado/server';
import type { IssuerConfig } from './config.ts';

export function refuseWhatNeedsRestart(running: IssuerConfig, next: IssuerConfig): void {
  const [before, after] = [fixedPart(running), fixedPart(next)];
  const changed = Object.keys({ ...before, ...after }).filter((key) => !isDeepStrictEqual(before[key], after[key]));
  if (changed.length > 0) throw new ConfigError(`${changed.join(', ')}: counts from the next start on`);
}

/** Where things are, how many there are, and which municipalities: their tables, clients and jobs are set up at the start. */
function fixedPart(config: IssuerConfig): Record<string, unknown> {
  const { jpki, center, municipalities, ...rest } = config;
  return {
    ...rest,
    'center.urls': center.urls,
    'center.serverName': center.serverName,
    municipalities: Object.fromEntries(municipalities.map(({ lgCode, registry }) => [lgCode, registry])),
  };
}
