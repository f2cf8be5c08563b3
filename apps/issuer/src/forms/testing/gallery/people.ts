/** Invented households at the edges of what a form must hold: rare letters, era boundaries, long texts, many persons, foreign residents. */
import type { RegistryPerson, RegistryRecord } from '@machikado/protocol';
import { family, foreigner, household, person } from '../records.ts';

export const date = (year: number, month: number | null = null, day: number | null = null) => ({ year, month, day });

const jugemu = '寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処藪ら柑子の藪柑子';

export const longAddress = `架空県夕凪市大字浜風字汐見下続三番割字凪ノ内乙１２３４番地の５６７８　グランドメゾン夕凪汐見ハイツ・サザンウィンド・アネックス　南棟１２０５号　${jugemu}様方`;

export const alone: RegistryRecord = household([person(1)]);
export const withFamily: RegistryRecord = household(family);

/** With 個人番号 in the books. */
export const numbered: RegistryRecord = household(
  family.map((one, i) => ({ ...one, myNumber: `00000000000${i}`.slice(-12) })),
);

export const nine: RegistryRecord = household(
  [...'一二三四五六七八九'].map((figure, i) =>
    person(i + 1, {
      name: `夕凪　${figure}郎`,
      nameKana: 'ユウナギ　ナニロウ',
      relationship: i === 0 ? '世帯主' : i === 1 ? '妻' : '子',
      sex: i === 1 ? 'female' : 'male',
      birth: date(1980 + i * 4, i + 1, 10 + i),
    }),
  ),
);

/** Each birth lies on one side of a change of era, or on a day that nobody knows. */
export const eras: RegistryRecord = household([
  person(1, { name: '明治　最後', nameKana: 'メイジ　サイゴ', birth: date(1912, 7, 29) }),
  person(2, { name: '大正　最初', nameKana: 'タイショウ　サイショ', birth: date(1912, 7, 30), relationship: '妻' }),
  person(3, { name: '昭和　最初', nameKana: 'ショウワ　サイショ', birth: date(1926, 12, 25), relationship: '子' }),
  person(4, {
    ...{ name: '昭和　最後', nameKana: 'ショウワ　サイゴ', birth: date(1989, 1, 7), relationship: '子の子' },
    becameResidentOn: date(1989, 1, 8),
  }),
  person(5, {
    ...{ name: '平成　最後', nameKana: 'ヘイセイ　サイゴ', birth: date(2019, 4, 30), relationship: '子の子の子' },
    ...{ becameResidentOn: date(2019, 5, 1), addressSince: date(2019, 5, 1), notifiedOn: date(2019, 5, 7) },
  }),
  person(6, { name: '不詳　月日', nameKana: null, birth: date(1989), relationship: '同居人', sex: 'unspecified' }),
  person(7, { name: '不詳　日', nameKana: null, birth: date(1960, 3), relationship: '同居人' }),
]);

/** Letters beyond the first plane, 異体字 by selector, compatibility letters, 旧字体, the unusual that the default font has. */
export const rareLetters: RegistryRecord = household([
  person(1, {
    name: '𠮷野　髙﨑',
    nameKana: 'ヨシノ　タカサキ',
    formerName: '葛\u{E0100}城',
    formerNameKana: 'カツラギ',
    registeredDomicile: { address: '架空県夕凪市葛\u{E0100}原辻\u{E0100}一番', head: '𠮷野　髙﨑' },
  }),
  person(2, { name: '𠮷野　辻\u{E0100}', nameKana: 'ヨシノ　ツジ', relationship: '妻', sex: 'female' }),
  person(3, { name: '𠮷野　神\uFA19太', nameKana: 'ヨシノ　ジンタ', relationship: '子' }),
  person(4, { name: '𠮷野　鷗凜栁', nameKana: 'ヨシノ　オウリンリュウ', relationship: '子' }),
]);

export const foreigners: RegistryRecord = {
  ...household([
    foreigner(1, { relationship: '世帯主' }),
    foreigner(2, {
      name: 'NGUYEN THI HUONG GIANG',
      commonName: null,
      relationship: '子',
      foreign: {
        ...{ nationality: 'ベトナム', category: '経過滞在者', residenceStatus: null, periodOfStay: null },
        ...{ periodEndsOn: null, cardNumber: null },
      },
    }),
    foreigner(3, {
      name: '金　汐里',
      commonName: '海野　汐里',
      relationship: '縁故者',
      foreign: {
        ...{ nationality: '韓国', category: '特別永住者', residenceStatus: null, periodOfStay: null },
        ...{ periodEndsOn: null, cardNumber: 'ZZ88888888ZZ' },
      },
    }),
  ]),
  headName: 'GARCIA MARTINEZ MARIA DEL CARMEN',
};

/** As long as the messages allow, or as life is. */
export const longTexts: RegistryRecord = household(
  [
    person(1, {
      name: jugemu.slice(0, 30),
      nameKana: 'ジュゲムジュゲムゴコウノスリキレカイジャリスイギョノスイギョウマツウンライマツフウライマツ',
      formerName: jugemu.slice(0, 24),
      formerNameKana: 'ジュゲムジュゲムゴコウノスリキレカイジャリスイギョ',
      previousAddress: longAddress,
      registeredDomicile: { address: longAddress.slice(0, 70), head: jugemu.slice(0, 30) },
    }),
    foreigner(2, {
      name: 'WOLFESCHLEGELSTEINHAUSENBERGERDORFF HUBERT BLAINE ADOLPH CHARLES DAVID EARL FREDERICK GERALD IRVIN',
      relationship: '妻の連れ子の夫の同居人（未届）',
      commonName: jugemu,
    }),
  ],
  longAddress,
);

/** What fits in no cell, however small. */
export const beyondCells: RegistryRecord = household(
  [
    person(1, { name: jugemu.repeat(4).slice(0, 190), previousAddress: longAddress.repeat(3).slice(0, 390) }),
    person(2, { name: `夕凪　${jugemu.repeat(3).slice(0, 130)}`, relationship: '子' }),
  ],
  longAddress.repeat(3).slice(0, 380),
);

/** Nothing that may be missing is there. */
export const bare: RegistryRecord = household([
  person(1, {
    ...{ nameKana: null, birth: date(1960), sex: 'unspecified', becameResidentOn: null, addressSince: date(2019, 4) },
    ...{ notifiedOn: null, previousAddress: null, registeredDomicile: null },
  }),
]);

/** One person of a household with other changes, for a paper about one alone. */
export function one(changes: Partial<RegistryPerson>, address?: string): RegistryRecord {
  return household([person(1, changes)], address);
}
