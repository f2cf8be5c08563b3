/** Which settings count from the next start on. To take over half of a config file would be worse than none of it. */
import { isDeepStrictEqual } from 'node:util';
import { ConfigError } from '@machikado/server';
import type { CenterConfig } from './config.ts';

export function refuseWhatNeedsRestart(running: CenterConfig, next: CenterConfig): void {
  const [before, after] = [fixedPart(running), fixedPart(next)];
  const changed = Object.keys({ ...before, ...after }).filter((key) => !isDeepStrictEqual(before[key], after[key]));
  if (changed.length > 0) throw new ConfigError(`${changed.join(', ')}: counts from the next start on`);
}

/** All but what `readSettings` reads. */
function fixedPart(config: CenterConfig): Record<string, unknown> {
  const { centerId, keys, jpki, kiosks, municipalities, lasts, inquiryUrl, verificationSites, ...rest } = config;
  return rest;
}
