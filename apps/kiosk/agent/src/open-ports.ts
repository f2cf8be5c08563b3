/** What every kiosk has beside its devices: the center over mutual TLS, journal, clock and chance. */
import { createPublicKey, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { kidOf } from '@machikado/pki';
import { createClient } from '@machikado/server';
import { openFileJournal } from './adapters/file-journal.ts';
import { httpCenter } from './adapters/http-center.ts';
import { type KioskConfig, ordinaryPatience } from './config.ts';
import type { Ports } from './ports.ts';

export type Devices = Pick<
  Ports,
  'coinUnit' | 'printer' | 'receiptPrinter' | 'cardReader' | 'speaker' | 'lamp' | 'sheetReader'
>;

export function openPorts(
  config: KioskConfig,
  given: Devices & Partial<Ports>,
): { readonly ports: Ports; close(): Promise<void> } {
  const { stateDir, kioskId, store, centerUrl, centerPins, tls, sealPublicKeys, patience = ordinaryPatience } = config;
  // One that is given may lie in this very file, which a second handle would begin anew beneath it.
  const { journal, close: closeJournal } = given.journal
    ? { journal: given.journal, close: () => undefined }
    : ownJournal(stateDir);
  const client = createClient({ baseUrl: centerUrl, serverPins: centerPins, tls, pool: 1 });
  return {
    ports: {
      kioskId,
      ...(store !== undefined && { store }),
      center: httpCenter(client),
      journal,
      clock: { now: () => new Date(), sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }) },
      random: (bytes) => new Uint8Array(randomBytes(bytes)),
      sealKeys: new Map(sealPublicKeys.map(createPublicKey).map((key) => [kidOf(key), key])),
      patience,
      ...given,
    },
    async close() {
      await client.close();
      closeJournal();
    },
  };
}

function ownJournal(stateDir: string) {
  const journal = openFileJournal(stateDir);
  return { journal, close: () => journal.close() };
}
