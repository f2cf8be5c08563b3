/**
 * 異動: everything that can happen to a resident of an invented town, as data. The stand-in takes changes over its admin door, keeps
 * them in its journal and makes a batch of them visible at once.
 */
import {
  AddressHistory,
  FeedEvent,
  KosekiMember,
  LedgerDate,
  LgCode,
  RegistryPerson,
  ResidentId,
  Role,
  SealRegistration,
  Sha256,
  TaxLedger,
} from '@machikado/protocol';
import { type Static, type TProperties, Type } from 'typebox';

const Change = <const T extends string, P extends TProperties>(type: T, properties: P, description: string) =>
  Type.Object({ type: Type.Literal(type), ...properties }, { additionalProperties: false, description });

const { medium } = FeedEvent.properties;
const { name, nameKana, formerName, formerNameKana, registeredDomicile } = RegistryPerson.properties;
const { previousAddress, protection, myNumber } = RegistryPerson.properties;
const { registrationId } = SealRegistration.properties;
const Anchor = Sha256;
const Serial = Type.String({ pattern: '^[0-9a-f]{2,40}$' });
const cert = { residentId: ResidentId, anchor: Anchor, serial: Serial, role: Type.Optional(Role) };
const Address = Type.String({ minLength: 1, maxLength: 400 });
const Since = Type.Union([LedgerDate, Type.Null()]);
const Residents = Type.Array(ResidentId, { minItems: 1, maxItems: 40, uniqueItems: true });
const KosekiEvent = KosekiMember.properties.events.items;

export const RegistryChange = Type.Union([
  Change('cert-registered', { ...cert, medium: Type.Optional(medium) }, '利用者登録 or 継続利用 of one cert.'),
  Change(
    'cert-renewed',
    { ...cert, previousAnchor: Anchor, previousSerial: Serial },
    'A new cert takes the place of an old one.',
  ),
  Change('cert-withdrawn', cert, 'A cert no longer belongs to this resident.'),
  Change(
    'moved-in',
    { address: Address, members: Type.Array(RegistryPerson, { minItems: 1, maxItems: 40 }) },
    '転入: a new household; the first member is its head.',
  ),
  Change('move-out-notified', { residentIds: Residents }, '転出届.'),
  Change(
    'moved-out',
    {
      residentIds: Residents,
      to: Type.Optional(Type.Object({ address: Address, since: Since }, { additionalProperties: false })),
    },
    '転出; `to` is what the 附票 notes.',
  ),
  Change(
    'moved-within',
    { residentIds: Residents, address: Address, on: LedgerDate, notifiedOn: LedgerDate },
    '転居: the whole household, or some of it as a household of their own.',
  ),
  Change(
    'name-changed',
    {
      residentId: ResidentId,
      name,
      nameKana,
      formerName: Type.Optional(formerName),
      formerNameKana: Type.Optional(formerNameKana),
      registeredDomicile: Type.Optional(registeredDomicile),
    },
    '氏名の変更.',
  ),
  Change('previous-address-corrected', { residentId: ResidentId, previousAddress }, '職権修正 of 転入前住所.'),
  Change('my-number-corrected', { residentId: ResidentId, myNumber }, '個人番号 changed or corrected.'),
  Change('died', { residentId: ResidentId }, '死亡.'),
  Change('removed', { residentId: ResidentId }, '職権消除.'),
  Change('protection-set', { residentId: ResidentId, protection }, '支援措置 begun, changed or, with none, ended.'),
  Change('in-process-set', { residentId: ResidentId, inProcess: Type.Boolean() }, '異動処理中, on or off.'),

  Change('seal-registered', { residentId: ResidentId, registrationId, registeredOn: LedgerDate }, '印鑑登録.'),
  Change('seal-suspended', { registrationId }, '一時停止.'),
  Change('seal-resumed', { registrationId }, '一時停止の解除.'),
  Change('seal-cancelled', { registrationId }, '廃印, for good.'),

  Change(
    'tax-ledger-set',
    { residentId: ResidentId, ledger: TaxLedger },
    '賦課, 更正 or 納付: the ledger of one 年度 as it is from now on.',
  ),

  Change(
    'koseki-event',
    { residentId: ResidentId, event: KosekiEvent, removed: Type.Optional(Type.Boolean()) },
    '身分事項 of one person: 婚姻, 離婚, 養子縁組, 死亡 …; `removed` = 除籍 by it.',
  ),
  Change(
    'koseki-entered',
    { residentId: ResidentId, member: KosekiMember, history: AddressHistory.properties.members.items },
    '入籍 into the 戸籍 of that resident: 出生, 婚姻, 養子縁組.',
  ),
  Change(
    'koseki-transferred',
    { residentId: ResidentId, event: KosekiEvent, address: Address, leaves: Type.Boolean() },
    '転籍 of the whole 戸籍; `leaves` = to another municipality.',
  ),
  Change('koseki-in-process-set', { residentId: ResidentId, inProcess: Type.Boolean() }, '戸籍届出処理中, on or off.'),
  Change(
    'address-recorded',
    { residentId: ResidentId, address: Address, since: Since },
    'A 住所 that another municipality has told of, for the 附票.',
  ),
]);
export type RegistryChange = Static<typeof RegistryChange>;

export const RegistryChanges = Type.Object(
  { lgCode: LgCode, changes: Type.Array(RegistryChange, { minItems: 1, maxItems: 2000 }) },
  { additionalProperties: false, description: 'Changes of one town, all or none of them.' },
);
export type RegistryChanges = Static<typeof RegistryChanges>;
