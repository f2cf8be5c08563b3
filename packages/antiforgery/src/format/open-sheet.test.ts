import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CodedFront, codeFrontAt } from './code-front.ts';
import { parseHeader } from './manifest.ts';
import { openSheet } from './open-sheet.ts';
import { readingRefusals } from './reading-refusal.ts';
import { sealFront } from './seal-front.ts';
import { knownOpeningKeys, knownSigningKey, knownTreatmentKeys } from './testing/test-keys.ts';
import { treatmentKeysFrom } from './treatment-keys.ts';

const data = Uint8Array.from({ length: 60 * 40 }, (_, i) => (i % 7 === 0 || i % 61 < 4 ? 0 : 255));
const coded = codeFrontAt({ width: 60, height: 40, data }, 200) as CodedFront;
const salt = new Uint8Array(16).fill(9);
const facts = {
  lgCode: '001234',
  issueNumber: '00ff00ff00ff00ff',
  orderReference: '0123456789abcdef',
  sheet: 2,
  of: 3,
  issuedAt: new Date('2026-11-22T03:00:00Z'),
};
const sealed = await sealFront({ coded, facts, salt, keys: knownTreatmentKeys(1, 2) });
const keys = knownOpeningKeys([1], [2]);

/** A header with other bytes, whose own check is right again. */
function altered(change: (header: Uint8Array) => void): Uint8Array {
  const header = sealed.header.slice();
  change(header);
  header.set(createHash('sha256').update(header.subarray(0, 140)).digest().subarray(0, 4), 140);
  return header;
}

const set = (at: number, ...bytes: number[]) => altered((header) => header.set(bytes, at));

test('opens to the picture to the bit, and to what was signed beside it', () => {
  expect(openSheet({ ...sealed, keys })).toEqual({
    facts,
    keyIds: { encryption: 1, signing: 2 },
    dpi: 200,
    picture: { width: 60, height: 40, bits: data.map((grey) => Number(grey < 200)) },
    signature: 'valid',
  });
});

test('whoever changes a slice of what was sealed changes a copy', () => {
  const { header, ciphertext } = sealed;
  for (const bytes of [header.slice(), ciphertext.slice()]) bytes.fill(0);
  expect(openSheet({ header, ciphertext, keys })).toMatchObject({ signature: 'valid' });
});

test('the ciphertext shows nothing of the front: another salt, another ciphertext', async () => {
  const again = await sealFront({ coded, facts, salt: new Uint8Array(16).fill(8), keys: knownTreatmentKeys(1, 2) });
  expect(again.ciphertext.length).toBe(sealed.ciphertext.length);
  expect(again.ciphertext).not.toEqual(sealed.ciphertext);
});

describe('keys change, paper stays', () => {
  test('paper of an old key opens beside that of the new one', async () => {
    const newer = await sealFront({ coded, facts, salt, keys: knownTreatmentKeys(3, 4) });
    const both = knownOpeningKeys([1, 3], [2, 4]);
    expect(openSheet({ ...sealed, keys: both })).toMatchObject({ keyIds: { encryption: 1, signing: 2 } });
    expect(openSheet({ ...newer, keys: both })).toMatchObject({ keyIds: { encryption: 3, signing: 4 } });
  });

  test.each([
    ['encryption', knownOpeningKeys([3], [2])],
    ['signing', knownOpeningKeys([1], [4])],
  ])('a destroyed %s key makes its paper UNKNOWN_KEY', (_, keys) => {
    expect(openSheet({ ...sealed, keys })).toEqual({ refused: 'UNKNOWN_KEY' });
  });

  test('who holds the opening keys cannot seal: SIGNATURE_INVALID', async () => {
    const master = new Uint8Array(32).fill(1);
    const forger = { encryptionKeyId: 1, master, signingKeyId: 2, signingKey: knownSigningKey(66) };
    const forged = await sealFront({ coded, facts, salt, keys: treatmentKeysFrom(forger) });
    expect(openSheet({ ...forged, keys })).toEqual({ refused: 'SIGNATURE_INVALID' });
  });

  test('keys of the wrong kind are no keys', () => {
    const good = { encryptionKeyId: 1, master: new Uint8Array(32), signingKeyId: 2, signingKey: knownSigningKey(2) };
    expect(() => treatmentKeysFrom({ ...good, master: new Uint8Array(16) })).toThrow();
    expect(() => treatmentKeysFrom({ ...good, encryptionKeyId: 65_536 })).toThrow();
    expect(() => treatmentKeysFrom({ ...good, signingKeyId: 0 })).toThrow();
  });
});

describe('is refused', () => {
  test.each([
    ['no header', new Uint8Array(144), 'TOO_DAMAGED'],
    ['a header with a wrong bit', sealed.header.map((byte, i) => (i === 20 ? byte ^ 1 : byte)), 'TOO_DAMAGED'],
    ['a header that is too short', sealed.header.subarray(0, 143), 'TOO_DAMAGED'],
    ['a later version', set(2, 2), 'UNKNOWN_VERSION'],
    ['flags not known here', set(3, 1), 'UNKNOWN_VERSION'],
    ['two bands', set(32, 2), 'UNKNOWN_VERSION'],
    ['another codec', set(33, 1), 'UNKNOWN_VERSION'],
    ['a resolution out of the air', set(6, 0, 201), 'PICTURE_BROKEN'],
    ['a picture without width', set(8, 0, 0), 'PICTURE_BROKEN'],
    ['an endless picture', set(8, 255, 255, 255, 255), 'PICTURE_BROKEN'],
    ['no ciphertext', set(36, 0, 0, 0), 'PICTURE_BROKEN'],
    ['more ciphertext than fits', set(36, 0, 0x86, 0xce), 'PICTURE_BROKEN'],
    ['another municipality', set(55, 0, 0, 1), 'SIGNATURE_INVALID'],
    ['another issue number', set(58, 1), 'SIGNATURE_INVALID'],
    ['another sheet', set(74, 1), 'SIGNATURE_INVALID'],
    ['another time', set(28, 0), 'SIGNATURE_INVALID'],
    ['another signature', set(76, 0, 0, 0), 'SIGNATURE_INVALID'],
  ])('%s', (_, header, refused) => {
    expect(openSheet({ ...sealed, header, keys })).toEqual({ refused });
  });

  test('another ciphertext under the same header: DIGEST_MISMATCH', () => {
    const flipped = sealed.ciphertext.map((byte, i) => (i === 7 ? byte ^ 4 : byte));
    for (const ciphertext of [flipped, sealed.ciphertext.subarray(1), new Uint8Array()])
      expect(openSheet({ header: sealed.header, ciphertext, keys })).toEqual({ refused: 'DIGEST_MISMATCH' });
  });

  test('a picture that the center signed although it is none: PICTURE_BROKEN', async () => {
    const wrong = { ...coded, height: coded.height + 900 };
    const broken = await sealFront({ coded: wrong, facts, salt, keys: knownTreatmentKeys(1, 2) });
    expect(openSheet({ ...broken, keys })).toEqual({ refused: 'PICTURE_BROKEN' });
  });

  test('anything at all, without a throw and without a picture', () => {
    const headers = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.tuple(fc.nat(143), fc.nat(255)), { minLength: 1, maxLength: 6 }).map((changes) =>
        altered((header) => {
          for (const [at, byte] of changes) header[at] = (header[at] as number) ^ (byte + 1);
        }),
      ),
    );
    fc.assert(
      fc.property(headers, fc.uint8Array({ maxLength: 300 }), (header, ciphertext) => {
        const opened = openSheet({ header, ciphertext, keys });
        expect('refused' in opened && readingRefusals.includes(opened.refused)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test('a header says in its bytes what the table says', () => {
  const { header, ciphertext } = sealed;
  const hex = (from: number, length: number) => Buffer.from(header).toString('hex', from, from + length);
  expect(hex(0, 12)).toBe('4353' + '01' + '00' + '0001' + '00c8' + '003c' + '0028');
  expect(hex(12, 16)).toBe('09'.repeat(16));
  expect(hex(28, 8)).toBe(`${(facts.issuedAt.getTime() / 1000).toString(16)}01000002`);
  expect(hex(36, 3)).toBe(ciphertext.length.toString(16).padStart(6, '0'));
  expect(hex(39, 16)).toBe(createHash('sha256').update(ciphertext).digest('hex').slice(0, 32));
  expect(hex(55, 21)).toBe('0004d2' + '00ff00ff00ff00ff' + '0123456789abcdef' + '0203');
  expect(parseHeader(header)).toMatchObject({ manifest: { facts, ciphertextBytes: ciphertext.length } });
});
