/** What is sent to the site: photos of backs at 12 megapixels, and pictures that are no back at all. */
import { strict as assert } from 'node:assert';
import { printAndScan, steadyChannel } from '@machikado/simulators';
import sharp from 'sharp';
import { drawPage } from '../paper/draw-page.ts';
import { treatSheets } from '../paper/treated-sheets.ts';

export interface SentPicture {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const phone = { width: 4032, height: 3024 } as const;

export async function photosAndHopeless(
  sheets: number,
): Promise<{ readonly photos: readonly SentPicture[]; readonly hopeless: readonly SentPicture[] }> {
  const treated = await treatSheets(sheets);
  const photos: SentPicture[] = [];
  for (const [i, { name, pdf, back, front }] of treated.entries()) {
    const page = await drawPage(pdf, back);
    const { jpeg } = await printAndScan({ page, front, seed: i + 1, conditions: 'phone-good' });
    photos.push({ name, bytes: jpeg });
  }
  const [sheet] = treated;
  assert(sheet);
  const { damage, ...others } = steadyChannel.phone;
  const without = { ...others, damage: { ...damage, hiddenCorners: 4 } };
  const photographed = async (page: number, conditions: Parameters<typeof printAndScan>[0]['conditions']) =>
    (await printAndScan({ page: await drawPage(sheet.pdf, page), seed: 1, conditions })).jpeg;
  return {
    photos,
    hopeless: [
      { name: 'white paper', bytes: await drawn('jpeg', phone, () => 255) },
      { name: 'noise', bytes: await drawn('jpeg', phone, noise()) },
      { name: 'a page of text', bytes: await photographed(1, 'phone-good') },
      { name: 'a back without its bullseyes', bytes: await photographed(sheet.back, without) },
      { name: 'a PNG of 100 million pixels', bytes: await drawn('png', { width: 10_000, height: 10_000 }, () => 200) },
      { name: 'a PNG of 101 million pixels', bytes: await drawn('png', { width: 10_100, height: 10_000 }, () => 200) },
    ],
  };
}

function drawn(
  format: 'jpeg' | 'png',
  { width, height }: { readonly width: number; readonly height: number },
  light: () => number,
): Promise<Uint8Array> {
  const data = new Uint8Array(width * height).map(light);
  const options = { raw: { width, height, channels: 1 }, limitInputPixels: false } as const;
  return sharp(data, options).toColourspace('b-w').toFormat(format).toBuffer();
}

function noise(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
}
