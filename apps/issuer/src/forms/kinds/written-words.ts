/** What every paper says of a sex and of a date. For `written` alone: `expected` says it by words of its own. */
import { formatLedgerDate } from '@machikado/domain';
import type { LedgerDate, RegistryPerson } from '@machikado/protocol';
import { EMPTY } from '../form-content.ts';

export const sexWords: Readonly<Record<RegistryPerson['sex'], string>> = {
  male: '男',
  female: '女',
  unspecified: EMPTY,
};

/** In wareki; 【空欄】 where the record has none. */
export function dateOrEmpty(date: LedgerDate | null): string {
  return date ? formatLedgerDate(date) : EMPTY;
}
