import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { createPdfReader } from './pdf-reader.ts';
import { PdfRefusal } from './pdf-refusal.ts';
import { digestOfRaster } from './raster-digest.ts';
import { streamObject, tinyPdf } from './testing/tiny-pdf.ts';
import { textIn, wordsOf } from './text.ts';

const reader = createPdfReader({ workers: 1 });
afterAll(() => reader.close());

const hello = { texts: [{ text: 'HELLO WORLD', xMm: 20, yMm: 30 }] };

async function refusalOf(pdf: Uint8Array, asked = reader): Promise<string> {
  const refusal = await asked.read(pdf).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refusal instanceof PdfRefusal) return refusal.reason;
  throw refusal ?? new Error('was read');
}

test('reads size, text with places, and picture of each page', async () => {
  const { pages } = await reader.read(tinyPdf([hello, { widthMm: 148, heightMm: 210 }]));
  const [first, second] = pages as [(typeof pages)[0], (typeof pages)[0]];
  expect(first.widthMm).toBeCloseTo(210, 1);
  expect(second.heightMm).toBeCloseTo(210, 1);
  expect([first.raster.width, first.raster.height]).toEqual([1654, 2339]);
  expect(first.raster.data).toHaveLength(1654 * 2339);
  expect(wordsOf(first).map((word) => word.text)).toEqual(['HELLO', 'WORLD']);
  expect(textIn(first, { xMm: 19, yMm: 25, wMm: 60, hMm: 7 })).toBe('HELLO WORLD');
  expect(textIn(first, { xMm: 19, yMm: 35, wMm: 60, hMm: 7 })).toBe('');
  const letter = first.glyphs[0];
  expect(letter?.originXMm).toBeCloseTo(20, 1);
  expect(letter?.originYMm).toBeCloseTo(30, 1);
});

test('gives equal pages equal digests and different pages different ones', async () => {
  const changed = { texts: [{ text: 'HELLO WORLO', xMm: 20, yMm: 30 }] };
  const [a, b, c] = (await reader.read(tinyPdf([hello, hello, changed]))).pages;
  expect(a?.digest).toBe(b?.digest);
  expect(a?.digest).not.toBe(c?.digest);
});

test('gives the same digest in every reader: center, issuing server and kiosk each have their own', async () => {
  const other = createPdfReader({ workers: 1 });
  try {
    const [here, there] = [await reader.read(tinyPdf([hello])), await other.read(tinyPdf([hello]))];
    expect(there.pages[0]?.digest).toBe(here.pages[0]?.digest);
  } finally {
    await other.close();
  }
});

test('binds width and height into the digest', () => {
  const data = new Uint8Array(6);
  expect(digestOfRaster({ width: 2, height: 3, data })).not.toBe(digestOfRaster({ width: 3, height: 2, data }));
});

describe('fronts', () => {
  const texts = (text: string) => ({ texts: [{ text, xMm: 20, yMm: 30 }] });

  test('are every other page, with the letters that a whole reading finds there, and no back is looked at', async () => {
    const pdf = tinyPdf([texts('ONE'), { ...texts('BACK'), entries: '/Rotate 90' }, texts('TWO'), texts('BACK')]);
    const { pageCount, fronts } = await reader.readFronts(pdf);
    expect(pageCount).toBe(4);
    expect(fronts.map((front) => wordsOf(front).map(({ text }) => text))).toEqual([['ONE'], ['TWO']]);
    expect(fronts.map(({ number }) => number)).toEqual([1, 3]);
    const [whole] = (await reader.read(tinyPdf([texts('ONE')]))).pages;
    expect(fronts[0]?.glyphs).toEqual(whole?.glyphs);
    expect(fronts[0]).not.toHaveProperty('raster');
  });

  test('are read of twice as many pages as a document has, and of no more', async () => {
    const blank = (count: number) => tinyPdf(Array.from({ length: count }, () => ({})));
    expect((await reader.readFronts(blank(80))).fronts).toHaveLength(40);
    await expect(reader.readFronts(blank(81))).rejects.toMatchObject({ reason: 'too-many-pages' });
  });
});

describe('what stands inside a form counts as if it stood on the page', () => {
  const content = [
    '/Span << /ActualText <FEFF845BDB40DD00> >> BDC BT /F 10 Tf 100 600 Td (K) Tj ET EMC',
    'BT /F 10 Tf 100 500 Td (PLAIN) Tj ET 0 g 200 400 50 20 re f',
  ].join('\n');
  const inForm = (matrix: string, placing: string) =>
    tinyPdf([{ operators: `q ${placing} cm /Form Do Q`, resources: '/XObject << /Form 900 0 R >>' }], {
      objects: [
        streamObject(
          `/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Matrix [${matrix}] /Resources << /Font << /F 3 0 R >> >>`,
          Buffer.from(content),
        ),
      ],
    });

  test.each([
    ['as it is', '1 0 0 1 0 0', '1 0 0 1 0 0', [1, 0, 0]],
    ['moved and halved by its own matrix and that of the page', '0.5 0 0 0.5 0 0', '1 0 0 1 100 50', [0.5, 100, 50]],
  ] as const)('%s', async (_, matrix, placing, [scale, dx, dy]) => {
    const [direct] = (await reader.read(tinyPdf([{ operators: content }]))).pages;
    const [page] = (await reader.read(inForm(matrix, placing))).pages;
    expect(page?.glyphs.map(({ text }) => text).toSorted()).toEqual([...'AILNP', '葛\u{e0100}'].toSorted());
    const toX = (xMm: number) => xMm * scale + (dx * 25.4) / 72;
    const toY = (yMm: number) => 297 - ((297 - yMm) * scale + (dy * 25.4) / 72);
    for (const glyph of direct?.glyphs ?? []) {
      const same = page?.glyphs.find(({ text }) => text === glyph.text);
      expect(same?.originXMm).toBeCloseTo(toX(glyph.originXMm), 2);
      expect(same?.originYMm).toBeCloseTo(toY(glyph.originYMm), 2);
      expect(same?.sizeMm).toBeCloseTo(glyph.sizeMm * scale, 2);
      expect(same?.box.xMm).toBeCloseTo(toX(glyph.box.xMm), 1);
      expect(same?.box.hMm).toBeCloseTo(glyph.box.hMm * scale, 1);
    }
    const [bar] = page?.drawings ?? [];
    expect(page?.drawings).toHaveLength(1);
    expect(bar?.box.wMm).toBeCloseTo(((50 * 25.4) / 72) * scale, 2);
  });
});

test('leaves the bytes that it was given to their owner', async () => {
  const pdf = tinyPdf([hello]);
  const before = Buffer.from(pdf);
  await reader.read(pdf);
  expect(pdf.equals(before)).toBe(true);
});

test('reads a document whose random file identifier happens to spell the name of an action', async () => {
  for (const id of ['gbAu86dNnd95MpXMXBH/AA==', 'gbAu/JS+nd95MpXMXBHPQ==', 'gbAu/Encrypt/5MpXMXBHPQ=='])
    expect((await reader.read(tinyPdf([hello], { trailer: `/ID [(${id}) (${id})]` }))).pages).toHaveLength(1);
});

describe('refuses', () => {
  test('what is no PDF, or only the front half of one', async () => {
    expect(await refusalOf(Buffer.from('<html></html>'))).toBe('not-a-pdf');
    expect(await refusalOf(new Uint8Array())).toBe('not-a-pdf');
    expect(await refusalOf(Buffer.from('%PDF-1.7\nnothing'))).toBe('not-a-pdf');
  });

  test('more bytes and more pages than a certificate has', async () => {
    expect(await refusalOf(Buffer.alloc(8_000_001))).toBe('too-large');
    expect(await refusalOf(tinyPdf(Array.from({ length: 41 }, () => ({}))))).toBe('too-many-pages');
  });

  test.each([
    ['huge', { widthMm: 4000 }],
    ['turned', { entries: '/Rotate 90' }],
    ['cropped', { entries: '/CropBox [10 10 300 300]' }],
  ])('a %s page', async (_, page) => {
    expect(await refusalOf(tinyPdf([page]))).toBe('page-geometry');
  });

  test('encryption', async () => {
    const trailer = `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'00'.repeat(32)}> /U <${'00'.repeat(32)}> >>`;
    expect(await refusalOf(tinyPdf([hello], { trailer }))).toBe('encrypted');
  });

  test.each([
    ['JavaScript', { catalog: '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>' }],
    ['JavaScript under an escaped name', { catalog: '/OpenActio#6e << /S /J#61vaScript /J#53 (1) >>' }],
    ['an embedded file', { catalog: '/Names << /EmbeddedFiles << /Names [] >> >>' }],
    ['a form', { catalog: '/AcroForm << /Fields [] >>' }],
    ['layers', { catalog: '/OCProperties << /OCGs [] /D << >> >>' }],
  ])('%s', async (_, options) => {
    expect(await refusalOf(tinyPdf([hello], options))).toBe('active-content');
  });

  test('annotations', async () => {
    const entries = '/Annots [<< /Type /Annot /Subtype /FreeText /Rect [0 0 99 99] /Contents (x) >>]';
    expect(await refusalOf(tinyPdf([{ ...hello, entries }]))).toBe('active-content');
  });

  test('an action beside the file identifier, or in the place of one', async () => {
    const id = '/ID [(gbAu86dNnd95MpXMXBH/AA==) (gbAu86dNnd95MpXMXBH/AA==)]';
    expect(await refusalOf(tinyPdf([hello], { trailer: `${id} /AA << >>` }))).toBe('active-content');
    expect(await refusalOf(tinyPdf([hello], { trailer: '/ID [(x\\) (y)] /AA << >> (z)]' }))).toBe('active-content');
  });

  test('active content hidden in a compressed object stream', async () => {
    const inner = deflateSync(Buffer.from('50 0 << /S /JavaScript /JS (1) >>'));
    const objects = [streamObject('/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode', inner)];
    expect(await refusalOf(tinyPdf([hello], { objects }))).toBe('active-content');
  });

  test('a deflate bomb, before anything draws it', async () => {
    const bomb = deflateSync(Buffer.alloc(70_000_000), { level: 9 });
    expect(await refusalOf(tinyPdf([hello], { objects: [streamObject('/Filter /FlateDecode', bomb)] }))).toBe(
      'too-complex',
    );
  });

  test('many streams that are a bomb together', async () => {
    const part = deflateSync(Buffer.alloc(33_000_000));
    const objects = Array.from({ length: 4 }, () => streamObject('/Filter /FlateDecode', part));
    expect(await refusalOf(tinyPdf([hello], { objects }))).toBe('too-complex');
  });

  test('a bomb in a bomb in a bomb', async () => {
    const nested = [1, 2, 3].reduce((bytes) => deflateSync(bytes), Buffer.alloc(1000));
    const objects = [streamObject('/Filter [/FlateDecode /FlateDecode /FlateDecode]', nested)];
    expect(await refusalOf(tinyPdf([hello], { objects }))).toBe('too-complex');
  });

  test('filters that no certificate needs', async () => {
    const objects = [streamObject('/Filter /JBIG2Decode', Buffer.alloc(4))];
    expect(await refusalOf(tinyPdf([hello], { objects }))).toBe('too-complex');
  });

  test('a page that takes too long, and reads the next file in a fresh thread', async () => {
    // As much as a thread needs to begin anew and read, some times over: on a busy machine that is more.
    const began = performance.now();
    const first = createPdfReader({ workers: 1 });
    await first.read(tinyPdf([hello]));
    await first.close();
    const hasty = createPdfReader({ workers: 1, timeoutMs: Math.ceil(5 * (performance.now() - began)) });
    const work = `${'0 0 595 842 re f* '.repeat(200)}\n`.repeat(2000);
    const slow = tinyPdf([{ bars: Array.from({ length: 1 }, () => [0, 0, 1, 1] as const) }], {
      objects: [streamObject('/Filter /FlateDecode', deflateSync(Buffer.from(work)))],
    });
    const pointed = Buffer.from(slow.toString('latin1').replace('/Contents 11 0 R', '/Contents 900 0 R'), 'latin1');
    try {
      expect(await refusalOf(pointed, hasty)).toBe('too-slow');
      expect((await hasty.read(tinyPdf([hello]))).pages).toHaveLength(1);
    } finally {
      await hasty.close();
    }
  });
});

test('gives up with the asker’s own reason', async () => {
  const asker = new AbortController();
  const reading = reader.read(tinyPdf([hello]), { signal: asker.signal });
  asker.abort(new Error('deadline'));
  await expect(reading).rejects.toThrow('deadline');
  expect((await reader.read(tinyPdf([hello]))).pages).toHaveLength(1);
});

test('survives damaged files: each byte of a small one changed in turn is read or refused, never anything else', async () => {
  const good = tinyPdf([hello]);
  for (let at = 9; at < good.length; at += 7) {
    const damaged = Buffer.from(good);
    damaged[at] = (damaged[at] as number) ^ 0x15;
    const outcome = await reader.read(damaged).then(
      () => 'read',
      (error: unknown) => (error instanceof PdfRefusal && error.reason !== 'crashed' ? 'refused' : error),
    );
    expect(['read', 'refused']).toContain(outcome);
  }
});
