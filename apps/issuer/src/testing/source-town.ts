/**
 * 既存システム of an invented town in two ways at once: as an API would answer, and as files. Both adapters are held to the same
 * promises with it.
 */
import { createHash } from 'node:crypto';
import {
  type AddressHistory,
  type FeedEvent,
  type Koseki,
  type ReadRecord,
  type RegistryPerson,
  type RegistryRecord,
  refuse,
  type SealRegistration,
  type StatusLineOfBook,
  statusBucketOf,
  statusDigestsOf,
  type TaxLedger,
} from '@machikado/protocol';
import type { Registry } from '../ports.ts';
import { dateCell, type FileRow, type FileRows } from './registry-files.ts';

export interface SourcePerson extends RegistryPerson {
  readonly householdId: string;
  readonly version: number;
}
export interface SourceCert {
  readonly residentId: string;
  readonly serial: string;
  readonly role: 'residence' | 'registered-domicile';
  readonly at: string;
  readonly withdrawn: boolean;
}
export interface SourceSeal extends SealRegistration {
  readonly residentId: string;
}

export const ANCHOR = 'a'.repeat(64);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Everything in it may be changed by a test; `tell` is what an API tells its followers about it. */
export function sourceTown(lgCode: string, now: () => Date) {
  const people = new Map<string, SourcePerson>();
  const domicileOnly = new Set<string>();
  const addresses = new Map<string, string>();
  const seals: SourceSeal[] = [];
  const taxes: { readonly residentId: string; readonly ledger: TaxLedger }[] = [];
  const kosekis: Koseki[] = [];
  const histories: AddressHistory[] = [];
  const certs: SourceCert[] = [];
  const protections = new Map<string, 'provisional' | 'active' | 'joint'>();
  const feed: FeedEvent[] = [];
  const toldAt = new Map<string, number>();

  function tell(event: Omit<FeedEvent, 'seq' | 'at'>, at = now().toISOString()): void {
    feed.push({ ...event, seq: feed.length + 1, at });
    if (['moved-in', 'moved-out', 'died'].includes(event.type)) toldAt.set(event.residentId, feed.length);
  }
  const protectionOf = (residentId: string) => protections.get(residentId) ?? 'none';
  const protectedOf = <T extends { residentId: string }>(person: T) => ({
    ...person,
    protection: protectionOf(person.residentId),
  });
  const isHere = ({ status }: SourcePerson) => status === 'resident' || status === 'leaving';

  function everythingAbout(residentId: string) {
    const own = people.get(residentId);
    const household = [...people.values()].filter(({ householdId }) => own && householdId === own.householdId);
    const bookOf = <B extends Koseki | AddressHistory>(books: readonly B[]) => {
      const book = books.find(({ members }) => members.some((member) => member.residentId === residentId));
      return book ? { ...book, members: (book.members as { residentId: string }[]).map(protectedOf) } : null;
    };
    const members = household
      .map(({ householdId: _, version: __, ...person }) => protectedOf(person))
      .sort((a, b) => a.order - b.order);
    const ofResident = seals.filter((seal) => seal.residentId === residentId).map(({ residentId: _, ...seal }) => seal);
    return {
      address: addresses.get(own?.householdId ?? '') ?? '',
      headName: members.find(({ relationship }) => relationship === '世帯主')?.name ?? '',
      members,
      seal: ofResident.find(({ state }) => state !== 'cancelled') ?? ofResident.at(-1) ?? null,
      taxes: taxes.filter((tax) => tax.residentId === residentId).map(({ ledger }) => ledger),
      koseki: bookOf(kosekis) as Koseki | null,
      addressHistory: bookOf(histories) as AddressHistory | null,
    };
  }

  function readRecord({ residentId, sections = [], fiscalYear, version }: ReadRecord): RegistryRecord {
    if (!people.has(residentId) && !domicileOnly.has(residentId)) refuse('NOT_REGISTERED', 'no such resident');
    const all = everythingAbout(residentId);
    const current = sha256(JSON.stringify(all)).slice(0, 32);
    if (version !== undefined && version !== current) refuse('RECORD_CHANGED', 'changed');
    const { seal, taxes: ledgers, koseki, addressHistory, ...home } = all;
    return {
      ...{ lgCode, version: current, readAt: now().toISOString(), ...home },
      ...(sections.includes('seal') && { seal }),
      ...(sections.includes('tax') && { tax: ledgers.find((ledger) => ledger.fiscalYear === fiscalYear) ?? null }),
      ...(sections.includes('koseki') && { koseki }),
      ...(sections.includes('address-history') && { addressHistory }),
    };
  }

  function linesOf(book: 'residents' | 'seals'): StatusLineOfBook[] {
    if (book === 'seals') {
      return seals.map(({ registrationId, registrationVersion, state, residentId }) => {
        return { id: registrationId, version: registrationVersion, state, residentId };
      });
    }
    const living = [...people.values()].map((person): StatusLineOfBook => {
      return {
        id: person.residentId,
        version: toldAt.get(person.residentId) ?? 0,
        state: isHere(person) ? 'present' : 'gone',
      };
    });
    return [...living, ...[...domicileOnly].map((id) => ({ id, version: 0, state: 'domicile' as const }))];
  }

  const api: Registry = {
    readRecord: async (question) => readRecord(question),
    readFeed: async ({ after, limit }) => {
      const events = feed.slice(after, after + limit);
      return { lgCode, events, latest: feed.length, readAt: now().toISOString() };
    },
    readStatusDigest: async ({ book, bucket }) => {
      const lines = linesOf(book);
      const found = lines.filter(({ id }) => statusBucketOf(id, sha256) === bucket);
      const said = bucket === undefined ? { digests: statusDigestsOf(lines, sha256) } : { lines: found };
      return { lgCode, latest: feed.length, readAt: now().toISOString(), ...said };
    },
  };

  return {
    ...{
      lgCode,
      people,
      domicileOnly,
      addresses,
      seals,
      taxes,
      kosekis,
      histories,
      certs,
      protections,
      feed,
      tell,
      api,
    },
    files: (): FileRows => ({
      residents: [
        ...[...people.values()].map((person) => residentRow(person, everythingAbout(person.residentId))),
        ...[...domicileOnly].map((宛名番号) => ({ 宛名番号, 住民状態: '住登外' })),
      ],
      protections: [...protections].map(([宛名番号, measure]) => ({
        ...{ 宛名番号, 支援措置開始年月日: '2026-01-10', 支援措置終了年月日: '2026-06-30' },
        措置区分: { provisional: '仮支援措置', active: '支援措置', joint: '併せて支援' }[measure],
      })),
      seals: seals.map(sealRow),
      tax: taxes.map(({ residentId, ledger }) => taxRow(residentId, ledger)),
      koseki: kosekis.flatMap((koseki) => koseki.members.map((member) => kosekiRow(koseki, member))),
      'address-history': histories.flatMap((book) => book.members.map((member) => historyRow(book, member))),
      certs: certs.map(certRow),
    }),
  };
}
export type SourceTown = ReturnType<typeof sourceTown>;

const statusWords = { resident: '現存', leaving: '転出予定', left: '転出', deceased: '死亡', removed: '消除' } as const;
const sexWords = { male: '男', female: '女', unspecified: '' } as const;
const bookWords = { current: '現在', 'in-process': '処理中', closed: '除籍' } as const;
const lineWords = { recorded: '在籍', removed: '除籍' } as const;

function residentRow(person: SourcePerson, { address, headName }: { address: string; headName: string }): FileRow {
  const [, prefecture = '', city = '', rest = ''] = /^(架空県)([^市町]+[市町])(.*)$/.exec(address) ?? [];
  const { foreign, registeredDomicile } = person;
  return {
    ...{ 宛名番号: person.residentId, 履歴番号: person.version, 世帯番号: person.householdId, 記載順位: person.order },
    ...{ 住民種別: foreign ? '外国人' : '日本人', 住民状態: statusWords[person.status], 世帯主氏名: headName },
    ...{ 異動処理中: person.inProcess ? 1 : 0, 続柄: person.relationship, 氏名: person.name },
    ...{ 氏名_フリガナ: person.nameKana ?? '', 氏名_フリガナ確認状況: person.nameKana === null ? 0 : 1 },
    ...{ 旧氏: person.formerName ?? '', 旧氏_フリガナ: person.formerNameKana ?? '', 通称: person.commonName ?? '' },
    ...{ 生年月日: dateCell(person.birth), 性別: sexWords[person.sex], 転入前住所: person.previousAddress ?? '' },
    ...{ 住民となった年月日: dateCell(person.becameResidentOn), 住所を定めた年月日: dateCell(person.addressSince) },
    ...{ 届出年月日: dateCell(person.notifiedOn), 住所_都道府県: prefecture, 住所_市区郡町村: city, 住所_町字: rest },
    ...{
      本籍: registeredDomicile?.address ?? '',
      筆頭者: registeredDomicile?.head ?? '',
      個人番号: person.myNumber ?? '',
    },
    ...(foreign && {
      ...{ '国籍・地域': foreign.nationality, 法第30条の45に規定する区分: foreign.category },
      ...{ 在留資格: foreign.residenceStatus ?? '', 在留期間等: foreign.periodOfStay ?? '' },
      ...{ 在留期間の満了の日: dateCell(foreign.periodEndsOn), 在留カード等の番号: foreign.cardNumber ?? '' },
    }),
  };
}

function sealRow({
  residentId,
  registrationId,
  registrationVersion,
  state,
  registeredOn,
  imprint,
}: SourceSeal): FileRow {
  return {
    ...{ 宛名番号: residentId, 印鑑登録番号: registrationId, 履歴番号: registrationVersion },
    ...{
      登録状態: { active: '登録', suspended: '一時停止', cancelled: '廃止' }[state],
      登録年月日: dateCell(registeredOn),
    },
    ...{ 印影: imprint.png, 印影_幅: imprint.widthMm, 印影_高さ: imprint.heightMm },
  };
}

function taxRow(residentId: string, ledger: TaxLedger): FileRow {
  const states = {
    fixed: '確定',
    undeclared: '未申告',
    'in-process': '処理中',
    'no-taxing-right': '課税権なし',
    stopped: '発行停止',
  };
  return {
    ...{ 宛名番号: residentId, 課税年度: ledger.fiscalYear, 課税状態: states[ledger.state] },
    ...{ '1月1日の住所': ledger.addressOnNewYear ?? '', 所得: JSON.stringify(ledger.income) },
    ...{ 総所得金額: ledger.totalIncomeYen, 所得控除: JSON.stringify(ledger.deductions) },
    ...{ 扶養: JSON.stringify(ledger.dependants), 課税標準額: ledger.taxableIncomeYen },
    ...{ 税額: JSON.stringify(ledger.assessed), 年税額: ledger.totalAssessedYen },
    ...{ 納付: JSON.stringify(ledger.payments), 納付反映年月日: dateCell(ledger.paymentsPostedUntil) },
  };
}

function kosekiRow(koseki: Koseki, member: Koseki['members'][number]): FileRow {
  return {
    ...{ 宛名番号: member.residentId, 戸籍番号: koseki.kosekiId, 戸籍状態: bookWords[koseki.state] },
    ...{ 本籍: koseki.address, 筆頭者: koseki.head, 氏の振り仮名: koseki.surnameKana ?? '' },
    ...{ 戸籍事項: JSON.stringify(koseki.events), 記載順位: member.order, 名: member.name, 続柄: member.relationship },
    ...{
      名の振り仮名: member.nameKana ?? '',
      生年月日: dateCell(member.birth),
      父: member.father ?? '',
      母: member.mother ?? '',
    },
    ...{ 養父: member.adoptiveFather ?? '', 養母: member.adoptiveMother ?? '', 記載状態: lineWords[member.status] },
    ...{ 配偶者区分: member.spouseOf === null ? '' : { husband: '夫', wife: '妻' }[member.spouseOf] },
    身分事項: JSON.stringify(member.events),
  };
}

function historyRow(book: AddressHistory, member: AddressHistory['members'][number]): FileRow {
  return {
    ...{ 宛名番号: member.residentId, 戸籍番号: book.kosekiId, 附票状態: bookWords[book.state], 本籍: book.address },
    ...{ 筆頭者: book.head, 記載順位: member.order, 氏名: member.name, 生年月日: dateCell(member.birth) },
    ...{ 性別: sexWords[member.sex], 記載状態: lineWords[member.status], 住所: JSON.stringify(member.addresses) },
    在外選挙人名簿登録市区町村名: member.overseasElector ?? '',
  };
}

function certRow({ residentId, serial, role, at, withdrawn }: SourceCert): FileRow {
  return {
    ...{ 宛名番号: residentId, 発行者: ANCHOR, シリアル番号: serial, 登録日時: at, 媒体: 'カード' },
    ...{
      登録区分: role === 'residence' ? '住所地' : '本籍地',
      登録状態: withdrawn ? '失効' : '登録',
      履歴番号: withdrawn ? 2 : 1,
    },
  };
}
