/** All files of a folder as rows, or what is wrong with them: file, line, code and column, never what stands in a cell. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Check } from 'typebox/value';
import {
  commonColumns,
  type FileSpec,
  fileSpecs,
  type RegistryFile,
  type RowContent,
  registryFiles,
} from './file-specs.ts';
import { type CsvRecord, readCsv } from './read-csv.ts';
import { rowCells } from './row-cells.ts';

export interface ToldRow extends RowContent {
  readonly file: RegistryFile;
  readonly line: number;
  readonly version: number;
}
export interface Rejection {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly column?: string;
}
export interface FilesRead {
  readonly rows: readonly ToldRow[];
  readonly rejections: readonly Rejection[];
}

export function readRegistryFiles(dir: string, lgCode: string): FilesRead {
  const read = registryFiles.map((file) => {
    const where = path.join(dir, fileSpecs[file].name);
    return existsSync(where)
      ? readFile(file, readFileSync(where), lgCode)
      : { rows: [], rejections: [rejectionOf(fileSpecs[file], 0, 'file-missing')] };
  });
  const rows = read.flatMap((one) => one.rows);
  // Whose own row is wrong is no stranger.
  const strangers = read[0]?.rejections.length === 0 ? strangersAmong(rows) : [];
  return { rows, rejections: [...read.flatMap((one) => one.rejections), ...strangers] };
}

function readFile(file: RegistryFile, bytes: Uint8Array, lgCode: string): FilesRead {
  const spec = fileSpecs[file];
  const records = readCsv(bytes);
  if (!Array.isArray(records)) return { rows: [], rejections: [rejectionOf(spec, 0, records)] };
  const [head, ...lines] = records;
  const columns = head?.cells ?? [];
  const wanted = [...commonColumns, ...spec.columns];
  const faults = [
    ...wanted.filter((name) => !columns.includes(name)).map((name) => rejectionOf(spec, 1, 'column-missing', name)),
    ...(columns.every((name, i) => wanted.includes(name) && columns.indexOf(name) === i)
      ? []
      : [rejectionOf(spec, 1, 'column-unknown')]),
  ];
  if (faults.length > 0) return { rows: [], rejections: faults };
  const read = lines.map((record) => readRow(file, record, columns, lgCode));
  const rows = read.flatMap(({ row }) => (row ? [row] : []));
  return { rows, rejections: [...read.flatMap(({ rejections }) => rejections), ...told(rows, spec)] };
}

function readRow(file: RegistryFile, { line, cells: values }: CsvRecord, columns: readonly string[], lgCode: string) {
  const spec = fileSpecs[file];
  const reject = (code: string, column?: string) => ({
    rejections: [rejectionOf(spec, line, code, column)],
    row: undefined,
  });
  if (values.length !== columns.length) return reject('cells-miscounted');
  const cells = rowCells(new Map(columns.map((name, i) => [name, values[i] ?? ''])));
  if (cells.text('市区町村コード') !== lgCode) return reject('other-municipality', '市区町村コード');
  if (!cells.flag('最新フラグ') && cells.faults.length === 0) return { rejections: [], row: undefined };
  const content = spec.read(cells);
  const deleted = cells.flag('削除フラグ');
  const version = cells.whole('履歴番号');
  if (cells.faults.length > 0) {
    return {
      rejections: cells.faults.map(({ code, column }) => rejectionOf(spec, line, code, column)),
      row: undefined,
    };
  }
  if (!/^[0-9A-Za-z-]{1,32}$/.test(content.residentId) || !Check(spec.shape, content.body))
    return reject('not-in-shape');
  const end = deleted ? { ended: true, final: content.final || spec.endsForGood } : {};
  return { rejections: [], row: { ...content, ...end, file, line, version } };
}

/** One newest row for each id; and one book is one book. */
function told(rows: readonly ToldRow[], spec: FileSpec): Rejection[] {
  const seen = new Set<string>();
  const heads = new Map<string, string>();
  return rows.flatMap(({ id, line, groupId, ended, body }) => {
    if (seen.has(id)) return [rejectionOf(spec, line, 'told-twice')];
    seen.add(id);
    if (groupId === null || ended || body.head === undefined) return [];
    const head = JSON.stringify(body.head);
    const before = heads.get(groupId) ?? head;
    heads.set(groupId, before);
    return head === before ? [] : [rejectionOf(spec, line, 'book-torn')];
  });
}

/** Seals and certs belong to somebody whom the town knows. */
function strangersAmong(rows: readonly ToldRow[]): Rejection[] {
  const known = new Set(rows.filter(({ file }) => file === 'residents').map(({ id }) => id));
  return rows
    .filter(({ file, residentId, ended }) => (file === 'seals' || file === 'certs') && !ended && !known.has(residentId))
    .map(({ file, line }) => rejectionOf(fileSpecs[file], line, 'resident-unknown'));
}

export function rejectionOf({ name }: FileSpec, line: number, code: string, column?: string): Rejection {
  return { file: name, line, code, ...(column !== undefined && { column }) };
}
