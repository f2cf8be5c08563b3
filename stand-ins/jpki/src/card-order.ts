/** What it takes to order a card from the test JPKI: also the body of POST /admin/cards. */
import { chips, media } from '@machikado/card';
import { type Static, Type } from 'typebox';
import { revocationReasons } from './profile.ts';

const Message = <P extends Record<string, Type.TSchema>>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const Instant = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z$',
  description: 'UTC, RFC 3339.',
});

export const CardOrder = Message(
  {
    issuedBy: Type.String({ pattern: '^\\d{5}$', description: 'Issuing municipality, five digits.' }),
    birthday: Type.String({
      pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
      description: 'MM-DD: certs and card end on a birthday.',
    }),
    medium: Type.Optional(Type.Enum([...media], { description: 'Card or phone; card when left out.' })),
    chip: Type.Optional(
      Type.Enum([...chips], { description: 'damaged: answers to nothing; foreign: no JPKI application.' }),
    ),
    pin: Type.Optional(
      Type.Union([Type.String({ pattern: '^\\d{4}$' }), Type.Null()], {
        description: '4 digits, 1234 when left out; null = 暗証番号設定なし.',
      }),
    ),
    signPin: Type.Optional(
      Type.String({ pattern: '^[A-Z0-9]{6,16}$', description: 'Signature password, ABC123 when left out.' }),
    ),
    withoutSignatureCert: Type.Optional(
      Type.Boolean({ description: 'For children under 15, and where a second RSA key is not worth waiting for.' }),
    ),
    generation: Type.Optional(Type.Enum([1, 2, 3], { description: 'Generation of the CA; 3 when left out.' })),
    algorithm: Type.Optional(
      Type.Enum(['rsa-pkcs1-sha256', 'ecdsa-p384-sha384'], {
        description: 'Algorithm of the card’s keys; RSA-2048 of today when left out.',
      }),
    ),
    issuedAt: Type.Optional(Instant),
    notAfter: Type.Optional(Instant),
  },
  'A card to be made.',
);
export type CardOrder = Static<typeof CardOrder>;

export const CertName = Message(
  {
    anchorFingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    serial: Type.String({ pattern: '^[0-9a-f]{2,40}$' }),
  },
  'One cert: SHA-256 of its root and its serial.',
);

export const RevocationOrder = Message(
  {
    cert: CertName,
    reason: Type.Enum(Object.keys(revocationReasons) as (keyof typeof revocationReasons)[], {
      description: 'certificateHold = 一時停止.',
    }),
  },
  'A cert to be revoked.',
);

export const RenewalOrder = Message(
  { certs: Type.Array(CertName, { minItems: 1, maxItems: 2 }), card: CardOrder },
  '更新: the new card, and the certs that it supersedes.',
);
