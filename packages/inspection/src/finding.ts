/** What inspection found wrong. A finding names places, never what stands there: it goes into logs. */
export const findingMeanings = {
  'page-count': 'Not as many pages as there should be.',
  'page-size': 'A page is not A4.',
  'page-digest': 'The picture of a page is not the one that the binding record names.',
  'order-reference': 'The margin carries another order reference, or none.',
  'page-number': 'The margin does not say the right 「n / N」: a page is missing, doubled or swapped.',
  'text-differs': 'A cell says something else than the record.',
  'text-unaccounted': 'Letters stand where none should be.',
  'name-differs': 'A name on the page is not the one that the binding record names.',
  'ink-missing': 'A letter is there as text, but nothing or nearly nothing is drawn.',
  'ink-excess': 'Something is drawn in a cell besides its letters, or bare paper is not bare.',
  'shape-differs': 'A letter is drawn in another shape than that of its code points.',
  'picture-missing': 'A picture (印影) does not stand at its place in its own size.',
  'picture-differs': 'Another picture stands there, or not all of it can be seen.',
  'picture-unexpected': 'There is a picture where none should be.',
  'seal-missing': 'There is no 公印 at its place.',
  'seal-size': 'The 公印 is smaller than it has to be, or stands beside its place.',
  'seal-covered': 'A part of the 公印 cannot be seen.',
} as const;
export type FindingCode = keyof typeof findingMeanings;

export interface Finding {
  readonly code: FindingCode;
  /** From 1; absent when the whole document is meant. */
  readonly page?: number;
  /** Which cell, by its name in the form. */
  readonly where?: string;
}
