/** Reads the fronts of sheets back with the same eyes as the center and the issuing server: packages/inspection. */
import { lettersInMargin, namesOn, type PdfReader, PdfRefusal } from '@machikado/inspection';
import { refuse } from '@machikado/protocol';
import type { SheetReader } from '../ports.ts';

export function pdfSheetReader(reader: Pick<PdfReader, 'readFronts'>): SheetReader {
  return {
    async read(pdf, nameBoxes) {
      try {
        // The reader may take the bytes away; ours are still to be printed.
        const { pageCount, fronts } = await reader.readFronts(pdf.slice());
        return { pageCount, margins: fronts.map(lettersInMargin), names: namesOn({ pages: fronts }, nameBoxes) };
      } catch (cause) {
        if (cause instanceof PdfRefusal) refuse('BINDING_MISMATCH', 'a sheet cannot be read back', { cause });
        throw cause;
      }
    },
  };
}
