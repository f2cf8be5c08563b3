/** Invented residents for the tests of this app. */
import type { RegistryPerson, RegistryRecord } from '@machikado/protocol';

export function person(change: Partial<RegistryPerson> = {}): RegistryPerson {
  return {
    residentId: 'r1',
    order: 1,
    name: '夕凪 太郎',
    nameKana: 'ユウナギ タロウ',
    formerName: null,
    formerNameKana: null,
    commonName: null,
    nationalityKind: 'japanese',
    status: 'resident',
    inProcess: false,
    birth: { year: 1985, month: 3, day: 5 },
    sex: 'unspecified',
    relationship: '世帯主',
    becameResidentOn: { year: 2010, month: 4, day: 1 },
    addressSince: { year: 2010, month: 4, day: 1 },
    notifiedOn: { year: 2010, month: 4, day: 1 },
    previousAddress: null,
    registeredDomicile: { address: '架空県夕凪市港町1番', head: '夕凪 太郎' },
    foreign: null,
    myNumber: null,
    protection: 'none',
    ...change,
  };
}

export function household(members: RegistryPerson[], change: Partial<RegistryRecord> = {}): RegistryRecord {
  return {
    lgCode: '990019',
    version: 'v1',
    readAt: '2026-11-20T03:00:00Z',
    address: '架空県夕凪市港町一丁目2番3号',
    headName: members[0]?.name ?? '',
    members,
    ...change,
  };
}
