/** A sheet’s file drawn plainly, as a viewer would: quick, for small pictures. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { PNG } from 'pngjs';
import type { Drawing } from './paper-jobs.ts';

let library: Promise<PDFiumLibrary> | undefined;

async function withDocument<T>(pdf: Uint8Array, work: (document: OpenDocument) => T | Promise<T>): Promise<T> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(pdf);
  try {
    return await work(document);
  } finally {
    document.destroy();
  }
}
type OpenDocument = Awaited<ReturnType<PDFiumLibrary['loadDocument']>>;

export function sidesOf(pdf: Uint8Array): Promise<number> {
  return withDocument(pdf, (document) => document.getPageCount());
}

export function drawPng(pdf: Uint8Array, { side, dpi }: Drawing): Promise<Uint8Array> {
  return withDocument(pdf, async (document) => {
    const { data } = await document.getPage(side - 1).render({
      scale: dpi / 72,
      render: async ({ data: pixels, width, height }) => {
        const picture = new PNG({ width, height });
        picture.data.set(pixels);
        return PNG.sync.write(picture, { colorType: 2 });
      },
    });
    return data;
  });
}
