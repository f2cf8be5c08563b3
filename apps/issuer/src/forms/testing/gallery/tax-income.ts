/** 所得証明書: the year before and after the switch in June, 平成31年度, large sums, nothing at all. */
import type { CalendarDate } from '@machikado/domain';
import { foreigner, person } from '../records.ts';
import { eraChange, exempt, ledger, longest, wealthy } from '../tax-ledgers.ts';
import { type GalleryCase, otherTown } from './gallery-case.ts';
import { longAddress } from './people.ts';
import { taxCase } from './tax-case.ts';

const kind = 'tax-income';
const day = (text: string) => ({ issuedOn: text as CalendarDate });

export const cases: readonly GalleryCase[] = [
  taxCase(kind, 'usual', 'wages and a rent; other groups say ＊＊＊', ledger(2026)),
  taxCase(kind, 'before-june', 'the newest year there is on 9 June is the one before', ledger(2025), day('2026-06-09')),
  taxCase(kind, 'from-june', 'the new year on the day of the switch', ledger(2026), day('2026-06-10')),
  taxCase(kind, 'era-change', '2019年度 is called 平成31年度', eraChange),
  taxCase(kind, 'first-year-of-era', '令和2年度, about the 所得 of 令和元年', ledger(2020)),
  taxCase(kind, 'no-income', 'a pension below the line, 所得 of 0 yen', exempt),
  taxCase(kind, 'wealthy', 'eleven digits, and a loss', wealthy),
  taxCase(kind, 'two-sheets', 'thirty sorts of 所得', longest),
  taxCase(kind, 'long-address', 'addresses that break', { ...ledger(2026), addressOnNewYear: longAddress }),
  taxCase(kind, 'foreigner', 'born in the western calendar', ledger(2026), { resident: foreigner(1) }),
  taxCase(kind, 'long-name', 'a name that goes on to the 続紙', ledger(2026), {
    resident: person(1, { name: `夕凪　${'寿限無五劫擦切海砂利水魚'.repeat(14)}` }),
  }),
  taxCase(kind, 'other-town', 'another town', ledger(2026), { mayor: otherTown }),
];
