/** What one kiosk has to be told. */
import type { TlsFiles } from '@machikado/server';
import type { Patience } from './ports.ts';

export interface KioskConfig {
  readonly kioskId: string;
  readonly centerUrl: string;
  /** SHA-256 of the public keys (SPKI, hex) by which the center may answer; two while a key is being exchanged. */
  readonly centerPins: readonly string[];
  /** The kiosk’s own client cert, and the root under which the center’s stands. */
  readonly tls: TlsFiles;
  /** Public keys (PEM) under which the center signs seal manifests. */
  readonly sealPublicKeys: readonly string[];
  /** Journal and simulated devices live here. */
  readonly stateDir: string;
  readonly patience?: Patience;
}

export const ordinaryPatience: Patience = {
  retries: 5,
  retryMs: 1_000,
  printPollMs: 500,
  printStandstillMs: 120_000,
};
