/**
 * 異動: everything that can happen to a resident of an invented town, as data. The stand-in takes changes over its admin door, keeps
 * them in its journal and makes a batch of them visible at once.
 */
import { FeedEvent, LedgerDate, LgCode, RegistryPerson, ResidentId, Sha256 } from '@machikado/protocol';
import { type Static, type TProperties, Type } from 'typebox';

const Change = <const T extends string, P extends TProperties>(type: T, properties: P, description: string) =>
  Type.Object({ type: Type.Literal(type), ...properties }, { additionalProperties: false, description });

const { medium } = FeedEvent.properties;
const { name, nameKana, formerName, registeredDomicile, previousAddress, protection } = RegistryPerson.properties;
const Anchor = Sha256;
const Serial = Type.String({ pattern: '^[0-9a-f]{2,40}$' });
const cert = { residentId: ResidentId, anchor: Anchor, serial: Serial };
const Address = Type.String({ minLength: 1, maxLength: 400 });
const Residents = Type.Array(ResidentId, { minItems: 1, maxItems: 40, uniqueItems: true });

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
  Change('moved-out', { residentIds: Residents }, '転出.'),
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
      registeredDomicile: Type.Optional(registeredDomicile),
    },
    '氏名の変更.',
  ),
  Change('previous-address-corrected', { residentId: ResidentId, previousAddress }, '職権修正 of 転入前住所.'),
  Change('died', { residentId: ResidentId }, '死亡.'),
  Change('removed', { residentId: ResidentId }, '職権消除.'),
  Change('protection-set', { residentId: ResidentId, protection }, '支援措置 begun, changed or, with none, ended.'),
  Change('in-process-set', { residentId: ResidentId, inProcess: Type.Boolean() }, '異動処理中, on or off.'),
]);
export type RegistryChange = Static<typeof RegistryChange>;

export const RegistryChanges = Type.Object(
  { lgCode: LgCode, changes: Type.Array(RegistryChange, { minItems: 1, maxItems: 2000 }) },
  { additionalProperties: false, description: 'Changes of one town, all or none of them.' },
);
export type RegistryChanges = Static<typeof RegistryChanges>;
