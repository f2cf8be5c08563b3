/**
 * 和暦: eras as an effective-dated table in code, so that no machine can miss a change of era (2019-05-07: certificates dated
 * 平成31年 instead of 令和元年, because three machines had not been configured). Before 1873-01-01 Japan counted by the moon;
 * such dates are refused rather than converted.
 */
import { type CalendarDate, partsOf } from './calendar.ts';
import { type EffectiveDated, valueOn } from './effective-dated.ts';

export interface Era {
  readonly name: string;
  /** Western year of 元年. */
  readonly firstYear: number;
}

export const eras: readonly EffectiveDated<Era>[] = [
  { from: '1873-01-01', value: { name: '明治', firstYear: 1868 } },
  { from: '1912-07-30', value: { name: '大正', firstYear: 1912 } },
  { from: '1926-12-25', value: { name: '昭和', firstYear: 1926 } },
  { from: '1989-01-08', value: { name: '平成', firstYear: 1989 } },
  { from: '2019-05-01', value: { name: '令和', firstYear: 2019 } },
];

export function eraOn(date: CalendarDate): Era {
  const era = valueOn(eras, date);
  if (!era) throw new RangeError('before 1873 the calendar was another one');
  return era;
}

/** 「令和元年」「昭和60年」「平成 2年」: padded to two columns, 元 being as wide as two digits. */
export function formatEraYear(era: Era, year: number): string {
  const count = year - era.firstYear + 1;
  return `${era.name}${count === 1 ? '元' : String(count).padStart(2)}年`;
}

/** 「令和元年 5月 1日」 */
export function formatWareki(date: CalendarDate): string {
  const { year, month, day } = partsOf(date);
  return `${formatEraYear(eraOn(date), year)}${String(month).padStart(2)}月${String(day).padStart(2)}日`;
}
