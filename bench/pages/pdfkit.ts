/** The sheets of a document, drawn by pdfkit. */
import type { PdfReading } from '@machikado/inspection';
import PDFDocument from 'pdfkit';
import { isThin, runsOn } from './runs.ts';

const PT = 72 / 25.4;

export function drawWithPdfkit({ pages }: PdfReading, fontFile: string): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
  document.font(fontFile);
  for (const page of pages) {
    document.addPage();
    for (const { text, xMm, yMm, sizeMm } of runsOn(page))
      document.fontSize(sizeMm * PT).text(text, xMm * PT, yMm * PT, { lineBreak: false, baseline: 'alphabetic' });
    for (const { box } of page.drawings) {
      document.rect(box.xMm * PT, box.yMm * PT, box.wMm * PT, box.hMm * PT);
      if (isThin(box)) document.fill('black');
      else document.lineWidth(0.3).stroke('black');
    }
  }
  document.end();
  return done;
}
