/** One sheet on its way: printed, scanned or photographed, read. Compared to the bit with what was sealed. */
import { createHash } from 'node:crypto';
import { decodeSheet, openSheet, PIXELS_MAX, type Raster, readBack } from '@machikado/antiforgery';
import {
  type ChannelParameters,
  type CopierMode,
  type PaperLevel,
  photocopy,
  printAndScan,
  printPage,
} from '@machikado/simulators';
import sharp from 'sharp';
import { openingKeys } from '../keys.ts';
import { drawPage } from './draw-page.ts';
import { sealedPicture, type TreatedSheet } from './treated-sheets.ts';

export interface Trial {
  readonly seed: number;
  readonly conditions: PaperLevel | ChannelParameters;
  /** Before it is scanned. */
  readonly copiedBy?: CopierMode;
  /** けん制文字 over the scrambled image as well, by a printer that ignores what is cut out. */
  readonly overprinted?: boolean;
}

export type Outcome = 'exact' | 'refused' | 'wrong';

export interface TrialResult {
  readonly sheet: string;
  readonly seed: number;
  readonly outcome: Outcome;
  /** Bullseyes, where it got that far, and why it went no further. */
  readonly detail: string;
  readonly bitErrors?: number;
  /** From the file to the picture, by the clock and by the processor. */
  readonly wallMs: number;
  readonly processorMs: number;
}

let drawn: { sheet: string; page: Raster } | undefined;

export async function runTrial(sheet: TreatedSheet, trial: Trial): Promise<TrialResult> {
  if (drawn?.sheet !== sheet.name) drawn = { sheet: sheet.name, page: await drawPage(sheet.pdf, sheet.back) };
  const jpeg = await takePicture(drawn.page, sheet.front, trial);
  const start = performance.now();
  const processor = process.cpuUsage();
  const answer = read(await load(jpeg));
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(processor);
  const result = { sheet: sheet.name, seed: trial.seed, wallMs, processorMs: (user + system) / 1000 };
  if ('refused' in answer) return { ...result, outcome: 'refused', detail: answer.refused };
  const exact = digestOf(answer.picture) === digestOf(sealedPicture(sheet));
  return { ...result, outcome: exact ? 'exact' : 'wrong', detail: answer.detail, bitErrors: answer.bitErrors };
}

async function takePicture(page: Raster, front: Raster, trial: Trial): Promise<Uint8Array> {
  const { seed, conditions, copiedBy, overprinted } = trial;
  const printed = overprinted ? overprint(page) : page;
  if (!copiedBy || typeof conditions === 'string')
    return (await printAndScan({ page: printed, front, seed, conditions })).jpeg;
  const original = await printPage(printed, conditions.print, seed);
  const { page: copied } = await photocopy(original, copiedBy, seed);
  return (await printAndScan({ page: copied, seed, conditions })).jpeg;
}

const DOT_PITCH = 8;

/** The fine dots of the pantograph: 2 × 2 pixels, two in 8 × 8. */
function overprint({ width, height, data }: Raster): Raster {
  const out = data.slice();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [x % DOT_PITCH, y % DOT_PITCH];
      const first = u < 2 && v < 2;
      const second = u >= DOT_PITCH / 2 && u < DOT_PITCH / 2 + 2 && v >= DOT_PITCH / 2 && v < DOT_PITCH / 2 + 2;
      if (first || second) out[y * width + x] = 0;
    }
  return { width, height, data: out };
}

async function load(jpeg: Uint8Array): Promise<Raster> {
  const plane = sharp(jpeg, { limitInputPixels: PIXELS_MAX }).greyscale().toColourspace('b-w').raw();
  const { data, info } = await plane.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

function read(photo: Raster) {
  const soft = readBack(photo);
  if ('refused' in soft) return { refused: `${soft.refused}, ${soft.found} bullseyes` };
  const seen = `${soft.found} bullseyes, ${(100 * soft.marksSeen).toFixed(0)} % of marks`;
  const decoded = decodeSheet(soft);
  if ('refused' in decoded) return { refused: `${decoded.refused}, ${seen}` };
  const opened = openSheet({ ...decoded, keys: openingKeys });
  if ('refused' in opened) return { refused: `${opened.refused}, ${seen}` };
  return { picture: opened.picture, detail: seen, bitErrors: decoded.quality.bitErrors };
}

function digestOf({ width, height, bits }: { width: number; height: number; bits: Uint8Array }): string {
  return createHash('sha256').update(`${width} ${height}`).update(bits).digest('hex');
}
