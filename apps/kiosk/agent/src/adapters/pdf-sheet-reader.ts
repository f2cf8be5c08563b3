/** Reads sheets back with the same eyes as the center and the issuing server: packages/inspection. */
import { namesOn, type PdfReader, PdfRefusal } from '@machikado/inspection';
import { refuse } from '@machikado/protocol';
import type { SheetReader } from '../ports.ts';

export function pdfSheetReader(reader: PdfReader): SheetReader {
  return {
    async read(pdf, nameBoxes) {
      try {
        // The reader may take the bytes away; ours are still to be printed.
        const reading = await reader.read(pdf.slice());
        return { pageDigests: reading.pages.map(({ digest }) => digest), names: namesOn(reading, nameBoxes) };
      } catch (cause) {
        if (cause instanceof PdfRefusal) refuse('BINDING_MISMATCH', 'a sheet cannot be read back', { cause });
        throw cause;
      }
    },
  };
}
