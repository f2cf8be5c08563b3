/** Runs in a worker thread: bytes in, reading or refusal out. */
import { Tinypool } from 'tinypool';
import type { FrontsReading, PdfReading } from './page-reading.ts';
import type { WorkerAnswer } from './pdf-reader.ts';
import { PdfRefusal, type PdfRefusalReason } from './pdf-refusal.ts';
import { refuseStrangeStructure } from './pdf-structure.ts';
import { loadPdfium, type Pdfium } from './pdfium.ts';
import { readDocument, readFrontsOf } from './read-document.ts';

let library: Promise<Pdfium> | undefined;

export function read(pdf: Uint8Array): Promise<WorkerAnswer<PdfReading>> {
  return answer(pdf, (pdfium) => moved({ reading: readDocument(pdfium, pdf) }));
}

export function readFronts(pdf: Uint8Array): Promise<WorkerAnswer<FrontsReading>> {
  return answer(pdf, (pdfium) => ({ reading: readFrontsOf(pdfium, pdf) }));
}

async function answer<T>(pdf: Uint8Array, look: (pdfium: Pdfium) => T): Promise<T | { refused: PdfRefusalReason }> {
  try {
    refuseStrangeStructure(pdf);
    library ??= loadPdfium();
    return look(await library);
  } catch (error) {
    if (error instanceof PdfRefusal) return { refused: error.reason };
    // What is left inside a broken instance is not to be trusted: the next reading gets a new one.
    library = undefined;
    return { refused: 'crashed' };
  }
}

/** The rasters change hands instead of being copied. */
function moved(answer: { reading: PdfReading }): WorkerAnswer<PdfReading> {
  const buffers = answer.reading.pages.map(({ raster }) => raster.data.buffer as ArrayBuffer);
  return Tinypool.move({
    get [Tinypool.transferableSymbol]() {
      return buffers;
    },
    get [Tinypool.valueSymbol]() {
      return answer;
    },
  } as never) as unknown as WorkerAnswer<PdfReading>;
}
