/**
 * 字形の照合: is the ink on the page that of the letter? The boxes round two forms of one letter (葛 with this selector or that)
 * are often equal: half of all Moji_Joho sequences have the box of their base. So the pixels are compared with those that the
 * font’s own outline leaves, and no other form of the letter may fit clearly better.
 */
import type { Outline } from './expectation.ts';
import { drawOutline, type Picture } from './outline-picture.ts';
import type { Glyph, PageReading, Raster } from './page-reading.ts';

/**
 * Share of the ink that stands elsewhere, 0 to 2. The instructions of a font move strokes by up to half a pixel, which is most in 三
 * (0.4 in small type). Of 漢字 with equal boxes, 1 pair in 140 is more alike than this.
 */
const UNLIKE = 0.6;
/**
 * Where two forms differ by less than such movements, neither can be called the better one. Of all Moji_Joho sequences, none that is
 * drawn right fits its own form 1.2 times worse than another (1.4 times below 7 pt).
 */
const CLEARLY = { small: 1.5, else: 1.25 };
const SMALL = 19;
/** From this size on (pixels per em) pdfium no longer puts the pen on a corner of a pixel. Titles are so large, names never. */
const LARGE = 48;
/** pdfium moves a line of several letters by up to a pixel. */
const SHIFTS = [0, -1, 1];

/** For 漢字 and 外字: only these have forms that differ by a stroke. */
export function isDrawnLike(page: PageReading, glyph: Glyph, outline: Outline): boolean {
  const sizePx = glyph.sizeMm * (page.raster.height / page.heightMm);
  if (!/^[\p{Ideographic}\p{Co}]/u.test(glyph.text) || sizePx > LARGE) return true;
  const unlikeness = (one: Outline) => {
    const shares = sharesOf(one, sizePx);
    return (shift: number) => differenceAt(page, glyph, shares, shift);
  };
  const lookalikes = outline.lookalikes();
  if (lookalikes.length === 0) return SHIFTS.some((shift) => unlikeness(outline)(shift) <= UNLIKE);
  const own = Math.min(...SHIFTS.map(unlikeness(outline)));
  if (own > UNLIKE) return false;
  const clearly = sizePx < SMALL ? CLEARLY.small : CLEARLY.else;
  return lookalikes.every((other) => Math.min(...SHIFTS.map(unlikeness(other))) * clearly >= own);
}

/** How the ink of a letter is shared out among its pixels, column by column. */
interface Shares {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly shares: Float32Array;
}

const remembered = new Map<Outline, Map<number, Shares>>();
const REMEMBERED_MAX = 2000;

/** The same letters come again on every page, in few sizes. */
function sharesOf(outline: Outline, sizePx: number): Shares {
  const size = Math.round(sizePx * 100) / 100;
  const bySize = remembered.get(outline) ?? new Map<number, Shares>();
  const known = bySize.get(size);
  if (known) return known;
  const shares = withoutEdge(drawOutline(outline, size));
  const [oldest] = remembered.size < REMEMBERED_MAX ? [] : remembered.keys();
  if (oldest) remembered.delete(oldest);
  remembered.set(outline, bySize.set(size, shares));
  return shares;
}

/** Less the outermost pixels, into which the line of a cell or a neighbour may reach; 一 and 二 in small type stay whole. */
function withoutEdge(picture: Picture): Shares {
  const [across, down] = [picture.width, picture.height].map((length) => (length > 12 ? 1 : 0)) as [number, number];
  const [width, height] = [picture.width - 2 * across, picture.height - 2 * down];
  const shares = new Float32Array(width * height);
  for (let x = 0; x < width; x += 1)
    for (let y = 0; y < height; y += 1)
      shares[x * height + y] = picture.cover[(y + down) * picture.width + x + across] as number;
  const mass = shares.reduce((sum, share) => sum + share, 0);
  return {
    left: picture.left + across,
    top: picture.top + down,
    ...{ width, height, shares: shares.map((share) => share / mass) },
  };
}

/**
 * Share of the ink that one of both has where the other has none, where the outline should stand; outside stands its neighbours’ ink.
 * Pixels above and below are taken together, since a font’s instructions move level strokes.
 */
function differenceAt(
  { raster, widthMm, heightMm }: PageReading,
  glyph: Glyph,
  { left, top, width, height, shares }: Shares,
  shift: number,
): number {
  // A raster is a whole number of pixels, so its pixels are not quite those of its resolution.
  const column = Math.round(glyph.originXMm * (raster.width / widthMm)) + left + shift;
  const row = Math.round(glyph.originYMm * (raster.height / heightMm)) + top;
  const { ink, inked } = inkAt(raster, row * raster.width + column, width, height);
  const perInk = 1 / inked;
  let differing = 0;
  for (let i = 0, x = 0; x < width; x += 1) {
    let [before, at] = [0, 0];
    for (const end = i + height; i < end; i += 1) {
      const next = (ink[i] as number) * perInk - (shares[i] as number);
      differing += Math.abs(before + 2 * at + next);
      before = at;
      at = next;
    }
    differing += Math.abs(before + 2 * at) + Math.abs(at);
  }
  return differing / 4;
}

/** Used again for each letter. */
const inkOfLetter = new Float32Array(96 * 96);

/** Column by column, and all together. */
function inkAt({ width, data }: Raster, corner: number, columns: number, rows: number) {
  const ink = columns * rows <= inkOfLetter.length ? inkOfLetter : new Float32Array(columns * rows);
  let inked = 0;
  for (let y = 0; y < rows; y += 1) {
    const from = corner + y * width;
    for (let x = 0; x < columns; x += 1) {
      const dark = 255 - (data[from + x] as number);
      ink[x * rows + y] = dark;
      inked += dark;
    }
  }
  return { ink, inked };
}
