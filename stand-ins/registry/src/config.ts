/** Settings of the stand-in. */
import { LgCode, Sha256 } from '@machikado/protocol';
import { type Static, Type } from 'typebox';

export const RegistryConfig = Type.Object(
  {
    towns: Type.Array(
      Type.Object({ lgCode: LgCode, seed: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
      { minItems: 1, description: 'Invented towns to generate, each from its seed.' },
    ),
    issuers: Type.Array(
      Type.Object(
        { name: Type.String({ minLength: 1 }), spkiPin: Sha256, lgCodes: Type.Array(LgCode, { minItems: 1 }) },
        { additionalProperties: false },
      ),
      { description: 'Issuing servers that may read: SHA-256 of the public key (SPKI) of the cert, and their towns.' },
    ),
    host: Type.String({ description: 'Address to listen on.' }),
    port: Type.Integer({ minimum: 0, maximum: 65535, description: 'Port of the registry’s API (mutual TLS).' }),
    adminPort: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 65535, description: 'Port of the admin door on loopback; absent: none.' }),
    ),
    stateDir: Type.String({ description: 'Folder of the journal of changes.' }),
    tls: Type.Object(
      {
        keyFile: Type.String(),
        certFile: Type.String(),
        caFile: Type.String(),
        crlFile: Type.Optional(Type.String()),
      },
      { additionalProperties: false, description: 'PEM files.' },
    ),
  },
  { additionalProperties: false },
);
export type RegistryConfig = Static<typeof RegistryConfig>;
