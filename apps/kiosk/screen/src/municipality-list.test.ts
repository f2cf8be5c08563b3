import { municipalities, testMunicipalities } from '@machikado/domain';
import { describe, expect, test } from 'vitest';
import { canBeChosen, prefecturesOf, regionsOf, rowOf, rowsOf, townsOf } from './municipality-list.ts';
import { status, towns } from './testing/scenes.ts';

const all = [...municipalities.values()];

describe('the list of municipalities', () => {
  test('leads to each of the 1,741 by region, prefecture and first sound, once', () => {
    const reached = regionsOf(all).flatMap((region) =>
      prefecturesOf(all, region).flatMap((prefecture) =>
        rowsOf(all, prefecture).flatMap((row) => townsOf(all, prefecture, row).map(({ lgCode }) => lgCode)),
      ),
    );
    expect(reached).toHaveLength(1741);
    expect(new Set(reached).size).toBe(1741);
  });

  test('has the six regions of the menu and 47 prefectures, north to south', () => {
    expect(regionsOf(all)).toHaveLength(6);
    const prefectures = regionsOf(all).flatMap((region) => prefecturesOf(all, region));
    expect(prefectures).toHaveLength(47);
    expect([prefectures[0], prefectures[12], prefectures[46]]).toEqual(['北海道', '東京都', '沖縄県']);
  });

  test('shows invented towns only where there are any', () => {
    expect(regionsOf([...all, ...testMunicipalities.values()])).toContain('invented');
  });

  test('sorts voiced sounds under their row', () => {
    const [town] = towns;
    if (!town) throw new Error('no town');
    for (const [kana, row] of [
      ['がま', 'か'],
      ['ぱな', 'は'],
      ['ゔあ', 'わ'],
      ['んじ', 'わ'],
      ['おお', 'あ'],
      ['ぢ', 'た'],
    ])
      expect(rowOf({ ...town, nameKana: kana ?? '' })).toBe(row);
  });

  test('a town that takes no part, or issues nothing now, cannot be chosen', () => {
    expect(towns.map((town) => canBeChosen(town, status))).toEqual([true, false, false]);
  });
});
