/** 住民票記載事項証明書 with one item, some, all. */
import type { RecordItem } from '@machikado/protocol';
import { deputy, type GalleryCase, galleryCase } from './gallery-case.ts';
import {
  alone,
  bare,
  beyondCells,
  eras,
  foreigners,
  longTexts,
  nine,
  numbered,
  rareLetters,
  withFamily,
} from './people.ts';

const kind = 'resident-record-items';
const work: readonly RecordItem[] = ['birth', 'sex'];
const all: readonly RecordItem[] = [
  ...(['birth', 'sex', 'relationship', 'registered-domicile', 'my-number', 'resident-since'] as const),
  ...(['previous-address', 'foreign-resident-items'] as const),
];
const self = { scope: 'self', residentIds: ['R1'] } as const;

export const cases: readonly GalleryCase[] = [
  galleryCase(kind, 'name-only', '氏名 and 住所 alone', alone, self),
  galleryCase(kind, 'birth', '生年月日 alone', alone, { ...self, items: ['birth'] }),
  galleryCase(kind, 'work', '生年月日 and 性別, as employers ask for', alone, { ...self, items: work }),
  galleryCase(kind, 'since', '住民となった年月日 and 前住所', alone, {
    ...{ ...self, items: ['resident-since', 'previous-address'] },
  }),
  galleryCase(kind, 'family', 'five persons, 続柄', withFamily, { items: [...work, 'relationship'] }),
  galleryCase(kind, 'all', 'all items, 個人番号 too', numbered, { items: all }),
  galleryCase(kind, 'part', 'some of the household', withFamily, {
    ...{ scope: 'part', residentIds: ['R1', 'R2', 'R4'], items: [...work, 'foreign-resident-items'] },
  }),
  galleryCase(kind, 'nine', 'nine persons on three sheets', nine, { items: all }),
  galleryCase(kind, 'eras', 'births on both sides of each change of era', eras, { items: work }),
  galleryCase(kind, 'rare-letters', '𠮷, 髙, 葛 and 辻 with selectors', rareLetters, { items: all }),
  galleryCase(kind, 'foreigners', 'foreign residents with all items', foreigners, { items: all }),
  galleryCase(kind, 'long-texts', 'texts that shrink and break', longTexts, { items: all }),
  galleryCase(kind, 'continuation', 'texts that go on to the 続紙', beyondCells, { items: all }),
  galleryCase(kind, 'bare', 'nothing in the books: 【空欄】', bare, { ...self, items: all }),
  galleryCase(kind, 'deputy', '職務代理者', alone, { ...self, items: work, mayor: deputy }),
];
