/** Writes the files of a registry without an API, as its vendor would. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LedgerDate } from '@machikado/protocol';
import { commonColumns, fileSpecs, type RegistryFile, registryFiles } from '../replica/file-specs.ts';

export type FileRow = Readonly<Record<string, string | number>>;
export type FileRows = Partial<Record<RegistryFile, readonly FileRow[]>>;

export function writeRegistryFiles(dir: string, lgCode: string, rows: FileRows): void {
  mkdirSync(dir, { recursive: true });
  for (const file of registryFiles) {
    const { name, columns } = fileSpecs[file];
    const all = [...commonColumns, ...columns];
    const common = { 市区町村コード: lgCode, 履歴番号: 1, 最新フラグ: 1, 削除フラグ: 0 };
    const lines = (rows[file] ?? []).map((row) =>
      csvLine(all.map((column) => `${{ ...common, ...row }[column] ?? ''}`)),
    );
    writeFileSync(path.join(dir, name), [csvLine(all), ...lines, ''].join('\r\n'));
  }
}

export function dateCell(date: LedgerDate | null): string {
  if (!date) return '';
  const two = (n: number | null) => String(n ?? 0).padStart(2, '0');
  return `${date.year}-${two(date.month)}-${two(date.day)}`;
}

function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}
