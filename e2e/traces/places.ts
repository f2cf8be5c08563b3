/** Where a trace could lie: files below a folder, rows of a database, lines of a log. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Sql } from '@machikado/database';
import { dumpTables } from '../tables.ts';
import type { TraceScanner } from '../traces.ts';

export interface Search {
  readonly files: number;
  readonly bytes: number;
  /** `place: what is found there`. */
  readonly found: readonly string[];
}

/** Everything below, names of files included, but for the folders that are left out. */
export function searchFolder(
  scanner: TraceScanner,
  dir: string,
  leftOut: readonly string[] = [],
  isWanted: (file: string) => boolean = () => true,
): Search {
  const files = filesBelow(dir, leftOut).filter(isWanted);
  let bytes = 0;
  const found = files.flatMap((file) => {
    const content = contentOf(file);
    const name = relative(dir, file);
    bytes += content.length;
    return [...scanner.scan(content), ...scanner.scan(Buffer.from(name))].map((trace) => `${name}: ${trace}`);
  });
  return { files: files.length, bytes, found };
}

/** A program that is still running throws files away. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return Buffer.alloc(0);
  }
}

export function searchLines(scanner: TraceScanner, place: string, lines: readonly string[]): Search {
  const text = Buffer.from(lines.join('\n'));
  return { files: 1, bytes: text.length, found: scanner.scan(text).map((trace) => `${place}: ${trace}`) };
}

export async function searchTables(scanner: TraceScanner, sql: Sql): Promise<Search> {
  const searches = [...(await dumpTables(sql))].map(([table, rows]) => searchLines(scanner, table, rows));
  return {
    files: searches.length,
    bytes: searches.reduce((sum, search) => sum + search.bytes, 0),
    found: searches.flatMap(({ found }) => found),
  };
}

function filesBelow(dir: string, leftOut: readonly string[]): string[] {
  if (leftOut.includes(dir)) return [];
  return namesIn(dir).flatMap((name) => {
    const path = join(dir, name);
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry?.isDirectory()) return filesBelow(path, leftOut);
    return entry?.isFile() ? [path] : [];
  });
}

function namesIn(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir) : [];
}
