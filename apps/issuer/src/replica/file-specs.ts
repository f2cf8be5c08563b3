/**
 * The files of a registry without an API: one for each of its parts, always the whole of it. Names of columns follow the data
 * requirement of the 標準準拠システム where it is public; docs/registry-files.md says which are ours.
 */
import { AddressHistory, Koseki, KosekiMember, RegistryPerson, SealRegistration, TaxLedger } from '@machikado/protocol';
import { type TObject, type TSchema, Type } from 'typebox';
import type { RowCells } from './row-cells.ts';

export const registryFiles = [
  'residents',
  'protections',
  'seals',
  'tax',
  'koseki',
  'address-history',
  'certs',
] as const;
export type RegistryFile = (typeof registryFiles)[number];

export interface RowContent {
  readonly id: string;
  readonly residentId: string;
  /** 世帯, 戸籍: who stands on one paper. */
  readonly groupId: string | null;
  readonly ended: boolean;
  /** Ended, and never begins again. */
  readonly final: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}
export interface FileSpec {
  readonly name: string;
  readonly columns: readonly string[];
  /** What a row must be beside its cells. */
  readonly shape: TSchema;
  /** What was deleted from it, or is missing, never begins again. */
  readonly endsForGood: boolean;
  /** Whatever is missing from the file has ended; not a protection, which ends by its own row only. */
  readonly absenceEnds: boolean;
  read(cells: RowCells): RowContent;
}

/** Which version of which row this is; rows that are not the newest only say so. */
export const commonColumns = [
  '市区町村コード',
  '宛名番号',
  '履歴番号',
  '最新フラグ',
  '削除フラグ',
  '操作年月日',
  '操作時刻',
];

const LASTS = { ended: false, final: false } as const;
const endedIf = (ended: boolean) => ({ ended, final: ended });

const sexes = { 男: 'male', 女: 'female', '': 'unspecified' } as const;
const inBook = { 在籍: 'recorded', 除籍: 'removed' } as const;
const bookStates = { 現在: 'current', 処理中: 'in-process', 除籍: 'closed' } as const;
const statuses = {
  ...{ 現存: 'resident', 転出予定: 'leaving', 転出: 'left', 死亡: 'deceased', 消除: 'removed' },
  住登外: 'elsewhere',
} as const;
const measures = { 仮支援措置: 'provisional', 支援措置: 'active', 併せて支援: 'joint' } as const;

/** 支援措置 comes from a file of its own. */
function withoutProtection({ properties }: TObject): TObject {
  return Type.Object(Object.fromEntries(Object.entries(properties).filter(([name]) => name !== 'protection')));
}

/** One row for each person of a book; what these rows share must be the same in all of them. */
function bookRow({ properties }: TObject, member: TObject): TObject {
  const { members: _, ...head } = properties;
  return Type.Object({ head: Type.Object(head), member: withoutProtection(member) });
}

const residents: FileSpec = {
  name: '001o006.csv',
  columns: [
    ...['世帯番号', '記載順位', '住民種別', '住民状態', '異動処理中', '世帯主氏名', '続柄', '氏名', '氏名_フリガナ'],
    ...['氏名_フリガナ確認状況', '旧氏', '旧氏_フリガナ', '通称', '生年月日', '性別', '住民となった年月日'],
    ...[
      '住所を定めた年月日',
      '届出年月日',
      '住所_都道府県',
      '住所_市区郡町村',
      '住所_町字',
      '住所_番地号表記',
      '住所_方書',
    ],
    ...['転入前住所', '本籍', '筆頭者', '国籍・地域', '法第30条の45に規定する区分', '在留資格', '在留期間等'],
    ...['在留期間の満了の日', '在留カード等の番号', '個人番号'],
  ],
  shape: Type.Object({ person: Type.Optional(withoutProtection(RegistryPerson)) }),
  endsForGood: false,
  absenceEnds: true,
  read(cells) {
    const residentId = cells.text('宛名番号');
    const status = cells.oneOf('住民状態', statuses);
    if (status === 'elsewhere') return { id: residentId, residentId, groupId: null, ...LASTS, body: { status } };
    const foreign = cells.oneOf('住民種別', { 日本人: false, 外国人: true });
    const person = {
      residentId,
      order: cells.whole('記載順位'),
      name: cells.text('氏名'),
      nameKana: cells.flag('氏名_フリガナ確認状況') ? cells.maybeText('氏名_フリガナ') : null,
      formerName: cells.maybeText('旧氏'),
      formerNameKana: cells.maybeText('旧氏_フリガナ'),
      commonName: cells.maybeText('通称'),
      nationalityKind: foreign ? 'foreign' : 'japanese',
      status,
      inProcess: cells.flag('異動処理中'),
      birth: cells.date('生年月日'),
      sex: cells.oneOf('性別', sexes),
      relationship: cells.text('続柄'),
      becameResidentOn: cells.maybeDate('住民となった年月日'),
      addressSince: cells.maybeDate('住所を定めた年月日'),
      notifiedOn: cells.maybeDate('届出年月日'),
      previousAddress: cells.maybeText('転入前住所'),
      registeredDomicile: foreign ? null : domicileOf(cells),
      foreign: foreign ? foreignItems(cells) : null,
      myNumber: cells.maybeText('個人番号'),
    };
    const home = { address: addressOf(cells), headName: cells.text('世帯主氏名') };
    const ended = status === 'left' || status === 'deceased' || status === 'removed';
    return {
      id: residentId,
      residentId,
      groupId: cells.text('世帯番号'),
      ended,
      final: status === 'deceased',
      body: { ...home, person, status },
    };
  },
};

function domicileOf(cells: RowCells) {
  const [address, head] = [cells.maybeText('本籍'), cells.maybeText('筆頭者')];
  return address !== null && head !== null ? { address, head } : null;
}

function foreignItems(cells: RowCells) {
  return {
    nationality: cells.text('国籍・地域'),
    category: cells.text('法第30条の45に規定する区分'),
    residenceStatus: cells.maybeText('在留資格'),
    periodOfStay: cells.maybeText('在留期間等'),
    periodEndsOn: cells.maybeDate('在留期間の満了の日'),
    cardNumber: cells.maybeText('在留カード等の番号'),
  };
}

/** 方書 stands apart. */
function addressOf(cells: RowCells): string {
  const parts = ['住所_都道府県', '住所_市区郡町村', '住所_町字', '住所_番地号表記'].map((column) =>
    cells.maybeText(column),
  );
  const building = cells.maybeText('住所_方書');
  return `${parts.map((part) => part ?? '').join('')}${building === null ? '' : `　${building}`}`;
}

const protections: FileSpec = {
  name: '001o009.csv',
  columns: ['支援措置開始年月日', '支援措置終了年月日', '措置区分'],
  shape: Type.Object({}),
  endsForGood: false,
  absenceEnds: false,
  read(cells) {
    const residentId = cells.text('宛名番号');
    cells.date('支援措置開始年月日');
    // Read, so that a malformed one is found; a day that has passed ends nothing by itself.
    cells.maybeDate('支援措置終了年月日');
    const body = { protection: cells.oneOf('措置区分', measures) };
    return { id: `${residentId} ${cells.text('支援措置開始年月日')}`, residentId, groupId: null, ...LASTS, body };
  },
};

const seals: FileSpec = {
  name: 'inkan.csv',
  columns: ['印鑑登録番号', '登録状態', '登録年月日', '印影', '印影_幅', '印影_高さ'],
  shape: SealRegistration,
  endsForGood: true,
  absenceEnds: true,
  read(cells) {
    const registrationId = cells.text('印鑑登録番号');
    const state = cells.oneOf('登録状態', { 登録: 'active', 一時停止: 'suspended', 廃止: 'cancelled' } as const);
    const imprint = {
      png: cells.text('印影'),
      widthMm: cells.decimal('印影_幅'),
      heightMm: cells.decimal('印影_高さ'),
    };
    const registrationVersion = cells.whole('履歴番号');
    const body = { registrationId, registrationVersion, state, registeredOn: cells.maybeDate('登録年月日'), imprint };
    return {
      id: registrationId,
      residentId: cells.text('宛名番号'),
      groupId: null,
      ...endedIf(state === 'cancelled'),
      body,
    };
  },
};

const tax: FileSpec = {
  name: 'kazei.csv',
  columns: [
    ...[
      '課税年度',
      '課税状態',
      '1月1日の住所',
      '所得',
      '総所得金額',
      '所得控除',
      '扶養',
      '課税標準額',
      '税額',
      '年税額',
    ],
    ...['納付', '納付反映年月日'],
  ],
  shape: TaxLedger,
  endsForGood: false,
  absenceEnds: true,
  read(cells) {
    const residentId = cells.text('宛名番号');
    const body = {
      fiscalYear: cells.whole('課税年度'),
      state: cells.oneOf('課税状態', {
        ...{ 確定: 'fixed', 未申告: 'undeclared', 処理中: 'in-process', 課税権なし: 'no-taxing-right' },
        ...{ 発行停止: 'stopped' },
      } as const),
      addressOnNewYear: cells.maybeText('1月1日の住所'),
      income: cells.list('所得'),
      totalIncomeYen: cells.whole('総所得金額'),
      deductions: cells.list('所得控除'),
      dependants: cells.list('扶養'),
      taxableIncomeYen: cells.whole('課税標準額'),
      assessed: cells.list('税額'),
      totalAssessedYen: cells.whole('年税額'),
      payments: cells.list('納付'),
      paymentsPostedUntil: cells.maybeDate('納付反映年月日'),
    };
    return { id: `${residentId} ${body.fiscalYear}`, residentId, groupId: null, ...LASTS, body };
  },
};

const koseki: FileSpec = {
  name: 'koseki.csv',
  columns: [
    ...[
      '戸籍番号',
      '戸籍状態',
      '本籍',
      '筆頭者',
      '氏の振り仮名',
      '戸籍事項',
      '記載順位',
      '名',
      '名の振り仮名',
      '生年月日',
    ],
    ...['父', '母', '養父', '養母', '続柄', '配偶者区分', '記載状態', '身分事項'],
  ],
  shape: bookRow(Koseki, KosekiMember),
  endsForGood: false,
  absenceEnds: true,
  read(cells) {
    const [kosekiId, residentId] = [cells.text('戸籍番号'), cells.text('宛名番号')];
    const head = {
      ...{ kosekiId, address: cells.text('本籍'), head: cells.text('筆頭者') },
      surnameKana: cells.maybeText('氏の振り仮名'),
      state: cells.oneOf('戸籍状態', bookStates),
      events: cells.list('戸籍事項'),
    };
    const member = {
      ...{
        residentId,
        order: cells.whole('記載順位'),
        name: cells.text('名'),
        nameKana: cells.maybeText('名の振り仮名'),
      },
      ...{ birth: cells.date('生年月日'), father: cells.maybeText('父'), mother: cells.maybeText('母') },
      ...{ adoptiveFather: cells.maybeText('養父'), adoptiveMother: cells.maybeText('養母') },
      relationship: cells.text('続柄'),
      spouseOf: cells.oneOf('配偶者区分', { 夫: 'husband', 妻: 'wife', '': null } as const),
      status: cells.oneOf('記載状態', inBook),
      events: cells.list('身分事項'),
    };
    return { id: `${kosekiId} ${residentId}`, residentId, groupId: kosekiId, ...LASTS, body: { head, member } };
  },
};

const addressHistory: FileSpec = {
  name: 'fuhyo.csv',
  columns: [
    ...['戸籍番号', '附票状態', '本籍', '筆頭者', '記載順位', '氏名', '生年月日', '性別', '記載状態', '住所'],
    '在外選挙人名簿登録市区町村名',
  ],
  shape: bookRow(AddressHistory, AddressHistory.properties.members.items),
  endsForGood: false,
  absenceEnds: true,
  read(cells) {
    const [kosekiId, residentId] = [cells.text('戸籍番号'), cells.text('宛名番号')];
    const head = {
      ...{ kosekiId, address: cells.text('本籍'), head: cells.text('筆頭者') },
      state: cells.oneOf('附票状態', bookStates),
    };
    const member = {
      ...{ residentId, order: cells.whole('記載順位'), name: cells.text('氏名'), birth: cells.date('生年月日') },
      ...{ sex: cells.oneOf('性別', sexes), status: cells.oneOf('記載状態', inBook), addresses: cells.list('住所') },
      overseasElector: cells.maybeText('在外選挙人名簿登録市区町村名'),
    };
    return { id: `${kosekiId} ${residentId}`, residentId, groupId: kosekiId, ...LASTS, body: { head, member } };
  },
};

const certs: FileSpec = {
  name: 'riyosha.csv',
  columns: ['発行者', 'シリアル番号', '登録区分', '登録状態', '登録日時', '媒体', '旧発行者', '旧シリアル番号'],
  shape: Type.Object({
    anchor: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    serial: Type.String({ pattern: '^[0-9a-f]{2,40}$' }),
  }),
  endsForGood: true,
  absenceEnds: true,
  read(cells) {
    const [anchor, serial, residentId] = [cells.text('発行者'), cells.text('シリアル番号'), cells.text('宛名番号')];
    const role = cells.oneOf('登録区分', { 住所地: 'residence', 本籍地: 'registered-domicile' } as const);
    const medium = cells.oneOf('媒体', { カード: 'card', Android: 'android', iPhone: 'iphone', '': null } as const);
    const [previousAnchor, previousSerial] = [cells.maybeText('旧発行者'), cells.maybeText('旧シリアル番号')];
    const ended = cells.oneOf('登録状態', { 登録: false, 失効: true });
    const body = { anchor, serial, role, medium, previousAnchor, previousSerial, at: cells.instant('登録日時') };
    return { id: `${anchor} ${serial}`, residentId, groupId: null, ...endedIf(ended), body };
  },
};

export const fileSpecs: Readonly<Record<RegistryFile, FileSpec>> = {
  ...{ residents, protections, seals, tax, koseki, 'address-history': addressHistory, certs },
};
