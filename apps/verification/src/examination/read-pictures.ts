/** Files → grey pictures: each page of a PDF or a TIFF is one. Larger ones are made smaller while they are read, so that memory stays bounded. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';
import type { UploadedFile } from '../ports.ts';
import { fileKindOf } from './file-kind.ts';
import { refuseUpload, UploadRefused } from './refuse-upload.ts';
import { type Greys, toGreys } from './to-grey.ts';

export interface Picture extends Greys {
  readonly role: UploadedFile['role'];
}

/** One sheet has two sides, and one of them may come twice. */
const PICTURES_MAX = 4;
/** What a decoder of a picture is asked to unpack at most. */
const PIXELS_MAX = 100_000_000;
/** What is worked on: an A4 page at 400 dpi, or a whole picture of a good phone. */
const WORKED_PIXELS = 16_000_000;
const PDF_DPI = 300;

// A process lives for one upload.
sharp.cache(false);
sharp.concurrency(1);

export async function readPictures(files: readonly UploadedFile[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const { role, bytes } of files) {
    const room = PICTURES_MAX - pictures.length;
    for (const greys of await greysOf(bytes, room)) pictures.push({ role, ...greys });
  }
  if (pictures.length === 0) refuseUpload('NO_PICTURE');
  return pictures;
}

async function greysOf(bytes: Uint8Array, room: number): Promise<Greys[]> {
  const kind = fileKindOf(bytes);
  if (kind === 'heic') refuseUpload('HEIC_NOT_SUPPORTED');
  if (kind === undefined) refuseUpload('TYPE_NOT_SUPPORTED');
  try {
    return kind === 'pdf' ? await pagesOfPdf(bytes, room) : await pagesOfImage(bytes, kind, room);
  } catch (error) {
    if (error instanceof UploadRefused) throw error;
    return refuseUpload('FILE_BROKEN', error);
  }
}

async function pagesOfImage(bytes: Uint8Array, kind: string, room: number): Promise<Greys[]> {
  const options = { limitInputPixels: false, failOn: 'error', sequentialRead: true } as const;
  const { format, pages = 1 } = await sharp(bytes, options).metadata();
  if (format !== kind) refuseUpload('FILE_BROKEN');
  // Pictures that move (WebP) have many pages of one side; only a TIFF’s are pages.
  const count = kind === 'tiff' ? pages : 1;
  if (count > room) refuseUpload('TOO_MANY_PICTURES');
  const drawings: Greys[] = [];
  for (let page = 0; page < count; page++) {
    const source = { ...options, page };
    const { width, height, autoOrient } = await sharp(bytes, source).metadata();
    if (width * height > PIXELS_MAX) refuseUpload('TOO_MANY_PIXELS');
    const smaller = Math.min(1, Math.sqrt(WORKED_PIXELS / (width * height)));
    const { data, info } = await sharp(bytes, source)
      .autoOrient()
      .resize({ width: Math.max(1, Math.round(autoOrient.width * smaller)), withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    drawings.push(toGreys({ ...info, red: 0, data: new Uint8Array(data.buffer, data.byteOffset, data.length) }));
  }
  return drawings;
}

async function pagesOfPdf(bytes: Uint8Array, room: number): Promise<Greys[]> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes).catch((error: Error) => {
    if (/password/i.test(error.message)) refuseUpload('FILE_ENCRYPTED');
    throw error;
  });
  const count = document.getPageCount();
  if (count === 0) refuseUpload('FILE_BROKEN');
  if (count > room) refuseUpload('TOO_MANY_PICTURES');
  const drawings: Greys[] = [];
  for (let n = 0; n < count; n++) {
    const page = document.getPage(n);
    const { originalWidth: width, originalHeight: height } = page.getOriginalSize();
    if (!(width >= 1 && height >= 1)) refuseUpload('FILE_BROKEN');
    const scale = Math.min(PDF_DPI / 72, Math.sqrt(WORKED_PIXELS / (width * height)));
    const drawn = await page.render({ scale, render: 'bitmap' });
    // pdfium has blue first.
    drawings.push(toGreys({ ...drawn, channels: 4, red: 2 }));
  }
  return drawings;
}
