/** Invented people for the tests of the form, in the invented town of 夕凪市. */
import type { CalendarDate } from '@machikado/domain';
import type { RegistryPerson, RegistryRecord } from '@machikado/protocol';
import type { CertificateContent } from '../../ports.ts';
import { drawSeal } from '../draw-seal.ts';

const date = (year: number, month: number | null, day: number | null) => ({ year, month, day });

export function person(order: number, changes: Partial<RegistryPerson> = {}): RegistryPerson {
  return {
    residentId: `R${order}`,
    order,
    name: '夕凪　一郎',
    nameKana: 'ユウナギ　イチロウ',
    formerName: null,
    formerNameKana: null,
    commonName: null,
    nationalityKind: 'japanese',
    status: 'resident',
    inProcess: false,
    birth: date(1985, 3, 5),
    sex: 'male',
    relationship: '世帯主',
    becameResidentOn: date(2012, 4, 1),
    addressSince: date(2019, 12, 10),
    notifiedOn: date(2019, 12, 12),
    previousAddress: '架空県霧笛町港一丁目２番３号',
    registeredDomicile: { address: '架空県夕凪市浜風二丁目１番', head: '夕凪　一郎' },
    foreign: null,
    myNumber: null,
    protection: 'none',
    ...changes,
  };
}

export function foreigner(order: number, changes: Partial<RegistryPerson> = {}): RegistryPerson {
  return person(order, {
    name: 'GARCIA MARTINEZ MARIA DEL CARMEN',
    nameKana: null,
    commonName: '架空　マリア',
    nationalityKind: 'foreign',
    birth: date(1990, 11, 23),
    sex: 'female',
    relationship: '妻',
    registeredDomicile: null,
    foreign: {
      nationality: 'フィリピン',
      category: '中長期在留者',
      residenceStatus: '日本人の配偶者等',
      periodOfStay: '３年',
      periodEndsOn: date(2028, 1, 9),
      cardNumber: 'ZZ99999999ZZ',
    },
    ...changes,
  });
}

export const family: readonly RegistryPerson[] = [
  person(1),
  person(2, {
    name: '夕凪　葛\u{E0100}子',
    nameKana: 'ユウナギ　カツラコ',
    formerName: '辻\u{E0100}',
    sex: 'female',
    relationship: '妻',
    birth: date(1989, 1, null),
  }),
  person(3, {
    name: '夕凪　𠮷乃',
    nameKana: null,
    sex: 'female',
    relationship: '子',
    birth: date(2019, 5, 1),
    previousAddress: null,
  }),
  foreigner(4, { relationship: '妻の母' }),
  person(5, { name: '夕凪　神\uFA19太', relationship: '子', birth: date(2021, 2, 28), sex: 'unspecified' }),
];

export function household(
  members: readonly RegistryPerson[] = family,
  address = '架空県夕凪市浜風二丁目１番地５　汐見ハイツ３０５号',
): RegistryRecord {
  return {
    lgCode: '990019',
    version: 'v1',
    readAt: '2026-11-22T03:00:00Z',
    address,
    headName: '夕凪　一郎',
    members: [...members],
  };
}

const sealSvg = drawSeal('夕凪市長之印');

/** A 住民票の写し of these members, or of `residentIds` of them. */
export function orderFor(
  record: RegistryRecord,
  { residentIds, ...changes }: Partial<CertificateContent> & { readonly residentIds?: readonly string[] } = {},
): CertificateContent {
  return {
    kind: 'resident-record',
    record,
    persons: record.members.filter((member) => residentIds?.includes(member.residentId) ?? true),
    scope: 'household',
    items: ['relationship', 'registered-domicile', 'previous-address', 'foreign-resident-items'],
    orderReference: '0f1e2d3c4b5a6978',
    issueNumber: 'a1b2c3d4e5f60718',
    issuedOn: '2026-11-22' as CalendarDate,
    mayor: { title: '架空県夕凪市長', name: '凪野　帆高', sealSvg },
    ...changes,
  };
}
