/**
 * 既存住基システム: what an issuing server reads from a town's own registry, and the feed by which 利用者登録 follows it.
 * A vendor puts an adapter for its own product behind these messages. Dates may be 不詳 (unknown), so they are never `Date`s;
 * letters are passed on as they are, never normalised.
 */
import { type Static, type TProperties, Type } from 'typebox';
import type { Endpoint } from './endpoints.ts';
import { Instant, LgCode, Position } from './identifiers.ts';

const Message = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const OneOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Enum<[...T]>([...values], { description });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Text = (maxLength: number, description: string) => Type.String({ maxLength, description });

export const ResidentId = Type.String({
  pattern: '^[0-9A-Za-z-]{1,32}$',
  description: '宛名番号 or the like; known inside the municipality only.',
});
export const LedgerDate = Message(
  {
    year: Type.Integer({ minimum: 1873, maximum: 2200 }),
    month: OrNull(Type.Integer({ minimum: 1, maximum: 12 })),
    day: OrNull(Type.Integer({ minimum: 1, maximum: 31 })),
  },
  'A date in a ledger; null = 不詳.',
);
export const personStatuses = ['resident', 'leaving', 'left', 'deceased', 'removed'] as const;
export const RegistryPerson = Message(
  {
    residentId: ResidentId,
    order: Type.Integer({ minimum: 1 }),
    name: Text(200, '氏名.'),
    nameKana: OrNull(Text(200, '氏名の振り仮名; null until it is fixed.')),
    formerName: OrNull(Text(200, '旧氏.')),
    commonName: OrNull(Text(200, '通称.')),
    nationalityKind: OneOf(['japanese', 'foreign'] as const, '日本人住民 or 外国人住民.'),
    status: OneOf(personStatuses, 'leaving = 転出届済, left = 転出, removed = 消除.'),
    inProcess: Type.Boolean({ description: '異動処理中.' }),
    birth: LedgerDate,
    sex: OneOf(['male', 'female', 'unspecified'] as const, '性別.'),
    relationship: Text(40, '続柄.'),
    becameResidentOn: OrNull(LedgerDate),
    addressSince: OrNull(LedgerDate),
    notifiedOn: OrNull(LedgerDate),
    previousAddress: OrNull(Text(400, '転入前住所.')),
    registeredDomicile: OrNull(
      Message({ address: Text(400, '本籍.'), head: Text(200, '筆頭者.') }, '本籍・筆頭者; null for 外国人住民.'),
    ),
    foreign: OrNull(
      Message(
        {
          nationality: Text(100, '国籍・地域.'),
          category: Text(100, '法第30条の45に規定する区分.'),
          residenceStatus: OrNull(Text(100, '在留資格.')),
          periodOfStay: OrNull(Text(100, '在留期間等.')),
          periodEndsOn: OrNull(LedgerDate),
          cardNumber: OrNull(Text(40, '在留カード等の番号.')),
        },
        'Items of 外国人住民.',
      ),
    ),
    protection: OneOf(['none', 'provisional', 'active', 'joint'] as const, '支援措置; joint = 併せて支援を求める者.'),
  },
  'One line of the 住民票.',
);
export const HouseholdRecord = Message(
  {
    lgCode: LgCode,
    /** Changes whenever anything that could be printed or that could forbid printing changes. */
    version: Type.String({ minLength: 1, maxLength: 80 }),
    readAt: Instant,
    address: Text(400, '住所.'),
    headName: Text(200, '世帯主.'),
    members: Type.Array(RegistryPerson, { minItems: 1, maxItems: 40 }),
  },
  'One household as one consistent snapshot, members in 記載順位.',
);
export const ReadHousehold = Message(
  { lgCode: LgCode, residentId: ResidentId, version: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })) },
  'Reads the household of a resident; with `version`, exactly that version or RECORD_CHANGED.',
);

export const feedEventTypes = [
  'cert-registered',
  'cert-renewed',
  'cert-withdrawn',
  'moved-in',
  'moved-out',
  'died',
] as const;
export const FeedEvent = Message(
  {
    seq: Position(1),
    type: OneOf(
      feedEventTypes,
      'cert-registered = 利用者登録 or 継続利用 of one cert; cert-renewed links an old serial to a new one.',
    ),
    residentId: ResidentId,
    anchor: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the anchor’s DER.' })),
    serial: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{2,40}$', description: 'Serial of the userAuthCert, hex.' }),
    ),
    previousAnchor: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    previousSerial: Type.Optional(Type.String({ pattern: '^[0-9a-f]{2,40}$' })),
    medium: Type.Optional(OneOf(['card', 'android', 'iphone'] as const, 'What carries the cert.')),
    at: Instant,
  },
  'One event for 利用者登録.',
);
export const ReadFeed = Message(
  { lgCode: LgCode, after: Position(0), limit: Type.Integer({ minimum: 1, maximum: 1000 }) },
  'Events after a sequence number.',
);
export const FeedPage = Message(
  {
    lgCode: LgCode,
    events: Type.Array(FeedEvent, { maxItems: 1000 }),
    latest: Position(0),
    readAt: Instant,
  },
  'A page of the feed; `latest` is the newest sequence number there is.',
);

const refusals = [
  'REGISTRY_UNAVAILABLE',
  'RECORD_CHANGED',
  'MUNICIPALITY_NOT_PARTICIPATING',
  'NOT_REGISTERED',
] as const;
export const registryEndpoints = {
  readHousehold: {
    id: 'RG-HOUSEHOLD',
    method: 'POST',
    path: '/v1/household',
    peer: 'municipality',
    body: ReadHousehold,
    reply: HouseholdRecord,
    bodyBytesMax: 4096,
    deadlineMs: 5_000,
    before: 'any',
    after: 'unchanged',
    onRepeat: 'reads again',
    onLostReply: 'read again',
    ledger: 'none',
    refusals,
  },
  readFeed: {
    id: 'RG-FEED',
    method: 'POST',
    path: '/v1/feed',
    peer: 'municipality',
    body: ReadFeed,
    reply: FeedPage,
    bodyBytesMax: 4096,
    deadlineMs: 20_000,
    before: 'any',
    after: 'unchanged',
    onRepeat: 'reads again',
    onLostReply: 'read again',
    ledger: 'none',
    refusals,
  },
} as const satisfies Record<string, Endpoint>;

export type LedgerDate = Static<typeof LedgerDate>;
export type RegistryPerson = Static<typeof RegistryPerson>;
export type HouseholdRecord = Static<typeof HouseholdRecord>;
export type ReadHousehold = Static<typeof ReadHousehold>;
export type FeedEvent = Static<typeof FeedEvent>;
export type FeedPage = Static<typeof FeedPage>;
export type ReadFeed = Static<typeof ReadFeed>;
