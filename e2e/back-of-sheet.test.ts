/**
 * What a resident takes home carries its own proof: the back of every sheet opens to exactly the front that the issuing server made, with what the
 * center knows of this copy. Read from the cells of the printed file, and once all the way round: printed, photographed, sent to the site.
 */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  cellCount,
  decodeHeader,
  decodeMain,
  type OpenedSheet,
  type OpeningKeys,
  openSheet,
  packedBytes,
  parseHeader,
  softBitsOf,
} from '@machikado/antiforgery';
import type { Raster } from '@machikado/inspection';
import { type BindingRecord, type IssuedOrder, orderReferenceOf } from '@machikado/protocol';
import { printAndScan } from '@machikado/simulators';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { examine } from '../apps/verification/src/examination/examine.ts';
import { type EngineKeys, openEngine } from '../apps/verification/src/examination/paper-engine.ts';
import { pictureDigest } from '../apps/verification/src/examination/shown-pictures.ts';
import { drawPage } from '../bench/paper/draw-page.ts';
import { openStage, type Stage, YUNAGI } from './fault-table.ts';
import { sharedReader } from './shared-threads.ts';

/** A front is in black and white on its back: darker than this is ink. */
const INK_BELOW = 200;

let stage: Stage;
let keys: OpeningKeys;
let siteKeys: EngineKeys;
let issued: IssuedOrder;
let sheets: { readonly copy: number; readonly sheet: number; readonly pdf: Uint8Array }[];

beforeAll(async () => {
  stage = await openStage({ people: { [YUNAGI]: ['big-household'] } });
  const { scrambling, sheetSigning } = stage.chain.plan.keys;
  keys = {
    masters: new Map([[scrambling.id, Buffer.from(readFileSync(scrambling.keyFile, 'utf8'), 'hex')]]),
    signers: new Map([[sheetSigning.id, createPublicKey(readFileSync(sheetSigning.publicFile))]]),
  };
  siteKeys = {
    masters: [...keys.masters].map(([id, key]) => ({ id, key })),
    signers: [{ id: sheetSigning.id, pem: readFileSync(sheetSigning.publicFile, 'utf8') }],
  };
  const { issuers } = stage.center;
  const { order } = issuers;
  vi.spyOn(issuers, 'order').mockImplementation(async (...asked) => {
    issued = await order(...asked);
    return issued;
  });
  const { end, paper } = await stage.use('big-household', { scope: 'household', copies: 2 });
  expect([end.code, paper.length]).toEqual(['OK', 4]);
  sheets = paper.map((file) => {
    const [, copy, sheet] = basename(file, '.pdf').split('.').map(Number) as [number, number, number];
    return { copy, sheet, pdf: new Uint8Array(readFileSync(file)) };
  });
});
afterAll(() => stage?.close());

test('each back opens to its own front, to the dot, and says whose copy and which sheet it is', async () => {
  for (const { copy, sheet, pdf } of sheets) {
    const opened = open(pdf);
    const { issueNumber, issuedAt } = bindingOf(copy);
    expect(opened.facts).toEqual({
      ...{ lgCode: YUNAGI, issueNumber, orderReference: orderReferenceOf(issued.orderId), sheet, of: 2 },
      issuedAt: new Date(Math.floor(Date.parse(issuedAt) / 1000) * 1000),
    });
    const { width, height, data } = await frontOf(copy, sheet);
    expect([opened.dpi, opened.picture.width, opened.picture.height]).toEqual([200, width, height]);
    const ink = data.map((grey) => (grey < INK_BELOW ? 1 : 0));
    expect(Buffer.from(opened.picture.bits).equals(Buffer.from(ink))).toBe(true);
  }
  expect(new Set(sheets.map(({ pdf }) => Buffer.from(matrixOf(pdf)).toString('base64'))).size).toBe(4);
});

test('printed, photographed and sent to the 問い合わせサイト, it opens to the same picture', async () => {
  const { copy, sheet, pdf } = sheets[1] ?? { copy: 0, sheet: 0, pdf: new Uint8Array() };
  const page = await drawPage(pdf, 2);
  const { jpeg } = await printAndScan({ page, conditions: 'phone-good', seed: 20_261_122 });
  const found = await examine({ files: [{ role: 'back', bytes: jpeg }] }, openEngine(siteKeys));
  if ('refused' in found) throw new Error(found.refused);
  expect(found.facts).toMatchObject({ lgCode: YUNAGI, issueNumber: bindingOf(copy).issueNumber, sheet, of: 2 });
  const front = await frontOf(copy, sheet);
  const ink = { ...front, bits: front.data.map((grey) => (grey < INK_BELOW ? 1 : 0)) };
  expect(found.picture.sha256).toBe(pictureDigest(ink));
});

test('the front is printed whole, with けん制文字 all over it but never over the seal', async () => {
  const [first] = sheets;
  const [front, back] = (await sharedReader().read(first?.pdf.slice() ?? new Uint8Array())).pages;
  if (!front || !back) throw new RangeError('a sheet has two sides');
  const original = await frontOf(1, 1);
  const { width, height, data } = original;
  expect([front.raster.width, front.raster.height]).toEqual([width, height]);
  // A form that begins at the upper left corner may be drawn a fraction of a pixel away.
  let lost = 0;
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1)
      if ((data[y * width + x] as number) < 60 && Math.min(...around(front.raster, x, y)) > 160) lost += 1;
  expect(lost).toBe(0);
  const bare = { x: width - 60, y: 30, side: 40 };
  expect(meanOf(original, bare)).toBe(255);
  for (const page of [front, back]) expect(255 - meanOf(page.raster, bare)).toBeGreaterThan(15);
  const [seal] = bindingOf(1).freeBoxes;
  if (!seal) throw new RangeError('a sheet has a seal');
  const pixels = (mm: number) => Math.round((mm / 25.4) * 200);
  const [right, bottom] = [pixels(seal.xMm + seal.wMm) - 2, pixels(seal.yMm + seal.hMm) - 2];
  const tinted: string[] = [];
  for (let y = pixels(seal.yMm) + 2; y < bottom; y += 1)
    for (let x = pixels(seal.xMm) + 2; x < right; x += 1)
      if (around(original, x, y).every((grey) => grey === 255) && at(front.raster, x, y) < 255)
        tinted.push(`${x} ${y}`);
  expect(tinted).toEqual([]);
});

function issuedCopy(copy: number): IssuedOrder['copies'][number] {
  const found = issued.copies.find((one) => one.copy === copy);
  if (!found) throw new RangeError(`no copy ${copy}`);
  return found;
}

function bindingOf(copy: number): BindingRecord {
  const [, payload = ''] = issuedCopy(copy).bindingRecord.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

/** As the issuing server made it. */
async function frontOf(copy: number, sheet: number): Promise<Raster> {
  const { pages } = await sharedReader().read(Buffer.from(issuedCopy(copy).pdf, 'base64'));
  const page = pages[sheet - 1];
  if (!page) throw new RangeError(`no sheet ${sheet}`);
  return page.raster;
}

function open(pdf: Uint8Array): OpenedSheet {
  const packed = matrixOf(pdf);
  const cells = Float32Array.from({ length: cellCount }, (_, i) => (isBlack(packed, i) ? -8 : 8));
  const soft = softBitsOf(cells);
  const header = decodeHeader(soft)?.header ?? new Uint8Array();
  const parsed = parseHeader(header);
  if ('refused' in parsed) throw new Error(parsed.refused);
  const ciphertext = decodeMain(soft, parsed.manifest.ciphertextBytes)?.ciphertext ?? new Uint8Array();
  const opened = openSheet({ header, ciphertext, keys });
  if ('refused' in opened) throw new Error(opened.refused);
  return opened;
}

/** Most significant bit first. */
const isBlack = (packed: Uint8Array, i: number) => ((packed[i >> 3] as number) >> (7 - (i & 7))) & 1;

/** The image mask that the second page of the file shows; the file may hold those of other sheets too. */
function matrixOf(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  const text = bytes.toString('latin1');
  const object = (n: string | undefined) => text.slice(text.indexOf(`\n${n} 0 obj`));
  const [, back] = /\/Type \/Pages[^>]*\/Kids \[\d+ 0 R (\d+) 0 R\s*\]/.exec(text) ?? [];
  const [, matrix] = /\/Matrix (\d+) 0 R/.exec(object(back)) ?? [];
  const from = text.indexOf('stream\n', text.indexOf(`\n${matrix} 0 obj`)) + 'stream\n'.length;
  expect(text.slice(from + packedBytes, from + packedBytes + 20)).toContain('endstream');
  return bytes.subarray(from, from + packedBytes);
}

function at({ width, data }: Raster, x: number, y: number): number {
  return data[y * width + x] as number;
}

function around(raster: Raster, x: number, y: number): number[] {
  return [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => at(raster, x + dx, y + dy)));
}

function meanOf(raster: Raster, { x, y, side }: { x: number; y: number; side: number }): number {
  const pixels = Array.from({ length: side * side }, (_, i) => at(raster, x + (i % side), y + Math.floor(i / side)));
  return pixels.reduce((sum, grey) => sum + grey) / pixels.length;
}
