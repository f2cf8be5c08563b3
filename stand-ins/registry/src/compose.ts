/** Puts the stand-in together from its settings. */
import { randomBytes } from 'node:crypto';
import type { Log } from '@machikado/server';
import type { RegistryConfig } from './config.ts';
import { fileJournal } from './journal.ts';
import { createRegistry } from './registry.ts';
import { type RunningRegistry, startRegistry } from './serve.ts';
import { generateTown } from './town/generate-town.ts';

export function compose(config: RegistryConfig, { log }: { readonly log: Log }) {
  const towns = config.towns.map(({ lgCode, seed }) => generateTown(lgCode, seed));
  const journal = fileJournal(config.stateDir, JSON.stringify(config.towns), () => randomBytes(16).toString('hex'));
  const registry = createRegistry({ towns, journal, now: () => new Date() });
  const { issuers, tls, host, port, adminPort } = config;
  let running: RunningRegistry | undefined;
  return {
    registry,
    async listen() {
      running = await startRegistry({ registry, issuers, tls, log, host, port, adminPort });
      return { port: running.port, adminPort: running.adminPort };
    },
    /** Only who may read, and the TLS files; towns and ports count from the next start on. */
    reload: async (next: RegistryConfig) => running?.reload(next.issuers),
    close: async () => running?.close(),
  };
}
