/** The cells of one row by the names of their columns. What does not fit is noted by column and code; the cell itself is never quoted. */
import type { LedgerDate } from '@machikado/protocol';

export interface CellFault {
  readonly code: string;
  readonly column: string;
}

export interface RowCells {
  readonly faults: readonly CellFault[];
  text(column: string): string;
  maybeText(column: string): string | null;
  date(column: string): LedgerDate;
  maybeDate(column: string): LedgerDate | null;
  whole(column: string): number;
  decimal(column: string): number;
  flag(column: string): boolean;
  instant(column: string): string;
  /** A word of the file for a word of ours. */
  oneOf<T>(column: string, words: Readonly<Record<string, T>>): T;
  /** A list inside a cell. */
  list(column: string): unknown[];
}

const NO_DATE: LedgerDate = { year: 1900, month: null, day: null };

export function rowCells(cells: ReadonlyMap<string, string>): RowCells {
  const faults: CellFault[] = [];
  const cellOf = (column: string) => cells.get(column) ?? '';
  function fault<T>(code: string, column: string, instead: T): T {
    faults.push({ code, column });
    return instead;
  }
  function matched(column: string, pattern: RegExp, code: string): RegExpExecArray | undefined {
    return pattern.exec(cellOf(column)) ?? fault(cellOf(column) === '' ? 'cell-empty' : code, column, undefined);
  }
  const number = (column: string, pattern: RegExp) => Number(matched(column, pattern, 'number-malformed')?.[0] ?? 0);
  const date = (column: string) => {
    // 不詳日付: 00 for a month or a day that is not known.
    const found = matched(column, /^(\d{4})-(\d\d)-(\d\d)$/, 'date-malformed');
    return found ? (ledgerDate(found) ?? fault('date-malformed', column, NO_DATE)) : NO_DATE;
  };
  return {
    faults,
    date,
    text: (column) => cellOf(column) || fault('cell-empty', column, ''),
    maybeText: (column) => cellOf(column) || null,
    maybeDate: (column) => (cellOf(column) === '' ? null : date(column)),
    whole: (column) => number(column, /^-?\d{1,15}$/),
    decimal: (column) => number(column, /^\d{1,6}(?:\.\d{1,3})?$/),
    flag: (column) => matched(column, /^[01]$/, 'flag-malformed')?.[0] === '1',
    instant: (column) => matched(column, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'instant-malformed')?.[0] ?? '',
    oneOf(column, words) {
      const cell = cellOf(column);
      const [first] = Object.values(words);
      return Object.hasOwn(words, cell) ? (words[cell] as never) : fault('word-unknown', column, first as never);
    },
    list(column) {
      try {
        // Escapes could smuggle in what is no text: halves of letters, NUL.
        if (/\\u(?:d[89a-f]|0000)/i.test(cellOf(column))) return fault('list-malformed', column, []);
        const value: unknown = JSON.parse(cellOf(column) || '[]');
        return Array.isArray(value) ? value : fault('list-malformed', column, []);
      } catch {
        return fault('list-malformed', column, []);
      }
    },
  };
}

function ledgerDate([, ...parts]: readonly string[]): LedgerDate | undefined {
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  if (month === 0 && day !== 0) return undefined;
  const exists = day === 0 || new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  if (!exists || month > 12) return undefined;
  return { year, month: month || null, day: day || null };
}
