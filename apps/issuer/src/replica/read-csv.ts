/** CSV as registries write it: UTF-8, one head line, RFC 4180 quotes. Records know the line they begin at; nothing is guessed. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}
export type CsvFault = 'not-text' | 'quotes-open';

export function readCsv(bytes: Uint8Array): CsvRecord[] | CsvFault {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return 'not-text';
  }
  if (text.includes('\0')) return 'not-text';
  const records: CsvRecord[] = [];
  // One cell and what ends it: a comma, the end of the line, or the end of the file.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let cells: string[] = [];
  let [line, start] = [1, 1];
  while (cell.lastIndex < text.length || cells.length > 0) {
    const found = cell.exec(text);
    if (!found) return 'quotes-open';
    const [whole, quoted, plain, end] = found;
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    line += whole.split('\n').length - 1;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
    cells = [];
    start = line;
    if (end === '') break;
  }
  return records;
}
