/**
 * 年度 on the menu. The tax of a 年度 is fixed about June, on another day in each municipality; until that day the newest year that can
 * be certified is the one before.
 */
import { type CalendarDate, partsOf } from '@machikado/domain';

export interface FiscalYearsOffered {
  readonly count: number;
  /** `MM-DD` */
  readonly newFrom: string;
}

/** The newest first; none where the kind knows no 年度. */
export function fiscalYearsOn(offered: FiscalYearsOffered | undefined, date: CalendarDate): number[] {
  if (offered === undefined) return [];
  const { year } = partsOf(date);
  const newest = date.slice(5) >= offered.newFrom ? year : year - 1;
  return Array.from({ length: offered.count }, (_, i) => newest - i);
}
