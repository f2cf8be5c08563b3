/** Invented 戸籍 of 夕凪市, their events in the words of a computerised 戸籍, and the orders for certificates of them. */
import type { Koseki, KosekiMember, RegistryRecord } from '@machikado/protocol';
import { peopleOf } from '../../kinds/people-of.ts';
import type { CertificateContent } from '../../ports.ts';
import { household, orderFor } from './records.ts';

export type KosekiKind = 'koseki-full' | 'koseki-individual';
type Event = Koseki['events'][number];

const date = (year: number, month: number | null = null, day: number | null = null) => ({ year, month, day });

export function event(title: string, ...lines: readonly (readonly [label: string, value: string])[]): Event {
  return { title, items: lines.map(([label, value]) => ({ label: `【${label}】`, value })) };
}

export const formed = event('戸籍編製', ['編製日', '平成２４年４月１日']);
export const rebuilt = event(
  '戸籍改製',
  ['改製日', '平成１８年３月１１日'],
  ['改製事由', '平成６年法務省令第５１号附則第２条第１項による改製'],
);
export const transferred = event(
  '転籍',
  ['転籍日', '平成３０年８月２０日'],
  ['従前本籍', '架空県霧笛町港一丁目２番'],
  ['送付を受けた日', '平成３０年８月２４日'],
  ['受理者', '架空県霧笛町長'],
);
export const born = (day: string, by = '父') =>
  event('出生', ['出生日', day], ['出生地', '架空県夕凪市'], ['届出日', day], ['届出人', by]);
const kana = event('名の振り仮名の記載', ['届出日', '令和７年６月２日'], ['届出人', '本人']);
export const married = (spouse: string, from: string) =>
  event('婚姻', ['婚姻日', '平成２４年４月１日'], ['配偶者氏名', spouse], ['従前戸籍', from]);
export const divorced = (spouse: string) =>
  event(
    '離婚',
    ['離婚日', '令和３年１１月２２日'],
    ['配偶者氏名', spouse],
    ['入籍戸籍', '架空県霧笛町汐見三丁目４番　霧笛波太郎'],
  );
export const died = event(
  '死亡',
  ['死亡日', '令和５年２月３日'],
  ['死亡時分', '午後１１時５９分'],
  ['死亡地', '架空県夕凪市'],
  ['届出日', '令和５年２月５日'],
  ['届出人', '親族　夕凪一郎'],
);
export const adopted = event(
  '養子縁組',
  ['縁組日', '平成３１年４月１５日'],
  ['養父氏名', '夕凪一郎'],
  ['養母氏名', '夕凪葛\u{E0100}子'],
  ['代諾者', '親権者母'],
  ['従前戸籍', '架空県霧笛町港九丁目９番　港霧人'],
);

export function member(order: number, changes: Partial<KosekiMember> = {}): KosekiMember {
  return {
    residentId: `R${order}`,
    order,
    name: '一郎',
    nameKana: 'イチロウ',
    birth: date(1985, 3, 5),
    father: '夕凪太郎',
    mother: '花子',
    adoptiveFather: null,
    adoptiveMother: null,
    relationship: '長男',
    spouseOf: null,
    status: 'recorded',
    protection: 'none',
    events: [born('昭和６０年３月５日'), kana],
    ...changes,
  };
}

export const husband = member(1, {
  spouseOf: 'husband',
  events: [born('昭和６０年３月５日'), married('汐見葛\u{E0100}子', '架空県夕凪市浜風二丁目１番　夕凪太郎'), kana],
});
export const wife = member(2, {
  ...{ name: '葛\u{E0100}子', nameKana: 'カツラコ', birth: date(1989, 1, 8), relationship: '二女', spouseOf: 'wife' },
  ...{ father: '汐見凪人', mother: '波' },
  events: [born('平成元年１月８日'), married('夕凪一郎', '架空県霧笛町汐見三丁目４番　汐見凪人'), kana],
});
export const child = member(3, {
  ...{ name: '𠮷乃', nameKana: 'ヨシノ', birth: date(2019, 5, 1), relationship: '長女' },
  ...{ father: '夕凪一郎', mother: '葛\u{E0100}子' },
  events: [born('令和元年５月１日')],
});
/** Adopted; of the first father nothing is known. */
export const adoptee = member(4, {
  ...{ name: '神\uFA19太', nameKana: null, birth: date(2015, 2, 28), relationship: '長男' },
  ...{ father: null, mother: '港霧子', adoptiveFather: '夕凪一郎', adoptiveMother: '葛\u{E0100}子' },
  events: [born('平成２７年２月２８日', '母'), adopted],
});
/** Divorced and removed; removed before 振り仮名 were recorded. */
export const divorcee = member(2, {
  ...{ name: '波子', nameKana: null, birth: date(1987, 12, 31), relationship: '三女', status: 'removed' },
  ...{ father: '霧笛波太郎', mother: '汐' },
  events: [
    born('昭和６２年１２月３１日'),
    married('夕凪一郎', '架空県霧笛町汐見三丁目４番　霧笛波太郎'),
    divorced('夕凪一郎'),
  ],
});
export const deceased = member(5, {
  ...{ name: '髙次', nameKana: null, birth: date(1912, null), relationship: '二男', status: 'removed' },
  events: [born('明治４５年又は大正元年月日不詳', '同居者　汐見凪人'), died],
});

export function family(
  members: readonly KosekiMember[] = [husband, wife, child],
  changes: Partial<Koseki> = {},
): Koseki {
  return {
    kosekiId: 'K1',
    address: '架空県夕凪市浜風二丁目１番',
    head: '夕凪　一郎',
    surnameKana: 'ユウナギ',
    state: 'current',
    events: [formed],
    members: [...members],
    ...changes,
  };
}

export const alone = family([member(1)], { events: [rebuilt, transferred] });
/** Everybody to whom something happened. */
export const eventful = family([{ ...husband, spouseOf: null }, divorcee, child, adoptee, deceased], {
  events: [rebuilt, transferred],
});
export const nine = family(
  [...'一二三四五六七八九'].map((figure, i) =>
    member(i + 1, { name: `${figure}郎`, nameKana: `ナンバー${i + 1}`, birth: date(1980 + i * 4, i + 1, 10 + i) }),
  ),
);
/** 養子縁組 and 離縁 again and again: 40 events of one person. */
export const manyEvents = family([
  member(1, {
    events: Array.from({ length: 40 }, (_, i) =>
      event(
        i % 2 === 0 ? '養子縁組' : '養子離縁',
        ['縁組日', `令和${'２３４５'[Math.floor(i / 10)]}年${'１２３４５６７８９'[i % 9]}月１日`],
        ['養父氏名', `港${'一二三四五六七八九十'[i % 10]}郎`],
        ['従前戸籍', '架空県霧笛町港九丁目９番　港霧人'],
      ),
    ),
  }),
]);
export const longTexts = family(
  [
    member(1, {
      name: '寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末',
      nameKana: 'ジュゲムジュゲムゴコウノスリキレカイジャリスイギョノスイギョウマツウンライマツフウライマツ',
      events: [
        event('特別養子縁組の届出の追完の記載', [
          '従前の記録その他の長い名称の事項',
          '架空県夕凪市大字浜風字汐見下続三番割字凪ノ内乙１２３４番地の５６７８'.repeat(6),
        ]),
      ],
    }),
  ],
  { address: '架空県夕凪市大字浜風字汐見下続三番割字凪ノ内乙１２３４番地の５６７８', surnameKana: null },
);
/** Nothing but what must be there. */
export const bare = family(
  [
    member(1, {
      ...{ father: null, mother: null, nameKana: null, relationship: '', birth: date(1960, 3, null) },
      events: [],
    }),
    member(2, { events: [event('出生')] }),
  ],
  { events: [], surnameKana: null },
);

export function familyRecord(koseki: Koseki): RegistryRecord {
  return { ...household(), koseki };
}

/** Everybody who is recorded, or `residentIds`. */
export function kosekiOrder(
  kind: KosekiKind,
  koseki: Koseki,
  { residentIds, ...changes }: Partial<CertificateContent> & { readonly residentIds?: readonly string[] } = {},
): CertificateContent {
  const record = familyRecord(koseki);
  const persons = peopleOf(kind, record).filter(({ residentId, status }) =>
    residentIds ? residentIds.includes(residentId) : status === 'resident',
  );
  const scope = kind === 'koseki-full' ? 'household' : 'part';
  return orderFor(record, { kind, persons, scope, items: [], ...changes });
}
