import { blankPdf } from '@machikado/testkit';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Role } from '../ports.ts';
import { inventedFinding } from '../testing/invented-finding.ts';
import type { Engine, OpenedBack, ReadingRefused } from './engine.ts';
import { examine } from './examine.ts';

/** Grey of a picture → what the engine makes of it: backs are dark, of one sheet or another, fronts light. */
const [BACK, OTHER_BACK, POOR_BACK, FRONT] = [40, 60, 80, 200];
const { facts, keys } = inventedFinding;
const bits = new Uint8Array([1, 0, 0, 1]);
const opened = (issueNumber: string): OpenedBack => ({
  ...{ facts: { ...facts, issueNumber }, keys },
  picture: { width: 2, height: 2, bits, dpi: 200 },
});
const damaged: ReadingRefused = { refused: 'TOO_DAMAGED' };

const engine: Engine = {
  seeBack({ data }, corners) {
    const grey = data[0] ?? 0;
    if (grey < 100) return { seen: grey };
    return { refused: 'NOT_FOUND', cornersFound: corners ? 2 : 1 };
  },
  openBack(photos) {
    const [grey] = photos.map(({ seen }) => seen);
    if (photos.length > 1) return opened('00000000000000aa');
    return grey === POOR_BACK ? damaged : opened(grey === BACK ? '00000000000000aa' : '00000000000000bb');
  },
  compare: (_sealed, front) => ({ verdict: 'same', comparedPercent: 100, differences: [], front }),
};

const plain = (grey: number, background = { r: grey, g: grey, b: grey }) =>
  sharp({ create: { width: 20, height: 30, channels: 3, background } });
const png = (grey: number) => plain(grey).png().toBuffer();

async function look(...pictures: readonly (readonly [Role, number])[]) {
  const files = await Promise.all(pictures.map(async ([role, grey]) => ({ role, bytes: await png(grey) })));
  return examine({ files }, engine);
}
const of = (bytes: Uint8Array) => examine({ files: [{ role: 'back', bytes }] }, engine);
const same = { facts: { issueNumber: '00000000000000aa' }, comparison: { verdict: 'same' } };

describe('which picture is which', () => {
  test('a back alone is opened; with a front, compared', async () => {
    const alone = await look(['back', BACK]);
    expect(alone).toMatchObject({ facts: { issueNumber: '00000000000000aa' } });
    expect(alone).not.toHaveProperty('comparison');
    expect(await look(['back', BACK], ['front', FRONT])).toMatchObject(same);
  });

  test('sides in any order, and sides that somebody mixed up', async () => {
    expect(await look(['either', FRONT], ['either', BACK])).toMatchObject(same);
    expect(await look(['back', FRONT], ['front', BACK])).toMatchObject(same);
  });

  test('two photos of a back are read together only when neither is enough', async () => {
    expect(await look(['back', POOR_BACK])).toEqual(damaged);
    expect(await look(['back', POOR_BACK], ['back', POOR_BACK])).toMatchObject({ facts: same.facts });
    expect(await look(['back', POOR_BACK], ['back', BACK], ['front', FRONT])).toMatchObject(same);
  });

  test('a photo said to be of the back is never taken for a front', async () => {
    expect(await look(['back', BACK], ['back', FRONT])).not.toHaveProperty('comparison');
  });

  test('two sheets are told apart from two photos', async () => {
    expect(await look(['back', BACK], ['back', OTHER_BACK])).toEqual({ refused: 'SEVERAL_SHEETS' });
    expect(await look(['back', BACK], ['either', FRONT], ['either', FRONT])).toEqual({ refused: 'SEVERAL_SHEETS' });
  });

  test('where no back is seen, it says how many corners were', async () => {
    expect(await look(['back', FRONT])).toEqual({ refused: 'NOT_FOUND', cornersFound: 1 });
  });
});

describe('files', () => {
  test('JPEG, PNG, TIFF, WebP, with or without colour and transparency, are read', async () => {
    const pictures = [
      plain(BACK).jpeg(),
      plain(BACK).webp({ lossless: true }),
      plain(BACK).tiff(),
      plain(BACK).toColourspace('b-w').png(),
      plain(BACK).ensureAlpha().png(),
      plain(BACK).toColourspace('rgb16').png(),
      plain(BACK).toColourspace('cmyk').jpeg({ quality: 100 }),
    ];
    for (const picture of pictures) expect(await of(await picture.toBuffer())).toHaveProperty('facts');
  });

  test('colour counts as its lightest part: coffee is no ink', async () => {
    expect(await of(await plain(0, { r: 200, g: 120, b: 20 }).png().toBuffer())).toMatchObject({
      refused: 'NOT_FOUND',
    });
  });

  test('pages of a TIFF are pictures, more than four too many', async () => {
    const pages = async (count: number) =>
      sharp(await Promise.all(Array.from({ length: count }, (_, i) => png(i === 0 ? FRONT : BACK))), {
        join: { animated: true },
      })
        .tiff()
        .toBuffer();
    const scan = await pages(2);
    expect(await examine({ files: [{ role: 'either', bytes: scan }] }, engine)).toMatchObject(same);
    expect(await of(await pages(5))).toEqual({ refused: 'TOO_MANY_PICTURES' });
  });

  test('pages of a PDF are pictures', async () => {
    expect(await of(blankPdf(1))).toEqual({ refused: 'NOT_FOUND', cornersFound: 1 });
    expect(await of(blankPdf(5))).toEqual({ refused: 'TOO_MANY_PICTURES' });
  });

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['nothing at all', () => new Uint8Array(0), 'TYPE_NOT_SUPPORTED'],
    ['text', () => Buffer.from('hello'), 'TYPE_NOT_SUPPORTED'],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'TYPE_NOT_SUPPORTED'],
    ['GIF', () => plain(BACK).gif().toBuffer(), 'TYPE_NOT_SUPPORTED'],
    ['HEIC', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'HEIC_NOT_SUPPORTED'],
    ['a JPEG cut short', async () => (await plain(BACK).jpeg().toBuffer()).subarray(0, 200), 'FILE_BROKEN'],
    ['a PNG that claims 900 megapixels', async () => hugePng(await png(BACK), 30_000), 'TOO_MANY_PIXELS'],
    ['a PNG with a flipped byte', async () => flipped(await png(FRONT), 60), 'FILE_BROKEN'],
    ['a PDF that ends after its head', () => Buffer.from('%PDF-1.7\n'), 'FILE_BROKEN'],
    ['a PDF behind a password', () => Buffer.from(lockedPdf), 'FILE_ENCRYPTED'],
  ])('%s', async (_name, bytes, code) => {
    expect(await of(await bytes())).toMatchObject({ refused: code });
  });
});

/** Only the header says so: what is there is 20 × 30. */
function hugePng(bytes: Buffer, side: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(side, 16);
  copy.writeUInt32BE(side, 20);
  copy.writeUInt32BE(crc(copy.subarray(12, 29)), 29);
  return copy;
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

/** RC4 with 40 bits, and a user password that is not the empty one. */
const lockedPdf = `%PDF-1.4
1 0 obj
<</Type /Catalog /Pages 2 0 R>>
endobj
2 0 obj
<</Type /Pages /Count 1 /Kids [3 0 R]>>
endobj
3 0 obj
<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>
endobj
4 0 obj
<</Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}>>>
endobj
trailer
<</Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00><00>]>>
%%EOF
`;
