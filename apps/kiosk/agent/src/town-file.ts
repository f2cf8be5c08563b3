/** `.machikado/town.json`: what a running town tells whoever plays a store in it. File paths are taken from the file’s own folder. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface TownFile {
  readonly centerUrl: string;
  /** SHA-256 of the centers’ public keys (SPKI), hex. */
  readonly centerPins: readonly string[];
  readonly kiosks: readonly TownKiosk[];
  readonly sealPublicKeys: readonly { readonly kid: string; readonly pem: string }[];
  readonly municipalities: readonly { readonly lgCode: string; readonly name: string }[];
  readonly cardsDir: string;
  readonly personas: Readonly<Record<string, TownPersona>>;
}

export interface TownKiosk {
  readonly kioskId: string;
  readonly tls: { readonly keyFile: string; readonly certFile: string; readonly caFile: string };
}

export interface TownPersona {
  readonly lgCode: string;
  /** The person’s card file. */
  readonly file: string;
  readonly pin: string;
  readonly note: { readonly ja: string; readonly en: string };
}

export function readTownFile(file: string): TownFile {
  const town = JSON.parse(readFileSync(file, 'utf8')) as TownFile;
  const at = (path: string) => resolve(dirname(file), path);
  return {
    ...town,
    cardsDir: at(town.cardsDir),
    kiosks: town.kiosks.map(({ kioskId, tls }) => ({
      kioskId,
      tls: { keyFile: at(tls.keyFile), certFile: at(tls.certFile), caFile: at(tls.caFile) },
    })),
    personas: Object.fromEntries(
      Object.entries(town.personas).map(([name, persona]) => [name, { ...persona, file: at(persona.file) }]),
    ),
  };
}
