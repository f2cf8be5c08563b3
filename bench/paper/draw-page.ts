/** A page of a treated copy as a 600 dpi engine draws it: whole device pixels, so that no cell is blurred before it is printed. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Raster } from '@machikado/antiforgery';

const A4_PX = { width: 4961, height: 7016 };
/** Full black of a CMYK page as pdfium shows it on a screen; an engine prints it solid. */
const FULL_BLACK = 32;
const SOLID = Uint8Array.from({ length: 256 }, (_, grey) =>
  Math.max(0, ((grey - FULL_BLACK) * 255) / (255 - FULL_BLACK)),
);

let library: Promise<PDFiumLibrary> | undefined;

export async function drawPage(pdf: Uint8Array, page: number): Promise<Raster> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(pdf);
  try {
    const { data } = await document.getPage(page - 1).render({ ...A4_PX, colorSpace: 'Gray', render: 'bitmap' });
    return { ...A4_PX, data: data.map((grey) => SOLID[grey] as number) };
  } finally {
    document.destroy();
  }
}
