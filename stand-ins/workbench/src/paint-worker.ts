/** Runs in a worker thread: a sheet’s PDF in, how many sides are printed or the picture of one out. */
import { parentPort } from 'node:worker_threads';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { PNG } from 'pngjs';
import type { PaintingAnswer, PaintingJob } from './sheet-painter.ts';

const library = PDFiumLibrary.init();

parentPort?.on('message', (job: PaintingJob) => {
  answer(job).then(
    (result) => parentPort?.postMessage(result),
    () => parentPort?.postMessage({ failed: true } satisfies PaintingAnswer),
  );
});

async function answer({ pdf, drawing }: PaintingJob): Promise<PaintingAnswer> {
  const document = await (await library).loadDocument(pdf);
  try {
    if (!drawing) return { sides: document.getPageCount() };
    const { data } = await document.getPage(drawing.side - 1).render({
      scale: drawing.dpi / 72,
      render: async ({ data: pixels, width, height }) => {
        const picture = new PNG({ width, height });
        picture.data.set(pixels);
        return PNG.sync.write(picture, { colorType: 2 });
      },
    });
    return { png: data };
  } finally {
    document.destroy();
  }
}
