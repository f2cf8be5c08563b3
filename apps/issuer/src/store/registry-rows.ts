/** Rows of registry files in the schema of their municipality, and the feed that follows from them. */
import type { FeedEvent } from '@machikado/protocol';
import type { Ending, KnownRow, RegistryRow } from '../replica/compare-rows.ts';
import type { MunicipalSql } from './municipal-sql.ts';

const BATCH = 2000;

/** Imports of one municipality wait for each other here until they commit. */
export async function holdImport(tx: MunicipalSql): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`registry_import:${tx.lgCode}`]);
}

export function knownRows(tx: MunicipalSql): Promise<KnownRow[]> {
  return tx.query<KnownRow>(
    `select file, id, version, ended, final, resident_id as "residentId", digest, body ->> 'status' as status
     from registry_row where lg_code = $1`,
    [tx.lgCode],
  );
}

export async function putRows(tx: MunicipalSql, rows: readonly RegistryRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += BATCH) {
    const batch = rows.slice(i, i + BATCH);
    const column = <K extends keyof RegistryRow>(key: K) => batch.map((row) => row[key]);
    await tx.run(
      `insert into registry_row (lg_code, file, id, version, ended, final, resident_id, group_id, digest, body)
       select $1, e.* from unnest($2::text[], $3::text[], $4::bigint[], $5::boolean[], $6::boolean[], $7::text[],
         $8::text[], $9::text[], $10::jsonb[]) as e
       on conflict (lg_code, file, id) do update set version = excluded.version, ended = excluded.ended,
         final = excluded.final, resident_id = excluded.resident_id, group_id = excluded.group_id,
         digest = excluded.digest, body = excluded.body`,
      [
        ...[tx.lgCode, column('file'), column('id'), column('version'), column('ended'), column('final')],
        ...[
          column('residentId'),
          column('groupId'),
          column('digest'),
          column('body').map((body) => JSON.stringify(body)),
        ],
      ],
    );
  }
}

/** The digest goes too: the same row told again is then a change, and needs a higher version. */
export async function endRows(tx: MunicipalSql, endings: readonly Ending[]): Promise<void> {
  await tx.run(
    `update registry_row r set ended = true, final = r.final or e.final, digest = ''
     from unnest($2::text[], $3::text[], $4::boolean[]) as e (file, id, final)
     where r.lg_code = $1 and r.file = e.file and r.id = e.id`,
    [
      tx.lgCode,
      endings.map(({ row }) => row.file),
      endings.map(({ row }) => row.id),
      endings.map(({ final }) => final),
    ],
  );
}

export async function lastSeq(tx: MunicipalSql): Promise<number> {
  const found = await tx.one<{ seq: number }>(
    'select coalesce(max(seq), 0) as seq from registry_event where lg_code = $1',
    [tx.lgCode],
  );
  return found.seq;
}

export async function addEvents(tx: MunicipalSql, events: readonly FeedEvent[]): Promise<void> {
  for (let i = 0; i < events.length; i += BATCH) {
    const batch = events.slice(i, i + BATCH);
    await tx.run(
      'insert into registry_event (lg_code, seq, event) select $1, e.* from unnest($2::bigint[], $3::jsonb[]) as e',
      [tx.lgCode, batch.map(({ seq }) => seq), batch.map((event) => JSON.stringify(event))],
    );
  }
  const moves = events.filter(({ type }) => type === 'moved-in' || type === 'moved-out' || type === 'died');
  await tx.run(
    `update registry_row r set told_seq = e.seq from unnest($2::text[], $3::bigint[]) as e (id, seq)
     where r.lg_code = $1 and r.file = 'residents' and r.id = e.id`,
    [tx.lgCode, moves.map(({ residentId }) => residentId), moves.map(({ seq }) => seq)],
  );
}

export function eventsAfter(tx: MunicipalSql, after: number, limit: number): Promise<FeedEvent[]> {
  return tx
    .query<{ event: FeedEvent }>(
      'select event from registry_event where lg_code = $1 and seq > $2 order by seq limit $3',
      [tx.lgCode, after, limit],
    )
    .then((rows) => rows.map(({ event }) => event));
}

export async function addImport(tx: MunicipalSql, at: Date): Promise<number> {
  const { run } = await tx.one<{ run: number }>(
    `insert into registry_import (lg_code, run, at)
     select $1::text, coalesce(max(run), 0) + 1, $2::timestamptz from registry_import where lg_code = $1::text returning run`,
    [tx.lgCode, at],
  );
  return run;
}

export function lastImport(tx: MunicipalSql): Promise<{ readonly at: Date } | undefined> {
  return tx.maybe<{ at: Date }>('select at from registry_import where lg_code = $1 order by run desc limit 1', [
    tx.lgCode,
  ]);
}

/** Everything about one resident, their household and their 戸籍. One statement sees one moment of the tables. */
export function rowsAround(tx: MunicipalSql, residentId: string): Promise<StoredRow[]> {
  return tx.query<StoredRow>(
    `with mine as (
       select file, group_id from registry_row where lg_code = $1 and resident_id = $2 and group_id is not null
         and (file = 'residents' or not ended)
     ), people as (
       select r.* from registry_row r join mine on r.file = mine.file and r.group_id = mine.group_id
       where r.lg_code = $1 and (r.file = 'residents' or not r.ended)
     )
     select ${COLUMNS} from people
     union all
     select ${COLUMNS} from registry_row where lg_code = $1 and resident_id = $2
       and (file in ('seals', 'tax') or (file = 'residents' and group_id is null))
     union all
     select ${COLUMNS} from registry_row where lg_code = $1 and file = 'protections' and not ended
       and resident_id in (select resident_id from people union select $2)`,
    [tx.lgCode, residentId],
  );
}
const COLUMNS = 'file, id, version, ended, resident_id as "residentId", group_id as "groupId", body';
export type StoredRow = Pick<RegistryRow, 'file' | 'id' | 'version' | 'ended' | 'residentId' | 'groupId' | 'body'>;

export interface StatusRow {
  readonly id: string;
  readonly version: number;
  readonly ended: boolean;
  readonly state: string;
  readonly residentId: string;
}

export function statusRows(tx: MunicipalSql, file: 'residents' | 'seals'): Promise<StatusRow[]> {
  const [version, state] = file === 'residents' ? ['told_seq', 'status'] : ['version', 'state'];
  return tx.query<StatusRow>(
    `select id, ${version} as version, ended, body ->> '${state}' as state, resident_id as "residentId"
     from registry_row where lg_code = $1 and file = $2`,
    [tx.lgCode, file],
  );
}
