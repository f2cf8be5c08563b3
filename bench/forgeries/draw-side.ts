/** A page of a treated copy at 600 dpi, in the greys that a black engine prints or in colour. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { drawPage } from '../paper/draw-page.ts';
import type { Page, Side } from './forged.ts';

const A4_PX = { width: 4961, height: 7016 };
/** Full black of a CMYK page as pdfium shows it on a screen; an engine prints it solid. */
const FULL_BLACK = 32;
const BYTES = 4;
const [RED, GREEN, BLUE] = [0, 1, 2];

let library: Promise<PDFiumLibrary> | undefined;

export function sideOf(pdf: Uint8Array, page: number): Side {
  return (inColour) => (inColour ? drawInColour(pdf, page) : drawPage(pdf, page));
}

async function drawInColour(pdf: Uint8Array, page: number): Promise<Page> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(pdf);
  try {
    const { data } = await document.getPage(page - 1).render({ ...A4_PX, render: 'bitmap' });
    const plane = (offset: number) => {
      const out = new Uint8Array(A4_PX.width * A4_PX.height);
      for (let at = 0, from = offset; at < out.length; at++, from += BYTES)
        out[at] = Math.max(0, (((data[from] as number) - FULL_BLACK) * 255) / (255 - FULL_BLACK));
      return { ...A4_PX, data: out };
    };
    return { red: plane(RED), green: plane(GREEN), blue: plane(BLUE) };
  } finally {
    document.destroy();
  }
}

/** The same done to each plane. */
export function eachPlane(one: Page, other: Page, work: (one: Plane, other: Plane) => Plane): Page {
  if ('red' in one && 'red' in other)
    return {
      red: work(one.red, other.red),
      green: work(one.green, other.green),
      blue: work(one.blue, other.blue),
    };
  if ('red' in one || 'red' in other) throw new TypeError('one page in colour and one in grey');
  return work(one, other);
}

type Plane = Extract<Page, { data: Uint8Array }>;
