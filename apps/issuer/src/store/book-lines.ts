/** 住民 and 印鑑登録 as the feed told them, and when each book was last compared with the registry’s own. */
import { refuse } from '@machikado/protocol';
import { type Book, type BookLine, mergeLines } from '../registration/book-line.ts';
import type { MunicipalSql } from './municipal-sql.ts';

const COLUMNS = 'id, version, state, resident_id as "residentId"';

export function linesOf(tx: MunicipalSql, book: Book): Promise<BookLine[]> {
  return tx.query<BookLine>(`select ${COLUMNS} from book_line where lg_code = $1 and book = $2`, [tx.lgCode, book]);
}

export function findLine(tx: MunicipalSql, book: Book, id: string): Promise<BookLine | undefined> {
  return tx.maybe<BookLine>(`select ${COLUMNS} from book_line where lg_code = $1 and book = $2 and id = $3`, [
    tx.lgCode,
    book,
    id,
  ]);
}

/** Adds what the feed told to what it told before. The caller holds the feed, so nobody else writes meanwhile. */
export async function tellLines(tx: MunicipalSql, book: Book, told: readonly BookLine[]): Promise<void> {
  if (told.length === 0) return;
  const known = await tx.query<BookLine>(
    `select ${COLUMNS} from book_line where lg_code = $1 and book = $2 and id = any($3::text[])`,
    [tx.lgCode, book, told.map((line) => line.id)],
  );
  const lines = new Map(known.map((line) => [line.id, line]));
  for (const line of told) {
    const before = lines.get(line.id) ?? line;
    if (before.residentId !== line.residentId)
      refuse('REGISTRY_UNAVAILABLE', 'feed: one registration of two residents');
    lines.set(line.id, mergeLines(before, line));
  }
  await putLines(tx, book, [...lines.values()]);
}

/** Writes lines as they are; each id once. */
export async function putLines(tx: MunicipalSql, book: Book, lines: readonly BookLine[]): Promise<void> {
  if (lines.length === 0) return;
  const column = <K extends keyof BookLine>(key: K) => lines.map((line) => line[key]);
  await tx.run(
    `insert into book_line (lg_code, book, id, version, state, resident_id)
     select $1, $2, e.* from unnest($3::text[], $4::bigint[], $5::text[], $6::text[]) as e
     on conflict (lg_code, book, id) do update
       set version = excluded.version, state = excluded.state, resident_id = excluded.resident_id`,
    [tx.lgCode, book, column('id'), column('version'), column('state'), column('residentId')],
  );
}

export interface BookStanding {
  readonly book: Book;
  /** How old the reading was with which the book agreed. */
  readonly reconciledAt: Date | null;
  /** The last comparison could not be brought to an end. */
  readonly differs: boolean;
}

export function bookStandings(tx: MunicipalSql): Promise<BookStanding[]> {
  return tx.query<BookStanding>(
    'select book, reconciled_at as "reconciledAt", differs from book where lg_code = $1 order by book',
    [tx.lgCode],
  );
}

export async function markReconciled(tx: MunicipalSql, book: Book, reconciledAt: Date): Promise<void> {
  await tx.run('update book set reconciled_at = $3, differs = false where lg_code = $1 and book = $2', [
    tx.lgCode,
    book,
    reconciledAt,
  ]);
}

/** False when that was known already. */
export async function markDiffering(tx: MunicipalSql, book: Book): Promise<boolean> {
  const marked = await tx.run('update book set differs = true where lg_code = $1 and book = $2 and not differs', [
    tx.lgCode,
    book,
  ]);
  return marked === 1;
}
