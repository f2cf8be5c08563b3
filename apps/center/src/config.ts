/**
 * Settings of the center, as one file. Peers are named here and nowhere else: who is not listed gets no answer. Keys stand in
 * files of their own. The file is read again on SIGHUP; what does not fit is refused as a whole and the last good one stays.
 */
import { type CopyWarningPreset, copyWarningPresets } from '@machikado/antiforgery';
import { CertificateKind, LgCode, SignatureAlgorithm } from '@machikado/protocol';
import { type Static, type TProperties, Type } from 'typebox';

const Section = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const Id = (description: string) => Type.String({ pattern: '^[\\x21-\\x7e]{1,40}$', description });
const File = (description: string) => Type.String({ minLength: 1, description });
const Pins = Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), {
  minItems: 1,
  description: 'SHA-256 of the SPKI of its cert, hex; two while a cert is being exchanged.',
});
const Milliseconds = (description: string) => Type.Optional(Type.Integer({ minimum: 1, description }));

const Server = (description: string) =>
  Section(
    {
      url: Type.String({ pattern: '^https://', description: 'Base URL.' }),
      serverName: Type.Optional(Type.String({ description: 'Name in its server cert; default the host of the URL.' })),
      spkiPins: Pins,
    },
    description,
  );

const SheetKey = (key: string, description: string) =>
  Section(
    {
      id: Type.Integer({
        minimum: 1,
        maximum: 65_535,
        description: 'Stands on the paper; a new key has a new one, for ever.',
      }),
      keyFile: File(key),
    },
    description,
  );

const KioskConfig = Section(
  {
    kioskId: Id('キオスク端末.'),
    operatorId: Id('事業者 that runs it; the store cash of the ledger is kept per operator.'),
    spkiPins: Pins,
    test: Type.Optional(Type.Boolean({ description: 'Its orders carry the test flag.' })),
    copyWarning: Type.Optional(
      Type.Enum(Object.keys(copyWarningPresets) as CopyWarningPreset[], {
        description: 'けん制文字 for its engine, chosen from a printed calibration sheet; default middle-gain.',
      }),
    ),
  },
  'A kiosk that may use the center.',
);

const MunicipalityConfig = Section(
  {
    lgCode: LgCode,
    name: Type.String({ minLength: 1, maxLength: 40, description: 'As shown at kiosks.' }),
    kinds: Type.Optional(
      Type.Array(CertificateKind, {
        description: 'Kinds that may be relayed; default all. Which are on its menu, its issuing server says.',
      }),
    ),
    issuers: Type.Array(Server('One issuing server; the next one is tried when this one cannot be connected to.'), {
      minItems: 1,
      description: '証明発行サーバ.',
    }),
    bindingKeyFile: File('256-bit key for subject and name references, shared with this municipality; hex.'),
    bindingSignerFiles: Type.Array(File('Public key, SPKI PEM.'), {
      minItems: 1,
      description: 'Ed25519 keys that sign its binding records.',
    }),
    approvedBuilds: Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), {
      description: 'Builds that passed the pre-evaluation; two while a new one is rolled out.',
    }),
    test: Type.Optional(Type.Boolean({ description: 'Its orders carry the test flag.' })),
  },
  'A participating municipality.',
);

export const CenterConfig = Section(
  {
    centerId: Id('Name of this center in login messages and manifests; the same for every process of it.'),
    listen: Section(
      {
        host: Type.String({ description: 'Address.' }),
        port: Type.Integer({ minimum: 0, maximum: 65535, description: 'Port; 0 = any free one.' }),
      },
      'Where kiosks call.',
    ),
    tls: Section(
      {
        keyFile: File('Private key, PEM.'),
        certFile: File('Cert chain, PEM.'),
        caFile: File('CAs of kiosks and issuing servers, PEM.'),
        crlFile: Type.Optional(
          File('One CRL for every CA in caFile, PEM. After its nextUpdate all peers of that CA are refused.'),
        ),
      },
      'Mutual TLS, as server and as client.',
    ),
    databaseUrlFile: File('PostgreSQL URL of the least-privilege role.'),
    keys: Section(
      {
        directoryKeyFile: File('256-bit key of the directory, shared with every municipality; hex.'),
        proofKeyFile: File('256-bit key for digests of proofs; hex.'),
        sealKeyFile: File('Ed25519 key that signs seal manifests and cancellation lists; PKCS#8 PEM.'),
        scrambling: SheetKey(
          '256-bit master key; hex. A verification site holds it as well.',
          'Enciphers the fronts on the backs of sheets.',
        ),
        sheetSigning: SheetKey('Ed25519 key; PKCS#8 PEM. No verification site holds it.', 'Signs the backs of sheets.'),
      },
      'Keys outside the database.',
    ),
    jpki: Section(
      {
        ocspUrl: Type.String({ pattern: '^https?://', description: 'The responder; never taken from a cert.' }),
        anchorFiles: Type.Array(File('A CA cert.'), { minItems: 1, description: 'Pinned CA certs, DER or PEM.' }),
        policyOids: Type.Array(Type.String({ pattern: '^[0-9.]+$' }), {
          minItems: 1,
          description: 'Policies of user-authentication certs.',
        }),
        algorithms: Type.Array(SignatureAlgorithm, { minItems: 1, description: 'Algorithms of cards.' }),
        timeoutMs: Milliseconds('Longest wait for the responder; default 3 s.'),
        ocspMaxAgeMs: Milliseconds('Oldest usable answer; default 10 min.'),
        ocspSkewMs: Milliseconds('How far clocks may differ; default 60 s.'),
      },
      '公的個人認証サービス.',
    ),
    kiosks: Type.Array(KioskConfig, { description: 'キオスク端末 that may use the center.' }),
    municipalities: Type.Array(MunicipalityConfig, { description: 'Participating municipalities.' }),
    inquiryUrl: Type.String({
      pattern: '^https?://[\\x21-\\x7e]{1,70}$',
      description: '問い合わせサイト as it stands on every back, in letters and as a code.',
    }),
    verificationSites: Type.Optional(
      Type.Array(Server('One 問い合わせサイト, by the address that the public cannot reach.'), {
        description: '問い合わせサイト that are told which copies are good for nothing; default none.',
      }),
    ),
    lasts: Type.Optional(
      Section(
        {
          challengeMs: Milliseconds('A challenge; default 90 s.'),
          provenMs: Milliseconds('A proven session; default 10 min.'),
          requestedMs: Milliseconds('An order without an answer; default 60 s.'),
          sealedMs: Milliseconds('A sealed order without payment; default 10 min.'),
          paidMs: Milliseconds('A paid order without outcome, before staff get a notice; default 30 min.'),
        },
        'How long each waiting state may last.',
      ),
    ),
    breaker: Type.Optional(
      Section(
        {
          opensAfter: Type.Optional(Type.Integer({ minimum: 1, description: 'Failures in a row; default 5.' })),
          pauseMs: Milliseconds('Until the next request may try; default 15 s.'),
        },
        'The breaker of each municipality, and of each of its kinds.',
      ),
    ),
    jobsEveryMs: Milliseconds('Pause between two rounds of background work; default 2 s.'),
    statusEveryMs: Milliseconds('Pause between two looks at the issuing servers; default 10 s.'),
    pdfWorkers: Type.Optional(Type.Integer({ minimum: 1, maximum: 64, description: 'Inspecting threads; default 1.' })),
    treatmentWorkers: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 64, description: 'Threads of the 偽造・改ざん防止処理; default 1.' }),
    ),
    inFlightMax: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Requests at the same time; more: TOO_BUSY. Default 64.' }),
    ),
    inFlightMaxPerPeer: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'Of them those of one kiosk or issuing server, so that none of them shuts the others out; default a quarter.',
      }),
    ),
    databaseConnectionsMax: Type.Optional(Type.Integer({ minimum: 2, description: 'Connections; default 10.' })),
    demo: Type.Optional(Type.Boolean({ description: 'A demonstration: the business clock may be moved.' })),
    businessClock: Type.Optional(
      Section({ offsetMs: Type.Integer({ description: 'Added to the machine’s time.' }) }, 'Only with demo.'),
    ),
  },
  '証明書交付センター.',
);

export type CenterConfig = Static<typeof CenterConfig>;
