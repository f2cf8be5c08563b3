/** 利用者登録 in the database: the facts, what they mean today, and what the directory must still be told about it. */
import { type Role, refuse } from '@machikado/protocol';
import type { CertId, RegistrationEvent } from '../registration/events.ts';
import { certKey, type Registration, registrationsFrom } from '../registration/registrations.ts';
import type { MunicipalSql } from './municipal-sql.ts';

interface EventRow {
  readonly event_id: string;
  readonly type: RegistrationEvent['type'];
  readonly resident_id: string;
  readonly anchor: string | null;
  readonly serial: string | null;
  readonly previous_anchor: string | null;
  readonly previous_serial: string | null;
  readonly medium: string | null;
  readonly role: Role | null;
  readonly at: Date;
  readonly usable: boolean;
}

/** One by one: the connections keep the plans of their statements, whose columns must not change when a migration adds one. */
const EVENT_COLUMNS =
  'e.event_id, e.type, e.resident_id, e.anchor, e.serial, e.previous_anchor, e.previous_serial, e.medium, e.role, e.at';

/** What an entry of the directory’s outbox says. */
export interface DirectoryNews extends CertId {
  readonly role: Role;
  readonly version: number;
  readonly active: boolean;
}

/**
 * Writers of one municipality wait for each other here until they commit. Facts that come at once must see each other, or each
 * would be judged without the other, and what was worked out last from the older facts would stand.
 */
export async function holdRegistrations(tx: MunicipalSql): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`registration:${tx.lgCode}`]);
}

/** Adds facts. A fact told before is no news; one told before with other words is a contradiction and stops the feed. */
export async function addRegistrationEvents(
  tx: MunicipalSql,
  events: readonly RegistrationEvent[],
  { usableFromRun, now }: { readonly usableFromRun: number; readonly now: Date },
): Promise<void> {
  await holdRegistrations(tx);
  if (events.length === 0) return;
  const columns = events.map(toColumns);
  const column = (i: number) => columns.map((values) => values[i]);
  await tx.run(
    `insert into registration_event (lg_code, event_id, type, resident_id, anchor, serial, previous_anchor,
       previous_serial, medium, role, at, usable_from_run, recorded_at)
     select $1, e.*, $2, $3 from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::text[], $12::text[], $13::timestamptz[]) as e
     on conflict (lg_code, event_id) do nothing`,
    [tx.lgCode, usableFromRun, now, ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(column)],
  );
  await refuseContradictions(tx, events);
}

async function refuseContradictions(tx: MunicipalSql, events: readonly RegistrationEvent[]): Promise<void> {
  const rows = await tx.query<EventRow>(
    `select ${EVENT_COLUMNS}, true as usable from registration_event e where lg_code = $1 and event_id = any($2::text[])`,
    [tx.lgCode, events.map((event) => event.eventId)],
  );
  const known = new Map(rows.map((row) => [row.event_id, toColumns(fromRow(row)).join('\0')]));
  for (const event of events) {
    if (known.get(event.eventId) !== toColumns(event).join('\0')) {
      refuse('REGISTRY_UNAVAILABLE', 'the feed tells an event again with other words');
    }
  }
}

/** Works out anew what is known about these residents and the certs around them, and queues every change. */
export async function refreshRegistrations(tx: MunicipalSql, residentIds: readonly string[], now: Date): Promise<void> {
  await holdRegistrations(tx);
  const registrations = registrationsFrom(await eventsAround(tx, residentIds));
  const before = await currentOf(tx, registrations);
  for (const registration of registrations) {
    const old = before.get(certKey(registration));
    if (old && isSame(old, registration)) continue;
    const version = (old?.version ?? 0) + 1;
    await putRegistration(tx, registration, version);
    for (const { role, active } of newsOf(old, registration)) {
      await queueNews(tx, { ...toCertId(registration), role, version, active }, now);
    }
  }
}

/** What the directory must hear: it knows a cert once for each role. */
function newsOf(old: Registration | undefined, now: Registration): { role: Role; active: boolean }[] {
  const ended = old?.state === 'active' && (now.state !== 'active' || now.role !== old.role);
  return [
    ...(ended ? [{ role: old.role, active: false }] : []),
    ...(now.state === 'active' ? [{ role: now.role, active: true }] : []),
  ];
}

export function findRegistration(tx: MunicipalSql, cert: CertId): Promise<Registration | undefined> {
  return tx.maybe<Registration>(
    `select anchor, serial, resident_id as "residentId", medium, role, state, ended_by as "endedBy"
     from registration where lg_code = $1 and anchor = $2 and serial = $3`,
    [tx.lgCode, cert.anchor, cert.serial],
  );
}

/** Residents about whom the counter told something that counts from this run on, or from one that passed them by. */
export async function residentsUsableFrom(tx: MunicipalSql, run: number): Promise<string[]> {
  const rows = await tx.query<{ resident_id: string }>(
    `select resident_id from registration_event where lg_code = $1 and usable_from_run = $2
     union select resident_id from registration where lg_code = $1 and state = 'pending'`,
    [tx.lgCode, run],
  );
  return rows.map((row) => row.resident_id);
}

/** Everything that bears on these residents: their own facts, facts about their certs, and the residents in those. */
async function eventsAround(tx: MunicipalSql, residentIds: readonly string[]): Promise<RegistrationEvent[]> {
  const rows = await tx.query<EventRow>(
    `with recursive mine as (
       select resident_id, anchor, serial, previous_anchor, previous_serial from registration_event
       where lg_code = $1 and resident_id = any($2::text[])
       union
       select e.resident_id, e.anchor, e.serial, e.previous_anchor, e.previous_serial
       from registration_event e join mine on e.lg_code = $1 and (
         e.resident_id = mine.resident_id
         or (e.anchor = mine.anchor and e.serial = mine.serial)
         or (e.anchor = mine.previous_anchor and e.serial = mine.previous_serial)
         or (e.previous_anchor = mine.anchor and e.previous_serial = mine.serial))
     )
     select ${EVENT_COLUMNS}, e.usable_from_run <= f.run as usable from registration_event e join feed f on f.lg_code = e.lg_code
     where e.lg_code = $1 and e.resident_id in (select resident_id from mine)`,
    [tx.lgCode, residentIds],
  );
  return rows.map(fromRow);
}

type StoredRegistration = Registration & { readonly version: number };

async function currentOf(tx: MunicipalSql, certs: readonly CertId[]): Promise<Map<string, StoredRegistration>> {
  const rows = await tx.query<StoredRegistration>(
    `select anchor, serial, resident_id as "residentId", medium, role, state, ended_by as "endedBy", version
     from registration where lg_code = $1 and (anchor, serial) in (select * from unnest($2::text[], $3::text[]))
     order by anchor, serial for update`,
    [tx.lgCode, certs.map((cert) => cert.anchor), certs.map((cert) => cert.serial)],
  );
  return new Map(rows.map((row) => [certKey(row), row]));
}

async function putRegistration(tx: MunicipalSql, r: Registration, version: number): Promise<void> {
  await tx.run(
    `insert into registration (lg_code, anchor, serial, resident_id, medium, role, state, ended_by, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (lg_code, anchor, serial) do update
       set resident_id = $4, medium = $5, role = $6, state = $7, ended_by = $8, version = $9`,
    [tx.lgCode, r.anchor, r.serial, r.residentId, r.medium, r.role, r.state, r.endedBy, version],
  );
}

async function queueNews(tx: MunicipalSql, news: DirectoryNews, now: Date): Promise<void> {
  await tx.run('insert into directory_outbox (lg_code, outbox_id, payload, next_at) values ($1, $2, $3::jsonb, $4)', [
    tx.lgCode,
    `${certKey(news)}:${news.role}:${news.version}`,
    JSON.stringify(news),
    now,
  ]);
}

function isSame(a: Registration, b: Registration): boolean {
  const same = a.residentId === b.residentId && a.role === b.role && a.medium === b.medium;
  return same && a.state === b.state && a.endedBy === b.endedBy;
}

function toCertId({ anchor, serial }: CertId): CertId {
  return { anchor, serial };
}

function toColumns({ eventId, type, residentId, cert, previousCert, medium, role, at }: RegistrationEvent) {
  const certs = [cert?.anchor, cert?.serial, previousCert?.anchor, previousCert?.serial].map((v) => v ?? null);
  return [eventId, type, residentId, ...certs, medium, role, at.toISOString()];
}

function fromRow(row: EventRow): RegistrationEvent {
  return {
    eventId: row.event_id,
    type: row.type,
    residentId: row.resident_id,
    cert: row.anchor !== null && row.serial !== null ? { anchor: row.anchor, serial: row.serial } : null,
    previousCert:
      row.previous_anchor !== null && row.previous_serial !== null
        ? { anchor: row.previous_anchor, serial: row.previous_serial }
        : null,
    medium: row.medium,
    role: row.role,
    at: row.at,
    usable: row.usable,
  };
}
