/** What 戸籍 are written from: the desk of the people’s own town, and the town of the 本籍, which may be the other one. */
import { type CalendarDate, parseCalendarDate } from '@machikado/domain';
import type { Desk } from './desk.ts';

export interface FamilyDesk extends Desk {
  readonly kosekiId: () => string;
  /** The number under which the town of the 本籍 knows a resident. */
  readonly idOf: (residentId: string) => string;
  /** 「架空県夕凪市」, of the 本籍. */
  readonly domicileTown: string;
  /** 改製日: when its 戸籍 were computerised. */
  readonly computerisedOn: CalendarDate;
}

export function computerisedOn(lgCode: string): CalendarDate {
  return parseCalendarDate(lgCode === '990019' ? '2003-03-08' : '2008-11-15');
}
