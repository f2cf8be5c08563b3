import { expect, test } from 'vitest';
import { findMunicipality, isTestMunicipality, municipalities, testMunicipalities } from './municipalities.ts';

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
