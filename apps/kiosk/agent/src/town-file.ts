/** `.machikado/town.json`: what a running town tells whoever plays a store in it. File paths are taken from the file’s own folder. */
import { dirname, resolve } from 'node:path';
import { LgCode, Sha256 } from '@machikado/protocol';
import { loadConfig } from '@machikado/server';
import { type Static, type TProperties, Type } from 'typebox';

const Group = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const Text = Type.String({ minLength: 1 });

export const TownKiosk = Group({ kioskId: Text, tls: Group({ keyFile: Text, certFile: Text, caFile: Text }) });
export type TownKiosk = Static<typeof TownKiosk>;

export const TownPersona = Group({
  lgCode: LgCode,
  file: Type.String({ minLength: 1, description: 'The person’s card file.' }),
  pin: Text,
  note: Group({ ja: Type.String(), en: Type.String() }),
});
export type TownPersona = Static<typeof TownPersona>;

export const TownFile = Group({
  centerUrl: Text,
  centerPins: Type.Array(Sha256, { description: 'SHA-256 of the centers’ public keys (SPKI), hex.' }),
  kiosks: Type.Array(TownKiosk),
  sealPublicKeys: Type.Array(Group({ kid: Text, pem: Text })),
  municipalities: Type.Array(Group({ lgCode: LgCode, name: Text })),
  cardsDir: Text,
  personas: Type.Record(Type.String(), TownPersona),
});
export type TownFile = Static<typeof TownFile>;

/** Throws ConfigError, which names the file and the key. */
export function readTownFile(file: string): TownFile {
  const town = loadConfig(TownFile, file);
  const at = (card: string) => resolve(dirname(file), card);
  const personas = Object.entries(town.personas).map(([name, persona]) => [
    name,
    { ...persona, file: at(persona.file) },
  ]);
  return { ...town, personas: Object.fromEntries(personas) };
}
