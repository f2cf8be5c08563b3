/** One printed side of a sheet, and what copiers, eyes and cameras make of it. Everything is decided by seeds. */
import {
  averaged,
  blurred,
  type ColourPlanes,
  type CopierMode,
  copierEngine,
  copyPage,
  photocopyInColour,
  printPage,
  type Raster,
  readGlass,
  underInfrared,
} from '@machikado/simulators';

export interface PrintedSide {
  /** At 600 dpi; in colour only where there is any. */
  readonly page: Raster | ColourPlanes;
  /** Black toner, 255 = none. */
  readonly black: Raster;
}

export interface Copying {
  readonly mode: CopierMode | 'colour';
  readonly seed: number;
}

/** The kiosk’s engine: dots grow by as much as the middle preset of the けん制文字 expects. */
const kioskEngine = { ...copierEngine, gainPx: 0.6 };
const COPY = 7;

/** Only the first sheet came out of the kiosk; the others out of a copier. */
const engineOf = (copies: readonly Copying[]) => (copies.length === 0 ? kioskEngine : copierEngine);

export async function copySide(side: PrintedSide, copies: readonly Copying[]): Promise<PrintedSide> {
  let now = side;
  for (const [i, { mode, seed }] of copies.entries()) {
    if (mode === 'colour') now = await copyInColour(now, seed);
    else {
      const paper = await printPage(greyOf(now.page), engineOf(copies.slice(0, i)), seed + COPY);
      const page = await copyPage(paper, mode, seed);
      now = { page, black: page };
    }
  }
  return now;
}

async function copyInColour({ page }: PrintedSide, seed: number): Promise<PrintedSide> {
  if (!('red' in page)) {
    // Grey all over: to a colour copier that is black toner.
    const seen = await readGlass(page, seed);
    return { page: seen, black: seen };
  }
  const { cyan, magenta, yellow, black } = await photocopyInColour(page, seed);
  // Toners lie on each other.
  const laid = ({ width, height, data }: Raster): Raster => ({
    width,
    height,
    data: data.map((value, at) => (value * (black.data[at] as number)) / 255),
  });
  return { page: { red: laid(cyan), green: laid(magenta), blue: laid(yellow) }, black };
}

/** At 150 dpi, from where one holds a paper: single dots of a tint melt together. */
export async function seenByEye(
  { page }: PrintedSide,
  copies: readonly Copying[],
  seed: number,
): Promise<Raster | ColourPlanes> {
  const seen = async (plane: Raster) => fromArmsLength(await printPage(plane, engineOf(copies), seed));
  if (!('red' in page)) return seen(page);
  return { red: await seen(page.red), green: await seen(page.green), blue: await seen(page.blue) };
}

export async function seenInInfrared({ black }: PrintedSide, seed: number): Promise<Raster> {
  return underInfrared(await fromArmsLength(black), seed);
}

const EYE_PX = 5;
const REDUCTION = 4;

async function fromArmsLength(paper: Raster): Promise<Raster> {
  return averaged(await blurred(paper, EYE_PX), REDUCTION);
}

export function greyOf(page: Raster | ColourPlanes): Raster {
  if (!('red' in page)) return page;
  const { red, green, blue } = page;
  const data = new Uint8Array(red.data.length);
  for (let at = 0; at < data.length; at += 1) {
    data[at] =
      0.299 * (red.data[at] as number) + 0.587 * (green.data[at] as number) + 0.114 * (blue.data[at] as number);
  }
  return { width: red.width, height: red.height, data };
}
