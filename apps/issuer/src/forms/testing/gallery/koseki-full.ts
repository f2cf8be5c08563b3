/** 戸籍全部事項証明書 of families to whom all sorts of things happened. */

import type { Koseki } from '@machikado/protocol';
import { alone, bare, eventful, family, familyRecord, longTexts, manyEvents, nine } from '../family-registers.ts';
import { type GalleryCase, galleryCase, otherTown } from './gallery-case.ts';

const kind = 'koseki-full';
const show = (edge: string, shows: string, koseki: Koseki, changes = {}) =>
  galleryCase(kind, edge, shows, familyRecord(koseki), {
    residentIds: koseki.members.filter(({ status }) => status === 'recorded').map(({ residentId }) => residentId),
    ...changes,
  });

export const cases: readonly GalleryCase[] = [
  show('usual', 'married, a child; 葛 with its selector, 𠮷', family()),
  show('alone', 'one person; 改製 and 転籍', alone),
  show('eventful', 'divorced and dead with 除籍, adopted with 養父母, three sheets', eventful),
  show('nine', 'nine persons', nine),
  show('many-events', 'forty events of one person on four sheets', manyEvents),
  show('long-texts', 'a long 本籍, a long 名, a long event', longTexts),
  show(
    'continuation',
    '本籍 and 筆頭者 that go on to the 続紙',
    family(undefined, {
      ...{ address: '架空県夕凪市大字浜風字汐見下続三番割字凪ノ内乙'.repeat(12), head: `夕凪　${'寿限無'.repeat(65)}` },
    }),
  ),
  show('bare', 'nothing but what must be there', bare),
  show('other-town', 'another town', family(), { mayor: otherTown }),
];
