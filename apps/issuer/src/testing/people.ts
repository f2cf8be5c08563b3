/** Invented residents for the tests of this app. */
import type {
  AddressHistory,
  Koseki,
  KosekiMember,
  RegistryPerson,
  RegistryRecord,
  SealRegistration,
  TaxLedger,
} from '@machikado/protocol';

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

export function sealOf(change: Partial<SealRegistration> = {}): SealRegistration {
  return {
    registrationId: 'seal-1',
    registrationVersion: 1,
    state: 'active',
    registeredOn: { year: 2015, month: 6, day: 1 },
    imprint: { png: '', widthMm: 12, heightMm: 12 },
    ...change,
  };
}

/** 令和8年度: taxed, and paid as far as it is due by 20 November. */
export function taxOf(change: Partial<TaxLedger> = {}): TaxLedger {
  const term = (name: string, month: number, day: number, paidYen: number) => ({
    ...{ term: name, dueYen: 30_000, paidYen },
    dueOn: { year: month < 4 ? 2027 : 2026, month, day },
  });
  return {
    fiscalYear: 2026,
    state: 'fixed',
    addressOnNewYear: '架空県夕凪市港町一丁目2番3号',
    income: [{ label: '給与所得', yen: 3_000_000 }],
    totalIncomeYen: 3_000_000,
    deductions: [{ label: '基礎控除', yen: 430_000 }],
    dependants: [],
    taxableIncomeYen: 2_570_000,
    assessed: [{ label: '所得割', yen: 120_000 }],
    totalAssessedYen: 120_000,
    payments: [
      term('第1期', 6, 30, 30_000),
      term('第2期', 8, 31, 30_000),
      term('第3期', 11, 2, 30_000),
      term('第4期', 2, 1, 0),
    ],
    paymentsPostedUntil: { year: 2026, month: 11, day: 6 },
    ...change,
  };
}

export function kosekiMember(change: Partial<KosekiMember> = {}): KosekiMember {
  return {
    ...{ residentId: 'r1', order: 1, name: '太郎', nameKana: 'タロウ', birth: { year: 1985, month: 3, day: 5 } },
    ...{ father: '夕凪 一', mother: '夕凪 海', adoptiveFather: null, adoptiveMother: null, relationship: '長男' },
    ...{ spouseOf: null, status: 'recorded', protection: 'none', events: [] },
    ...change,
  };
}

export function kosekiOf(members: KosekiMember[], change: Partial<Koseki> = {}): Koseki {
  return {
    ...{ kosekiId: 'k1', address: '架空県夕凪市港町1番', head: '夕凪 太郎', surnameKana: 'ユウナギ', state: 'current' },
    ...{ events: [], members },
    ...change,
  };
}

type HistoryMember = AddressHistory['members'][number];
export function historyMember(change: Partial<HistoryMember> = {}): HistoryMember {
  return {
    ...{ residentId: 'r1', order: 1, name: '夕凪 太郎', birth: { year: 1985, month: 3, day: 5 }, sex: 'unspecified' },
    ...{ status: 'recorded', protection: 'none', overseasElector: null },
    addresses: [{ address: '架空県夕凪市港町一丁目2番3号', since: { year: 2010, month: 4, day: 1 } }],
    ...change,
  };
}

export function historyOf(members: HistoryMember[], change: Partial<AddressHistory> = {}): AddressHistory {
  return { kosekiId: 'k1', address: '架空県夕凪市港町1番', head: '夕凪 太郎', state: 'current', members, ...change };
}
