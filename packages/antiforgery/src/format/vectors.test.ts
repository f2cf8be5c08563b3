import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildCells } from './cells.ts';
import { codeFront } from './code-front.ts';
import { decodeHeader, decodeMain } from './decode-cells.ts';
import { cellCount } from './geometry.ts';
import { openSheet } from './open-sheet.ts';
import { sealFront } from './seal-front.ts';
import { softBitsOf } from './soft-bits.ts';
import { inventedPage } from './testing/invented-pages.ts';
import { knownOpeningKeys, knownTreatmentKeys } from './testing/test-keys.ts';

const folder = new URL('../../vectors/', import.meta.url);
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('there are three', () => {
  expect(names.sort()).toEqual(['dense-page', 'few-signs', 'full-page']);
});

describe.each(names)('paper printed with CS v1 is read for years: %s', (name) => {
  const vector = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  const printed = readFileSync(new URL(`${name}.bin`, folder));
  const header = new Uint8Array(printed.subarray(0, 144));
  const ciphertext = new Uint8Array(printed.subarray(144));
  const facts = { ...vector.facts, issuedAt: new Date(vector.facts.issuedAt) };

  test('what was sealed then opens to the same picture and facts', () => {
    const keys = knownOpeningKeys([vector.keyIds.encryption], [vector.keyIds.signing]);
    const opened = openSheet({ header, ciphertext, keys });
    if ('refused' in opened) throw new Error(opened.refused);
    expect(opened.facts).toEqual(facts);
    expect(opened.keyIds).toEqual(vector.keyIds);
    expect([opened.dpi, opened.picture.width, opened.picture.height]).toEqual([
      vector.coded.dpi,
      vector.coded.width,
      vector.coded.height,
    ]);
    expect(sha256(opened.picture.bits)).toBe(vector.pictureSha256);
  });

  test('the same front with the same keys, salt and time is sealed to the same bytes', async () => {
    const coded = codeFront(inventedPage(vector.page));
    expect({ ...coded, bytes: coded.bytes.length, sha256: sha256(coded.bytes) }).toEqual(vector.coded);
    const keys = knownTreatmentKeys(vector.keyIds.encryption, vector.keyIds.signing);
    const sealed = await sealFront({ coded, facts, salt: Buffer.from(vector.salt, 'hex'), keys });
    expect(Buffer.from(sealed.header).toString('hex')).toBe(vector.header);
    expect(Buffer.concat([sealed.header, sealed.ciphertext]).equals(printed)).toBe(true);
    expect(sha256(sealed.ciphertext)).toBe(vector.ciphertextSha256);
  });

  test('the same cells are printed, and lead back to the same bytes', () => {
    const cells = buildCells(header, ciphertext);
    expect(sha256(cells)).toBe(vector.cellsSha256);
    const seen = new Float32Array(cellCount);
    for (let i = 0; i < cellCount; i++) seen[i] = isBlack(cells, i) ? -4 : 4;
    const soft = softBitsOf(seen);
    expect(decodeHeader(soft)?.header).toEqual(header);
    const read = decodeMain(soft, ciphertext.length)?.ciphertext;
    expect(read && Buffer.from(read).equals(ciphertext)).toBe(true);
  });
});

function isBlack(cells: Uint8Array, i: number): boolean {
  return (((cells[i >> 3] as number) >> (7 - (i & 7))) & 1) === 1;
}
