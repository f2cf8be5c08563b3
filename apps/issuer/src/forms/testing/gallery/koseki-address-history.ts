/** 戸籍の附票の写し: few addresses and many, who has left the 戸籍, everything asked for and nothing. */
import type { AddressHistory, RegistryRecord } from '@machikado/protocol';
import { household } from '../records.ts';
import { deputy, type GalleryCase, galleryCase } from './gallery-case.ts';
import { date, longAddress } from './people.ts';

const kind = 'koseki-address-history';
type Member = AddressHistory['members'][number];

const home = '架空県夕凪市浜風二丁目１番地５　汐見ハイツ３０５号';
const member = (order: number, changes: Partial<Member> = {}): Member => ({
  ...{ residentId: `R${order}`, order, name: '夕凪　一郎', birth: date(1985, 3, 5), sex: 'male', status: 'recorded' },
  ...{ protection: 'none', overseasElector: null },
  addresses: [
    { address: '架空県霧笛町港一丁目２番３号', since: date(2012, 4, 1) },
    { address: home, since: date(2019, 12, 10) },
  ],
  ...changes,
});
const wife = member(2, { name: '夕凪　葛\u{E0100}子', sex: 'female', birth: date(1989, 1, 8) });
const child = member(3, {
  ...{ name: '夕凪　𠮷乃', sex: 'female', birth: date(2019, 5, 1) },
  addresses: [{ address: home, since: date(2019, 12, 10) }],
});
const gone = member(4, { name: '夕凪　二郎', birth: date(1988, 2, 29), status: 'removed' });

const history = (members: readonly Member[], changes: Partial<AddressHistory> = {}): RegistryRecord => ({
  ...household([]),
  addressHistory: {
    ...{ kosekiId: 'K1', address: '架空県夕凪市浜風二丁目１番', head: '夕凪　一郎', state: 'current' },
    members: [...members],
    ...changes,
  },
});
const moves = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    address: `架空県${['夕凪市浜風', '霧笛町港', '夕凪市汐見'][i % 3]}${i + 1}番地`,
    since: i === 0 ? null : date(1990 + Math.floor(i / 2), (i % 12) + 1, (i % 28) + 1),
  }));
const nine = Array.from({ length: 9 }, (_, i) => member(i + 1, { name: `夕凪　${'一二三四五六七八九'[i]}郎` }));

export const cases: readonly GalleryCase[] = [
  galleryCase(kind, 'usual', '本籍・筆頭者 left out', history([member(1), wife, child])),
  galleryCase(kind, 'domicile', 'with 本籍・筆頭者', history([member(1), wife]), { items: ['registered-domicile'] }),
  galleryCase(kind, 'all', 'everything asked for', history([member(1, { overseasElector: '架空県夕凪市' }), wife]), {
    items: ['registered-domicile', 'overseas-elector'],
  }),
  galleryCase(kind, 'self', 'one person: 一部', history([member(1), wife]), { scope: 'self', residentIds: ['R2'] }),
  galleryCase(kind, 'part', 'two of four', history([member(1), wife, child, gone]), {
    ...{ scope: 'part', residentIds: ['R1', 'R3'] },
  }),
  galleryCase(kind, 'removed', 'one has left the 戸籍: 除籍', history([member(1), wife, child, gone])),
  galleryCase(kind, 'nine', 'nine persons on several sheets', history(nine), { items: ['registered-domicile'] }),
  galleryCase(
    kind,
    'sixty-moves',
    'sixty addresses: a group goes on from sheet to sheet',
    history([member(1, { addresses: moves(60) }), wife]),
  ),
  galleryCase(
    kind,
    'long-addresses',
    'addresses of several lines',
    history([
      member(1, {
        addresses: [1, 2, 3, 4, 5, 6].map((n) => ({ address: `${longAddress}　第${n}`, since: date(2000 + n, n, n) })),
      }),
    ]),
  ),
  galleryCase(
    kind,
    'unknown-dates',
    'dates that nobody knows, a person of no stated sex',
    history([
      member(1, {
        ...{ birth: date(1989), sex: 'unspecified' },
        addresses: [
          { address: '不詳', since: null },
          { address: home, since: date(1989, 1) },
          { address: home, since: date(2019) },
        ],
      }),
    ]),
  ),
  galleryCase(
    kind,
    'eras',
    'moves on both sides of each change of era',
    history([
      member(1, {
        birth: date(1926, 12, 24),
        addresses: [date(1989, 1, 7), date(1989, 1, 8), date(2019, 4, 30), date(2019, 5, 1)].map((since, i) => ({
          address: `架空県夕凪市浜風${i + 1}番地`,
          since,
        })),
      }),
    ]),
  ),
  galleryCase(
    kind,
    'rare-letters',
    '𠮷, 葛 and 辻 with selectors',
    history(
      [
        member(1, {
          name: '𠮷野　髙﨑辻\u{E0100}',
          addresses: [{ address: '架空県夕凪市葛\u{E0100}原１番地', since: date(2019, 12, 10) }],
        }),
      ],
      { address: '架空県夕凪市葛\u{E0100}原一番', head: '𠮷野　髙﨑辻\u{E0100}' },
    ),
    { items: ['registered-domicile'] },
  ),
  galleryCase(
    kind,
    'long-name',
    'a name of several lines',
    history([member(1, { name: `夕凪　${'寿限無五劫'.repeat(30)}` })]),
  ),
  galleryCase(
    kind,
    'continuation',
    '本籍 on the 続紙',
    history([member(1)], { address: longAddress.repeat(3).slice(0, 390) }),
    {
      items: ['registered-domicile'],
    },
  ),
  galleryCase(kind, 'deputy', '職務代理者', history([member(1)]), { mayor: deputy }),
];
