/** Settings of the issuing server itself. Keys and certs are files; what a municipality decides stands in its own file. */
import { LgCode, SignatureAlgorithm } from '@machikado/protocol';
import { type Static, type TProperties, Type } from 'typebox';

const Group = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const File = (description: string) => Type.String({ minLength: 1, description });
const TlsFiles = Group(
  {
    keyFile: File('Private key, PEM.'),
    certFile: File('Cert, PEM.'),
    caFile: File('CA, PEM.'),
    crlFile: Type.Optional(
      File('One CRL for every CA in caFile, PEM. After its nextUpdate all peers of that CA are refused.'),
    ),
  },
  'TLS 1.3 with client certs on both sides; also used as client of registry and center.',
);

const SpkiPins = (description: string) =>
  Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { minItems: 1, description });

const RegistryAddress = {
  url: Type.String({ pattern: '^https://', description: 'Base URL.' }),
  serverName: Type.Optional(Type.String({ description: 'Name in its cert; default the host of the URL.' })),
  spkiPins: SpkiPins('SHA-256 of the public keys by which it may answer, hex.'),
};

export const IssuerConfig = Group(
  {
    listen: Group(
      {
        host: Type.String({ description: 'Address.' }),
        port: Type.Integer({ minimum: 0, maximum: 65535, description: 'Port; 0 = any free one.' }),
      },
      'Where the center calls.',
    ),
    tls: TlsFiles,
    databaseUrlFile: File('URL of the database as the app role.'),
    databaseConnectionsMax: Type.Optional(
      Type.Integer({ minimum: 2, maximum: 100, description: 'Connections; default 10.' }),
    ),
    center: Group(
      {
        centerId: Type.String({ minLength: 1, maxLength: 40, description: 'The only center whose logins count.' }),
        spkiPins: SpkiPins('SHA-256 of the public keys by which the center may call and answer, hex.'),
        urls: Type.Array(Type.String({ pattern: '^https://' }), {
          minItems: 1,
          description: 'For the directory; the first that answers is used.',
        }),
        serverName: Type.Optional(
          Type.String({ description: 'Name in the center’s cert; default the host of the URL.' }),
        ),
      },
      '証明書交付センター.',
    ),
    registry: Group(RegistryAddress, '既存住基システム, behind its adapter.'),
    jpki: Group(
      {
        anchorFiles: Type.Array(File('DER or PEM.'), { minItems: 1, description: 'Pinned anchors, all generations.' }),
        policyOids: Type.Array(Type.String(), { minItems: 1, description: 'Policies of userAuthCerts.' }),
        algorithms: Type.Array(SignatureAlgorithm, { minItems: 1, description: 'Algorithms of cards.' }),
        ocspMaxAgeMs: Type.Integer({
          minimum: 10_000,
          maximum: 3_600_000,
          description: 'Oldest OCSP answer in a proof.',
        }),
      },
      '公的個人認証.',
    ),
    municipalities: Type.Array(
      Group(
        {
          lgCode: LgCode,
          settingsFile: File('Settings of the municipality, JSON.'),
          signingKeyFile: File('Ed25519 key that signs binding records, PKCS#8 PEM.'),
          bindingKeyFile: File('Shared with the center: subject and name references. 32 bytes, hex.'),
          directoryKeyFile: File('Shared among issuers: references of certs in the directory. 32 bytes, hex.'),
          residentRefSecretFile: File(
            'The municipality’s own secret: person references, seal of the 交付記録. 32 bytes, hex.',
          ),
          registry: Type.Optional(
            Type.Union([Group(RegistryAddress, ''), Group({ files: Type.Literal(true) }, '')], {
              description: 'A registry of its own, as above; or `{ "files": true }`: what `import-registry` brings.',
            }),
          ),
        },
        'One municipality on this server.',
      ),
      { minItems: 1 },
    ),
    typesetter: Group(
      {
        workers: Type.Integer({ minimum: 1, maximum: 32, description: 'Processes.' }),
        fontDirs: Type.Optional(
          Type.Array(Type.String(), {
            description: 'Folders of fonts, each with a `fonts.json`, tried in order before the built-in font.',
          }),
        ),
      },
      'Typesetting processes.',
    ),
    reader: Group(
      { workers: Type.Integer({ minimum: 1, maximum: 32, description: 'Threads.' }) },
      'The second look at finished pages.',
    ),
    jobs: Type.Optional(
      Group(
        {
          pollMs: Type.Integer({
            minimum: 50,
            maximum: 600_000,
            description: 'Pause between two looks at what is due; default 5 s.',
          }),
        },
        'Nightly feed and directory.',
      ),
    ),
    inFlightMax: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'More at once: TOO_BUSY. Default 64.' }),
    ),
    inFlightMaxPerMunicipality: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description:
          'More offers and orders of one municipality at once: TOO_BUSY. Default: its even share of three quarters.',
      }),
    ),
    demo: Type.Optional(Type.Boolean({ description: 'Invented residents only.' })),
    businessClock: Type.Optional(
      Group(
        { offsetMs: Type.Integer({ description: 'Added to the machine’s time.' }) },
        'Moves hours and dates on paper; only with demo.',
      ),
    ),
  },
  'Settings of an issuing server.',
);
export type IssuerConfig = Static<typeof IssuerConfig>;
