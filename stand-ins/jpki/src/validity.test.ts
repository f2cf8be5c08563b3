import { expect, test } from 'vitest';
import { cardDate, generationNumbers, generationValidity, nthBirthday } from './validity.ts';

test.each([
  // The first row was observed on a real cert.
  ['2025-10-27T01:00:00Z', '02-17', '2030-02-17T14:59:59.000Z'],
  ['2025-10-27T01:00:00Z', '12-01', '2029-12-01T14:59:59.000Z'],
  ['2025-10-27T01:00:00Z', '10-27', '2030-10-27T14:59:59.000Z'],
  // 27 October has begun in Japan.
  ['2025-10-26T15:00:00Z', '10-27', '2030-10-27T14:59:59.000Z'],
  ['2025-10-26T14:59:59Z', '10-27', '2029-10-27T14:59:59.000Z'],
  ['2025-10-27T01:00:00Z', '02-29', '2030-02-28T14:59:59.000Z'],
  ['2023-10-27T01:00:00Z', '02-29', '2028-02-29T14:59:59.000Z'],
])('a cert of %s for someone born on %s ends with %s', (issuedAt, birthday, end) => {
  expect(nthBirthday(birthday, 5, new Date(issuedAt)).toISOString()).toBe(end);
});

test('three generations are alive at a time, and each was born while the one before still issued', () => {
  const now = new Date('2026-06-01T00:00:00Z');
  const lives = generationNumbers.map((generation) => generationValidity(generation, now));
  expect(lives.every(({ notBefore, notAfter }) => notBefore < now && now < notAfter)).toBe(true);
  expect(lives.map(({ notBefore }) => notBefore.getUTCFullYear())).toEqual([2017, 2021, 2025]);
});

test('writes the last day of a card as it is in Japan', () => {
  expect(cardDate(new Date('2035-10-26T14:59:59Z'))).toBe('20351026');
  expect(cardDate(new Date('2035-10-26T15:00:00Z'))).toBe('20351027');
});
