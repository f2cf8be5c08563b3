import { expect, test } from 'vitest';
import { parseCalendarDate } from './calendar.ts';
import {
  findMunicipality,
  findWard,
  isTestMunicipality,
  municipalities,
  testMunicipalities,
  wardsOn,
} from './municipalities.ts';

test('there are 1,741 municipalities and none of them is invented', () => {
  expect(municipalities.size).toBe(1741);
  expect([...municipalities.keys()].filter((code) => code.startsWith('99'))).toEqual([]);
  expect(findMunicipality('131016')).toMatchObject({ prefecture: '東京都', name: '千代田区' });
});

test('the villages without an office are not among them', () => {
  expect(findMunicipality('016951')).toBeUndefined();
});

test('every invented town lies in prefecture 99 and is known as invented', () => {
  expect([...testMunicipalities.keys()]).toEqual(['990019', '990027']);
  expect(findMunicipality('990027')).toMatchObject({ prefecture: '架空県', name: '霧笛町' });
  expect(isTestMunicipality('990019')).toBe(true);
  expect(isTestMunicipality('131016')).toBe(false);
});

test('浜松市 has seven wards until the end of 2023 and three from then on', () => {
  const names = (on: string) =>
    wardsOn(parseCalendarDate(on))
      .filter((ward) => ward.city === '221309')
      .map((ward) => ward.name);
  expect(names('2023-12-31')).toHaveLength(7);
  expect(names('2024-01-01')).toEqual(['中央区', '浜名区', '天竜区']);
  expect(findWard('221317', parseCalendarDate('2024-01-01'))).toBeUndefined();
  expect(findWard('221384', parseCalendarDate('2023-12-31'))).toBeUndefined();
});
