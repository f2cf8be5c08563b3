/** 住民票の写し of all sorts of households. */
import type { CalendarDate } from '@machikado/domain';
import type { RecordItem } from '@machikado/protocol';
import { deputy, type GalleryCase, galleryCase, otherTown } from './gallery-case.ts';
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

const kind = 'resident-record';
const usual: readonly RecordItem[] = ['relationship', 'registered-domicile', 'previous-address'];
const all: readonly RecordItem[] = [...usual, 'foreign-resident-items', 'my-number'];

export const cases: readonly GalleryCase[] = [
  galleryCase(kind, 'alone', 'one person, everything left out', alone),
  galleryCase(kind, 'alone-usual', 'one person with 世帯主・続柄, 本籍・筆頭者, 前住所', alone, { items: usual }),
  galleryCase(kind, 'family', 'five persons on two sheets, one of them a foreign resident', withFamily, {
    items: [...usual, 'foreign-resident-items'],
  }),
  galleryCase(kind, 'family-numbers', 'all items, 個人番号 too', numbered, { items: all }),
  galleryCase(kind, 'part', 'two of the household: 世帯の一部', withFamily, {
    ...{ scope: 'part', residentIds: ['R2', 'R4'], items: ['relationship'] },
  }),
  galleryCase(kind, 'self', 'the applicant alone, a child', withFamily, { scope: 'self', residentIds: ['R3'] }),
  galleryCase(kind, 'nine', 'nine persons on three sheets', nine, { items: usual }),
  galleryCase(kind, 'eras', 'births on both sides of each change of era, and on unknown days', eras, { items: usual }),
  galleryCase(kind, 'rare-letters', '𠮷, 髙, 葛 and 辻 with selectors, 神 (U+FA19)', rareLetters, { items: usual }),
  galleryCase(kind, 'foreigners', '在留 items, 通称, no 在留資格', foreigners, { items: all }),
  galleryCase(kind, 'foreigners-plain', 'foreign residents without their items', foreigners),
  galleryCase(kind, 'long-texts', 'texts that shrink and break', longTexts, { items: all }),
  galleryCase(kind, 'continuation', 'texts that go on to the 続紙', beyondCells, { items: usual }),
  galleryCase(kind, 'bare', 'nothing in the books: 【空欄】', bare, { items: all }),
  galleryCase(kind, 'deputy', '職務代理者, with his own seal', alone, { mayor: deputy, items: usual }),
  galleryCase(kind, 'other-town', 'another town, its mayor, its seal', alone, { mayor: otherTown, items: usual }),
  galleryCase(kind, 'first-day', 'issued on the first day of the form', alone, {
    issuedOn: '2025-05-26' as CalendarDate,
  }),
];
