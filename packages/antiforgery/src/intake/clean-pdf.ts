/**
 * A clean document: what was understood of a stranger’s PDF, and nothing else. Each page is one form XObject whose space is the sheet,
 * upright, in points from its bottom left corner; drawn at identity it is the page.
 */
export interface CleanPage {
  readonly widthPt: number;
  readonly heightPt: number;
  /** The page paints all of its paper first. Told, not obeyed: whoever lays something under the form would not see it. */
  readonly opaqueBackground: boolean;
}

export interface CleanPdf {
  readonly pages: readonly CleanPage[];
  /** How many object numbers `copyInto` takes. */
  readonly objectCount: number;
  /**
   * Writes the objects into another document, numbered from `firstNumber` on. `write` gets what stands between `obj` and `endobj`, in
   * the order of the numbers. Gives the number of each page’s form.
   */
  copyInto(firstNumber: number, write: (number: number, body: Uint8Array) => void): readonly number[];
  /** The clean document alone. `takeIn` of it gives it back to the byte. */
  toPdf(): Uint8Array;
  /**
   * The same in DeviceGray and DeviceCMYK only: equal parts of red, green and blue become grey (black ink alone), all else
   * CMYK without a calibrated space in between. Rejects with IntakeRefusal UNSUPPORTED where colour cannot be rewritten exactly.
   */
  withoutRgb(): Promise<CleanPdf>;
}
