import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CardFileError, parseCardFile } from './card-file.ts';
import { cardFile } from './test-cards.ts';

test('reads back what it wrote', () => {
  const file = cardFile();
  expect(parseCardFile(JSON.stringify(file, null, 2))).toEqual(file);
  expect(file.auth?.triesLeft).toBe(3);
  expect(file.sign?.triesLeft).toBe(5);
});

test.each([
  ['an unknown member', { owner: 'x' }],
  ['another format', { format: 'machikado-card/2' }],
  ['an unknown medium', { medium: 'watch' }],
  ['a six-digit municipality', { issuedBy: '990019' }],
  ['a PIN of another form', { auth: { ...cardFile().auth, pin: '12345' } }],
  ['more tries than there are', { auth: { ...cardFile().auth, triesLeft: 4 } }],
  ['tries without a PIN', { auth: { ...cardFile().auth, pin: null } }],
  ['a missing key', { auth: { ...cardFile().auth, key: '' } }],
])('refuses %s', (_, change) => {
  expect(() => parseCardFile({ ...cardFile(), ...change })).toThrow(CardFileError);
});

test('throws nothing but CardFileError, and never shows the PIN in it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue()), (value) => {
      expect(() => parseCardFile(value)).toThrow(CardFileError);
    }),
  );
  expect(() => parseCardFile({ ...cardFile(), auth: { ...cardFile().auth, pin: '98765' } })).toThrow(
    /^auth.pin is not/,
  );
});
