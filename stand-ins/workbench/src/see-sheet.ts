/** Looking at a sheet and taking pictures of it, in the worker thread. */
import { loadPdfium } from '@machikado/inspection';
import { averaged, printAndScan, type Raster, toJpeg } from '@machikado/simulators';
import { drawSide } from './draw-side.ts';
import type { Paper, PaperJob } from './paper-jobs.ts';
import { copySide, greyOf, type PrintedSide, seenByEye, seenInInfrared } from './printed-side.ts';

const LOOK_QUALITY = 85;
/** The other side shines through; more of it than this nobody sees. */
const SHINING_REDUCTION = 8;

const pdfium = loadPdfium();

export async function lookAt({ paper, side: number, look }: PaperJob & { job: 'look' }): Promise<Uint8Array> {
  const side = await printed(paper, number);
  const seed = seedOf(paper, number);
  const seen = look === 'eye' ? await seenByEye(side, paper.copies, seed) : await seenInInfrared(side, seed);
  return toJpeg(seen, LOOK_QUALITY);
}

/** Of each side; `progress` hears how many are done. */
export async function shoot(
  { paper, level, seed }: PaperJob & { job: 'shoot' },
  progress: (done: number) => void,
): Promise<Uint8Array[]> {
  const sides: { page: PrintedSide['page']; shining: Raster }[] = [];
  for (let side = 1; side <= Math.min(2, paper.sides); side += 1) {
    const { page } = await printed(paper, side);
    sides.push({ page, shining: averaged(greyOf(page), SHINING_REDUCTION) });
  }
  const pictures: Uint8Array[] = [];
  for (const [i, { page }] of sides.entries()) {
    const other = sides[1 - i]?.shining;
    const { jpeg } = await printAndScan({ page, conditions: level, seed: seed + i, ...(other && { front: other }) });
    pictures.push(jpeg);
    progress(pictures.length);
  }
  return pictures;
}

/** The one that was looked at last, for it is often looked at again. */
let last: { readonly key: string; readonly side: PrintedSide } | undefined;

async function printed(paper: Paper, side: number): Promise<PrintedSide> {
  const key = `${paper.id} ${side}`;
  if (last?.key === key) return last.side;
  last = undefined;
  // Each side of a copy has chances of its own.
  const copies = paper.copies.map(({ mode, seed }) => ({ mode, seed: seed + side }));
  last = { key, side: await copySide(drawSide(await pdfium, paper.pdf, side - 1), copies) };
  return last.side;
}

/** The same sheet looks the same each time. */
function seedOf({ id, copies }: Paper, side: number): number {
  return (copies.at(-1)?.seed ?? Number.parseInt(id.slice(0, 8), 16)) + side;
}
