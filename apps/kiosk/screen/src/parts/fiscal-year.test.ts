import { eraOn, formatEraYear, parseCalendarDate } from '@machikado/domain';
import { catalogues } from '@machikado/ui';
import { expect, test } from 'vitest';

test('a 年度 on the glass has the era that the table of eras knows for its first day', () => {
  for (let year = 1990; year <= 2040; year += 1) {
    const first = formatEraYear(eraOn(parseCalendarDate(`${year}-04-01`)), year).replaceAll(' ', '');
    expect(catalogues.ja.choose.fiscalYear(year).title).toBe(`${first}度`);
  }
});

test('it says whose income it is about', () => {
  expect(catalogues.ja.choose.fiscalYear(2026)).toMatchObject({
    title: '令和8年度',
    about: expect.stringMatching(/^令和7年（2025年）/),
  });
  expect(catalogues.ja.choose.fiscalYear(2020).about).toMatch(/^令和元年（2019年）/);
  expect(catalogues.en.choose.fiscalYear(2026)).toMatchObject({
    title: 'Fiscal year 2026',
    about: expect.stringContaining('2025'),
  });
});
