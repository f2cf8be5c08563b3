/** Settings of the 問い合わせサイト. Keys are files; it holds opening keys and public keys only, and one private key: that of its own reports. */
import { LgCode } from '@machikado/protocol';
import { type Static, type TProperties, Type } from 'typebox';

const Section = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const File = (description: string) => Type.String({ minLength: 1, description });
const Where = {
  host: Type.String({ description: 'Address.' }),
  port: Type.Integer({ minimum: 0, maximum: 65535, description: 'Port; 0 = any free one.' }),
};
const Count = (description: string, maximum = 1_000_000) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum, description }));
const KeyId = Type.Integer({ minimum: 0, maximum: 65535, description: 'As it stands in the header of a back.' });

export const VerificationConfig = Section(
  {
    public: Section(
      {
        ...Where,
        tls: Type.Optional(
          Section(
            { keyFile: File('Private key, PEM.'), certFile: File('Cert chain, PEM.') },
            'Without it the site answers on loopback only, behind a proxy that speaks TLS.',
          ),
        ),
        proxies: Type.Optional(
          Type.Array(Type.String(), {
            description: 'Addresses of proxies in front; their `X-Forwarded-For` is believed. Default: none.',
          }),
        ),
      },
      'Where receivers look sheets up.',
    ),
    inner: Type.Optional(
      Section(
        {
          ...Where,
          tls: Section(
            {
              keyFile: File('Private key, PEM.'),
              certFile: File('Cert chain, PEM.'),
              caFile: File('CA of the center, PEM.'),
              crlFile: Type.Optional(
                File('One CRL for every CA in caFile, PEM. After its nextUpdate the center is refused.'),
              ),
            },
            'Mutual TLS.',
          ),
          centerId: Type.String({ minLength: 1, maxLength: 40, description: 'The only center whose lists count.' }),
          spkiPins: Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), {
            minItems: 1,
            description: 'SHA-256 of the public keys by which the center may call, hex.',
          }),
          signerFiles: Type.Array(File('Public key, SPKI PEM.'), {
            minItems: 1,
            description: 'Ed25519 keys that sign cancellation lists.',
          }),
          stateDir: File('Folder in which the newest list outlasts a restart. It holds hashes of issue numbers only.'),
          listMaxAgeMs: Count('Age from which a list no longer proves that a number is not on it; default 24 h.', 1e12),
        },
        'Where the center pushes the cancellation list (失効一覧). Without it every sheet’s state is unknown.',
      ),
    ),
    keys: Section(
      {
        masters: Type.Array(Section({ id: KeyId, keyFile: File('256-bit key, hex.') }, 'One opening key.'), {
          minItems: 1,
          description: 'Keys that open sealed pictures, all that papers in use were sealed with.',
        }),
        signers: Type.Array(Section({ id: KeyId, keyFile: File('Ed25519 public key, SPKI PEM.') }, 'One public key.'), {
          minItems: 1,
          description: 'Keys under which headers are signed; a private one never comes here.',
        }),
        reportKeyFile: File('Ed25519 key that signs verification reports; PKCS#8 PEM.'),
      },
      'What is needed to read a back and to sign a report.',
    ),
    municipalities: Type.Array(
      Section(
        { lgCode: LgCode, name: Type.String({ minLength: 1, maxLength: 40, description: 'As shown.' }) },
        'A municipality.',
      ),
      { description: 'Names beside the codes; a code that is not listed is shown alone.' },
    ),
    pageDir: Type.Optional(File('Folder of the built page. Default: `web/dist`.')),
    limits: Type.Optional(
      Section(
        {
          atOnce: Count('Uploads worked on at the same time, one process each; default 2.', 64),
          waiting: Count('Uploads that wait for a place; default 60.', 1_000),
          bytesAtOnce: Count(
            'Bytes of all uploads that are held at the same time, those of one address up to a quarter; default 256 MiB.',
            2 ** 40,
          ),
          uploadBytes: Count('Bytes of one upload; default 48 MiB.', 2 ** 30),
          workMs: Count('Time for one upload; default 30 s.'),
          workBytes: Count('Memory of one process; default 1.5 GiB.', 2 ** 40),
          checksPerMinute: Count('Checks from one address in a minute; default 30.'),
        },
        'What the site bears.',
      ),
    ),
  },
  '問い合わせサイト.',
);

export type VerificationConfig = Static<typeof VerificationConfig>;
