/**
 * A clean document: what was understood of a stranger’s PDF, and nothing else. Each page is one form XObject whose space is the sheet,
 * upright, in points from its bottom left corner; drawn at identity it is the page.
 */
import type { PdfWriter } from '../paper/pdf-writer.ts';

export interface CleanPage {
  readonly widthPt: number;
  readonly heightPt: number;
  /** The page paints all of its paper first. Told, not obeyed: whoever lays something under the form would not see it. */
  readonly opaqueBackground: boolean;
}

export interface CleanPdf {
  readonly pages: readonly CleanPage[];
  /** Writes the objects into another document, under numbers that are reserved there. Gives the number of each page’s form. */
  copyInto(writer: Pick<PdfWriter, 'reserve' | 'object' | 'stream'>): readonly number[];
  /** The clean document alone, page n drawing form n. */
  toPdf(): Uint8Array;
  /**
   * The same in DeviceGray and DeviceCMYK only: equal parts of red, green and blue become grey (black ink alone), all else
   * CMYK without a calibrated space in between. Rejects with IntakeRefusal UNSUPPORTED where colour cannot be rewritten exactly.
   */
  withoutRgb(): Promise<CleanPdf>;
}
