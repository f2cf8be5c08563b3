/** A sheet for tests of the site: a front that says nothing, sealed with keys that everybody knows, and its back as a clean scan at 200 dpi. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import {
  buildCells,
  cellsHigh,
  cellsWide,
  codeFront,
  finderCells,
  finderRadii,
  finders,
  type Raster,
  type SheetFacts,
  sealFront,
  treatmentKeysFrom,
} from '@machikado/antiforgery';
import { chanceFrom } from '@machikado/testkit';
import sharp from 'sharp';
import type { EngineKeys } from '../examination/paper-engine.ts';

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const signingKey = (byte: number) =>
  createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, Buffer.alloc(32, byte)]), format: 'der', type: 'pkcs8' });

export const encryptionKeyId = 1;
export const signingKeyId = 2;
export const engineKeys: EngineKeys = {
  masters: [{ id: encryptionKeyId, key: new Uint8Array(32).fill(encryptionKeyId) }],
  signers: [
    {
      id: signingKeyId,
      pem: createPublicKey(signingKey(signingKeyId)).export({ type: 'spki', format: 'pem' }).toString(),
    },
  ],
};

export const facts: SheetFacts = {
  lgCode: '990019',
  issueNumber: '0123456789abcdef',
  orderReference: 'fedcba9876543210',
  sheet: 1,
  of: 2,
  issuedAt: new Date('2026-11-22T03:00:00Z'),
};

export interface PaperInHand {
  readonly front: Raster;
  readonly back: Raster;
}

export interface PaperOptions {
  readonly facts?: Partial<SheetFacts>;
  /** Of another center: same number, another key. */
  readonly forger?: boolean;
  /** Letters of its own in every place, so that the page can be compared; without, lines of bars. */
  readonly lettered?: boolean;
  /** The pattern lies under something, from its top down to this share of it. */
  readonly covered?: number;
}

export async function paperInHand(options: PaperOptions = {}): Promise<PaperInHand> {
  const front = options.lettered ? letteredPage() : emptyPage();
  const { header, ciphertext } = await sealFront({
    coded: codeFront(front),
    facts: { ...facts, ...options.facts },
    salt: new Uint8Array(16).fill(7),
    keys: treatmentKeysFrom({
      encryptionKeyId,
      master: new Uint8Array(32).fill(encryptionKeyId),
      signingKeyId,
      signingKey: signingKey(options.forger ? 66 : signingKeyId),
    }),
  });
  return { front, back: drawn(buildCells(header, ciphertext), options.covered ?? 0) };
}

export const asFile = {
  jpeg: (raster: Raster) => picture(raster).jpeg({ quality: 85 }).toBuffer(),
  png: (raster: Raster) => picture(raster).png({ compressionLevel: 1 }).toBuffer(),
  tiff: (raster: Raster) => picture(raster).tiff({ compression: 'lzw' }).toBuffer(),
  webp: (raster: Raster) => picture(raster).webp({ quality: 85 }).toBuffer(),
} as const;

function picture({ width, height, data }: Raster) {
  return sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('b-w');
}

/** Lines of bars, as letters look from afar. */
function emptyPage(): Raster {
  const [width, height] = [1654, 2339];
  const data = new Uint8Array(width * height).fill(255);
  for (let y = 200; y < 1400; y++)
    for (let x = 200; x < 1450; x++) {
      const letter = Math.floor(x / 40) * 7 + Math.floor(y / 60) * 13;
      if (y % 60 < 32 && x % 40 < 30 && ((x % 40) * letter + (y % 60) * 5) % 11 < 3) data[y * width + x] = 20;
    }
  return { width, height, data };
}

/** No two letters alike, and the strokes as broad as those of print: a lattice of bars fits onto itself at many places. */
function letteredPage(): Raster {
  const [width, height] = [1654, 2339];
  const data = new Uint8Array(width * height).fill(255);
  const chance = chanceFrom(7);
  for (let top = 200; top < 2100; top += 60)
    for (let left = 200 + chance(60); left < 1400; left += 30 + chance(40))
      for (let stroke = 0; stroke < 5; stroke++) {
        const [x, y, lies] = [left + chance(20), top + chance(20), chance(2) === 0];
        const [w, h] = lies ? [8 + chance(14), 3] : [3, 8 + chance(14)];
        for (let row = y; row < y + h; row++) data.fill(20, row * width + x, row * width + x + w);
      }
  return { width, height, data };
}

const PIXELS = 2;
const BORDER = 44;
const [INK, PAPER, COVER] = [30, 235, 120];

function drawn(cells: Uint8Array, covered: number): Raster {
  const width = (cellsWide + 2 * BORDER) * PIXELS;
  const height = (cellsHigh + 2 * BORDER) * PIXELS;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [cellX, cellY] = [(x + 0.5) / PIXELS - BORDER, (y + 0.5) / PIXELS - BORDER];
      const isUnder = cellX >= 0 && cellX < cellsWide && cellY >= 0 && cellY < covered * cellsHigh;
      data[y * width + x] = isUnder ? COVER : isInk(cells, cellX, cellY) ? INK : PAPER;
    }
  return { width, height, data };
}

function isInk(cells: Uint8Array, x: number, y: number): boolean {
  if (!(x >= 0 && y >= 0 && x < cellsWide && y < cellsHigh)) return false;
  const inCorner = Math.min(x, cellsWide - x) < finderCells && Math.min(y, cellsHigh - y) < finderCells;
  if (inCorner) {
    const center = finders[(x > cellsWide / 2 ? 1 : 0) + (y > cellsHigh / 2 ? 2 : 0)] ?? { x: 0, y: 0 };
    const radius = Math.hypot(x - center.x, y - center.y);
    return radius <= finderRadii.disc || (radius > finderRadii.gap && radius <= finderRadii.ring);
  }
  const cell = Math.floor(y) * cellsWide + Math.floor(x);
  return (((cells[cell >> 3] ?? 0) >> (7 - (cell & 7))) & 1) === 1;
}
