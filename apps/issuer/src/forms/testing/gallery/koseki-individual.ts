/** 戸籍個人事項証明書: some persons of a 戸籍, with its 戸籍事項. */
import type { Koseki } from '@machikado/protocol';
import { eventful, family, familyRecord, manyEvents, nine } from '../family-registers.ts';
import { deputy, type GalleryCase, galleryCase } from './gallery-case.ts';

const kind = 'koseki-individual';
const show = (edge: string, shows: string, koseki: Koseki, residentIds: readonly string[], changes = {}) =>
  galleryCase(kind, edge, shows, familyRecord(koseki), { scope: 'part', residentIds, ...changes });

export const cases: readonly GalleryCase[] = [
  show('self', 'the applicant alone', family(), ['R1'], { scope: 'self' }),
  show('child', 'born on the first day of 令和', family(), ['R3']),
  show('adopted', '養父 and 養母; nothing known of the father', eventful, ['R4']),
  show('two', 'two of a 戸籍 in which others were removed', eventful, ['R1', 'R3']),
  show('last-of-nine', 'the ninth of nine', nine, ['R9']),
  show('many-events', 'forty events on several sheets', manyEvents, ['R1']),
  show('deputy', '職務代理者', family(), ['R2'], { mayor: deputy }),
];
