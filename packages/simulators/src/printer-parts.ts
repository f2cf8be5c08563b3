/** What staff find when they open the machine: cassette, cover, toner, a jam. Words after IPP (`printer-state-reasons`). */
export interface PrinterParts {
  /** Sheets in the cassette; null: somebody keeps it full. */
  readonly sheetsLeft: number | null;
  /** The n-th sheet that is fed from now on jams; null: none does. */
  readonly jamAtSheet: number | null;
  readonly coverOpen: boolean;
  readonly toner: 'ok' | 'low' | 'empty';
}

export type StopReason = 'media-jam' | 'media-empty' | 'cover-open' | 'toner-empty';
export type PrinterWarning = 'media-low' | 'toner-low';

export const wholeParts: PrinterParts = { sheetsLeft: null, jamAtSheet: null, coverOpen: false, toner: 'ok' };

/** So few sheets are worth a word. */
const FEW_SHEETS = 20;

export function warningsOf({ sheetsLeft, toner }: PrinterParts): PrinterWarning[] {
  return [
    ...(sheetsLeft !== null && sheetsLeft > 0 && sheetsLeft <= FEW_SHEETS ? ['media-low' as const] : []),
    ...(toner === 'low' ? ['toner-low' as const] : []),
  ];
}

/** What keeps these parts from feeding the next sheet. */
export function hindrancesOf({ sheetsLeft, coverOpen, toner }: PrinterParts): Exclude<StopReason, 'media-jam'>[] {
  return [
    ...(coverOpen ? ['cover-open' as const] : []),
    ...(sheetsLeft === 0 ? ['media-empty' as const] : []),
    ...(toner === 'empty' ? ['toner-empty' as const] : []),
  ];
}

export function afterFeeding(parts: PrinterParts): PrinterParts {
  return {
    ...parts,
    sheetsLeft: parts.sheetsLeft === null ? null : Math.max(0, parts.sheetsLeft - 1),
    jamAtSheet: parts.jamAtSheet === null ? null : Math.max(0, parts.jamAtSheet - 1),
  };
}
