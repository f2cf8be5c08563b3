/**
 * One upload from files to findings. Which picture shows the back is found out by looking, so it does not matter in which order the sides come, nor
 * whether somebody mixed them up; a photo that was said to be of the back is never taken for a front.
 */
import type { SiteErrorCode } from '@machikado/protocol';
import type { Examined, Refused, Upload } from '../ports.ts';
import type { Engine, OpenedBack, ReadingRefused, SeenBack } from './engine.ts';
import { type Picture, readPictures } from './read-pictures.ts';
import { UploadRefused } from './refuse-upload.ts';
import { greyPicture, inkPicture, pictureDigest } from './shown-pictures.ts';

export async function examine(upload: Upload, engine: Engine): Promise<Examined | Refused> {
  try {
    return await examinePictures(await readPictures(upload.files), upload.corners, engine);
  } catch (error) {
    if (error instanceof UploadRefused) return { refused: error.code };
    throw error;
  }
}

async function examinePictures(
  pictures: readonly Picture[],
  corners: Upload['corners'],
  engine: Engine,
): Promise<Examined | Refused> {
  const sorted = sortSides(pictures, corners, engine);
  if ('refused' in sorted) return sorted;
  const opened = openBacks(sorted.backs, engine);
  if ('refused' in opened) return opened;
  const { facts, keys, picture } = opened;
  const [front, ...more] = sorted.fronts;
  if (more.length > 0) return { refused: 'SEVERAL_SHEETS' };
  const sha256 = pictureDigest(picture);
  const found = { facts, keys, picture: { ...inkPicture(picture), dpi: picture.dpi, sha256 } };
  if (!front) return found;
  const { front: laidOver, ...compared } = engine.compare(picture, front.luminance);
  return { ...found, comparison: { ...compared, ...(laidOver && { front: await greyPicture(laidOver) }) } };
}

interface Sides {
  readonly backs: readonly SeenBack[];
  readonly fronts: readonly Picture[];
}

function sortSides(pictures: readonly Picture[], corners: Upload['corners'], engine: Engine): Sides | ReadingRefused {
  const saidBacks = pictures.filter(({ role }) => role !== 'front');
  const saidFronts = pictures.filter(({ role }) => role === 'front');
  const first = lookAt(saidBacks, corners, engine);
  if (first.backs.length > 0) return { ...first, fronts: [...saidFronts, ...first.fronts] };
  const swapped = lookAt(saidFronts, undefined, engine);
  if (swapped.backs.length > 0) return { backs: swapped.backs, fronts: saidBacks };
  return worst([...first.refusals, ...swapped.refusals]);
}

function lookAt(pictures: readonly Picture[], corners: Upload['corners'], engine: Engine) {
  const backs: SeenBack[] = [];
  const fronts: Picture[] = [];
  const refusals: ReadingRefused[] = [];
  for (const [i, picture] of pictures.entries()) {
    const seen = engine.seeBack(picture.largest, i === 0 ? corners : undefined);
    if ('seen' in seen) backs.push(seen);
    else {
      refusals.push(seen);
      if (picture.role === 'either') fronts.push(picture);
    }
  }
  return { backs, fronts, refusals };
}

/** Each photo by itself; together only when none of them is enough. */
function openBacks(backs: readonly SeenBack[], engine: Engine): OpenedBack | ReadingRefused {
  const alone = backs.map((back) => engine.openBack([back]));
  const opened = alone.filter((one): one is OpenedBack => !('refused' in one));
  const [first] = opened;
  if (first) return opened.every((one) => isSameSheet(one, first)) ? first : { refused: 'SEVERAL_SHEETS' };
  const refusals = alone.filter((one) => 'refused' in one);
  const firm = refusals.find(({ refused }) => !unread.includes(refused));
  if (firm || backs.length === 1) return firm ?? worst(refusals);
  return engine.openBack(backs);
}

const unread: readonly SiteErrorCode[] = ['NOT_FOUND', 'TOO_DAMAGED'];

function isSameSheet({ facts: a }: OpenedBack, { facts: b }: OpenedBack): boolean {
  return a.lgCode === b.lgCode && a.issueNumber === b.issueNumber && a.sheet === b.sheet;
}

/** The refusal of the picture that came furthest. */
function worst(refusals: readonly ReadingRefused[]): ReadingRefused {
  const damaged = refusals.find(({ refused }) => refused === 'TOO_DAMAGED');
  const most = Math.max(0, ...refusals.map(({ cornersFound = 0 }) => Math.min(4, cornersFound)));
  return damaged ?? { refused: 'NOT_FOUND', cornersFound: most };
}
