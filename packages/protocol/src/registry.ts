/**
 * 既存住基システム: what an issuing server reads from a town's own registry, and the feed by which 利用者登録 follows it.
 * A vendor puts an adapter for its own product behind these messages. Dates may be 不詳 (unknown), so they are never `Date`s;
 * letters are passed on as they are, never normalised.
 */
import { type Static, type TProperties, Type } from 'typebox';
import type { Endpoint } from './endpoints.ts';
import { Base64, Instant, LgCode, Position, Sha256 } from './identifiers.ts';
import { FiscalYear, Role } from './messages.ts';
import { STATUS_BUCKETS } from './status-digest.ts';

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
/** Of the sections beside the household; random or the town’s own, never a name. */
const SectionId = Type.String({ pattern: '^[0-9A-Za-z-]{1,32}$' });

const Protection = OneOf(
  ['none', 'provisional', 'active', 'joint'] as const,
  '支援措置; provisional = 仮支援措置, joint = 併せて支援を求める者.',
);

export const personStatuses = ['resident', 'leaving', 'left', 'deceased', 'removed'] as const;
export const RegistryPerson = Message(
  {
    residentId: ResidentId,
    order: Type.Integer({ minimum: 1 }),
    name: Text(200, '氏名.'),
    nameKana: OrNull(Text(200, '氏名の振り仮名; null until it is fixed.')),
    formerName: OrNull(Text(200, '旧氏.')),
    formerNameKana: OrNull(Text(200, '旧氏の振り仮名.')),
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
    myNumber: OrNull(Type.String({ pattern: '^[0-9]{12}$', description: '個人番号; null where the town keeps none.' })),
    protection: Protection,
  },
  'One line of the 住民票.',
);

// 印鑑登録原票
export const sealStates = ['active', 'suspended', 'cancelled'] as const;
export const SealRegistration = Message(
  {
    registrationId: SectionId,
    /** Grows with every change; a lower one never takes the place of a higher one. */
    registrationVersion: Position(1),
    state: OneOf(sealStates, 'suspended = 一時停止, cancelled = 廃印, for good: who registers again gets another id.'),
    registeredOn: OrNull(LedgerDate),
    imprint: Message(
      {
        png: Base64(200_000, '印影, bilevel PNG of 400 dpi or more.'),
        widthMm: Type.Number({ minimum: 8, maximum: 25 }),
        heightMm: Type.Number({ minimum: 8, maximum: 25 }),
      },
      'The imprint at its own size.',
    ),
  },
  '印鑑登録.',
);

// 税
const Amount = Message(
  {
    label: Text(40, 'Name of the item, as it is printed.'),
    yen: Type.Integer({ minimum: -99_999_999_999, maximum: 99_999_999_999 }),
  },
  'One line of a tax ledger.',
);
export const TaxLedger = Message(
  {
    fiscalYear: FiscalYear,
    state: OneOf(
      ['fixed', 'undeclared', 'in-process', 'no-taxing-right', 'stopped'] as const,
      'undeclared = 未申告, in-process = 賦課・更正の処理中, no-taxing-right = 1月1日に住所がない, stopped = 発行停止.',
    ),
    addressOnNewYear: OrNull(Text(400, '1月1日の住所.')),
    income: Type.Array(Amount, { maxItems: 30, description: '所得の内訳 of the year before.' }),
    totalIncomeYen: Type.Integer(),
    deductions: Type.Array(Amount, { maxItems: 30, description: '所得控除.' }),
    dependants: Type.Array(
      Message({ label: Text(40, '扶養の区分.'), count: Type.Integer({ minimum: 0, maximum: 40 }) }, '扶養.'),
      { maxItems: 12 },
    ),
    taxableIncomeYen: Type.Integer({ minimum: 0 }),
    assessed: Type.Array(Amount, {
      maxItems: 12,
      description: '均等割, 所得割, 森林環境税 …: 市町村民税 and 道府県民税.',
    }),
    totalAssessedYen: Type.Integer({ minimum: 0 }),
    payments: Type.Array(
      Message(
        {
          term: Text(20, '期別.'),
          dueYen: Type.Integer({ minimum: 0 }),
          paidYen: Type.Integer({ minimum: 0 }),
          dueOn: LedgerDate,
        },
        'One term.',
      ),
      { maxItems: 20, description: '納付.' },
    ),
    /** 納付 that came in later is not in it. */
    paymentsPostedUntil: OrNull(LedgerDate),
  },
  '課税台帳 of one person and one 年度.',
);

// 戸籍
const KosekiEvent = Message(
  {
    title: Text(20, '事項: 出生, 婚姻, 養子縁組, 離婚, 転籍, 死亡, 戸籍改製 …'),
    items: Type.Array(Message({ label: Text(40, '【…】'), value: Text(400, '') }, 'One line.'), { maxItems: 20 }),
  },
  'One 事項 with its lines, as they stand in the 戸籍.',
);
export const KosekiMember = Message(
  {
    residentId: ResidentId,
    order: Type.Integer({ minimum: 1 }),
    name: Text(200, '名.'),
    nameKana: OrNull(Text(200, '名の振り仮名.')),
    birth: LedgerDate,
    father: OrNull(Text(200, '父.')),
    mother: OrNull(Text(200, '母.')),
    adoptiveFather: OrNull(Text(200, '養父.')),
    adoptiveMother: OrNull(Text(200, '養母.')),
    relationship: Text(20, '続柄: 長男 …'),
    spouseOf: OrNull(OneOf(['husband', 'wife'] as const, '配偶者区分: 夫, 妻.')),
    status: OneOf(['recorded', 'removed'] as const, 'removed = 除籍.'),
    protection: Protection,
    events: Type.Array(KosekiEvent, { maxItems: 40, description: '身分事項.' }),
  },
  'One person of a 戸籍.',
);
export const Koseki = Message(
  {
    kosekiId: SectionId,
    address: Text(400, '本籍.'),
    /** 氏 and 名 of the 筆頭者. */
    head: Text(200, '筆頭者氏名.'),
    /** 氏の振り仮名 */
    surnameKana: OrNull(Text(200, '')),
    state: OneOf(['current', 'in-process', 'closed'] as const, 'in-process = 届出処理中, closed = 除籍 or 改製原.'),
    events: Type.Array(KosekiEvent, { maxItems: 20, description: '戸籍事項.' }),
    members: Type.Array(KosekiMember, { minItems: 1, maxItems: 30 }),
  },
  'One computerised 戸籍, members in the order of entry.',
);

/** Of one person; a book that is full is renewed (改製). */
export const addressesMax = 60;

// 戸籍の附票
export const AddressHistory = Message(
  {
    kosekiId: SectionId,
    address: Text(400, '本籍.'),
    head: Text(200, '筆頭者氏名.'),
    state: OneOf(['current', 'in-process', 'closed'] as const, ''),
    members: Type.Array(
      Message(
        {
          residentId: ResidentId,
          order: Type.Integer({ minimum: 1 }),
          name: Text(200, '氏名.'),
          birth: LedgerDate,
          sex: OneOf(['male', 'female', 'unspecified'] as const, '性別.'),
          status: OneOf(['recorded', 'removed'] as const, 'removed = 除籍.'),
          protection: Protection,
          addresses: Type.Array(
            Message({ address: Text(400, '住所.'), since: OrNull(LedgerDate) }, 'One 住所, the oldest first.'),
            {
              minItems: 1,
              maxItems: addressesMax,
            },
          ),
          overseasElector: OrNull(Text(100, '在外選挙人名簿登録市区町村名.')),
        },
        'One person of the 附票.',
      ),
      { minItems: 1, maxItems: 30 },
    ),
  },
  '戸籍の附票.',
);
/** Parts of a town’s books that are kept apart; the household is always read. */
export const registrySections = ['seal', 'tax', 'koseki', 'address-history'] as const;
export const RegistrySection = OneOf(
  registrySections,
  'seal = 印鑑登録, tax = 課税台帳, koseki = 戸籍, address-history = 戸籍の附票.',
);
export const RegistryRecord = Message(
  {
    lgCode: LgCode,
    /** Of all of it, sections included: changes whenever anything that could be printed or that could forbid printing changes. */
    version: Type.String({ minLength: 1, maxLength: 80 }),
    readAt: Instant,
    address: Text(400, '住所; empty where nobody lives here.'),
    headName: Text(200, '世帯主.'),
    members: Type.Array(RegistryPerson, {
      maxItems: 40,
      description: 'Empty for somebody who has only the 本籍 here.',
    }),
    /** A section is there exactly when it was asked for; null = the resident has none. */
    seal: Type.Optional(OrNull(SealRegistration)),
    tax: Type.Optional(OrNull(TaxLedger)),
    koseki: Type.Optional(OrNull(Koseki)),
    addressHistory: Type.Optional(OrNull(AddressHistory)),
  },
  'What the books say about one resident as one consistent snapshot: the household, members in 記載順位, and the sections asked for.',
);
export const ReadRecord = Type.Object(
  {
    lgCode: LgCode,
    residentId: ResidentId,
    sections: Type.Optional(Type.Array(RegistrySection, { maxItems: registrySections.length, uniqueItems: true })),
    fiscalYear: Type.Optional(FiscalYear),
    version: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  },
  {
    additionalProperties: false,
    description:
      'Reads the record of a resident; with `version`, exactly that version or RECORD_CHANGED. The section `tax` is that of `fiscalYear`, which it needs.',
    if: { required: ['sections'], properties: { sections: { contains: { const: 'tax' } } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['fiscalYear'] },
  },
);

export const residentEventTypes = [
  'cert-registered',
  'cert-renewed',
  'cert-withdrawn',
  'moved-in',
  'moved-out',
  'died',
] as const;
export const sealEventTypes = ['seal-registered', 'seal-suspended', 'seal-resumed', 'seal-cancelled'] as const;
export const feedEventTypes = [...residentEventTypes, ...sealEventTypes] as const;
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
    /** Of a cert; absent = residence. */
    role: Type.Optional(Role),
    /** Of a 印鑑登録. */
    registrationId: Type.Optional(SectionId),
    registrationVersion: Type.Optional(Position(1)),
    at: Instant,
  },
  'One event for 利用者登録 and 印鑑登録.',
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

/** 突合 of the states that the feed tells of; how a digest is counted stands in `status-digest.ts`. */
export const statusBooks = ['residents', 'seals'] as const;
export const residentStates = ['present', 'gone', 'domicile'] as const;
export const ReadStatusDigest = Message(
  {
    lgCode: LgCode,
    book: OneOf(statusBooks, 'residents = 住民 and who has only the 本籍 here, seals = 印鑑登録.'),
    bucket: Type.Optional(
      Type.Integer({ minimum: 0, maximum: STATUS_BUCKETS - 1, description: 'Asks for the lines of this bucket.' }),
    ),
  },
  'Asks for the digests of a whole book, or for the lines of one bucket.',
);
export const StatusLineOfBook = Message(
  {
    id: Type.String({ pattern: '^[0-9A-Za-z-]{1,32}$', description: 'residentId or registrationId.' }),
    version: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description:
        'Of a seal its registrationVersion; of a resident the seq of the newest moved-in, moved-out or died, 0 before any.',
    }),
    state: OneOf(
      [...residentStates, ...sealStates] as const,
      'present = 住民 (転出届済 too), gone = 転出, 死亡 or 消除, domicile = only the 本籍 is here; of a seal its state.',
    ),
    /** Of a seal: whose it is. */
    residentId: Type.Optional(ResidentId),
  },
  'One resident or one 印鑑登録; what was cancelled stays in the book.',
);
export const StatusDigest = Message(
  {
    lgCode: LgCode,
    /** The books as they were when the feed stood here. */
    latest: Position(0),
    readAt: Instant,
    digests: Type.Optional(Type.Array(Sha256, { minItems: STATUS_BUCKETS, maxItems: STATUS_BUCKETS })),
    lines: Type.Optional(Type.Array(StatusLineOfBook, { maxItems: 200_000 })),
  },
  '`digests` without a bucket, `lines` of the bucket that was asked for.',
);

const refusals = [
  'REGISTRY_UNAVAILABLE',
  'RECORD_CHANGED',
  'MUNICIPALITY_NOT_PARTICIPATING',
  'NOT_REGISTERED',
] as const;
export const registryEndpoints = {
  readRecord: {
    id: 'RG-RECORD',
    method: 'POST',
    path: '/v1/record',
    peer: 'municipality',
    body: ReadRecord,
    reply: RegistryRecord,
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
  readStatusDigest: {
    id: 'RG-STATUS-DIGEST',
    method: 'POST',
    path: '/v1/status-digest',
    peer: 'municipality',
    body: ReadStatusDigest,
    reply: StatusDigest,
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
export type SealRegistration = Static<typeof SealRegistration>;
export type TaxLedger = Static<typeof TaxLedger>;
export type KosekiMember = Static<typeof KosekiMember>;
export type Koseki = Static<typeof Koseki>;
export type AddressHistory = Static<typeof AddressHistory>;
export type RegistrySection = Static<typeof RegistrySection>;
export type RegistryRecord = Static<typeof RegistryRecord>;
export type ReadRecord = Static<typeof ReadRecord>;
export type FeedEvent = Static<typeof FeedEvent>;
export type FeedPage = Static<typeof FeedPage>;
export type ReadFeed = Static<typeof ReadFeed>;
export type ReadStatusDigest = Static<typeof ReadStatusDigest>;
export type StatusLineOfBook = Static<typeof StatusLineOfBook>;
export type StatusDigest = Static<typeof StatusDigest>;
