/** 利用者制限: a person can have several, each with its own author and reason, and is free when the last one was lifted. */
import type { Attribution } from './municipal-settings.ts';
import type { MunicipalSql } from './municipal-sql.ts';

export interface Restriction extends Attribution {
  readonly n: number;
  readonly residentId: string;
  readonly since: Date;
}

/** The number under which it can be lifted. */
export async function addRestriction(
  tx: MunicipalSql,
  { residentId, staff, reason }: Attribution & Pick<Restriction, 'residentId'>,
  now: Date,
): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    'insert into restriction (lg_code, resident_id, staff, reason, since) values ($1, $2, $3, $4, $5) returning n',
    [tx.lgCode, residentId, staff, reason, now],
  );
  return n;
}

/** Whose it was; undefined when none is in force under this number. */
export async function endRestriction(
  tx: MunicipalSql,
  { number, staff, reason }: Attribution & { readonly number: number },
  now: Date,
): Promise<string | undefined> {
  const ended = await tx.maybe<{ residentId: string }>(
    `update restriction set lifted_at = $5, lifted_by = $3, lift_reason = $4
     where lg_code = $1 and n = $2 and lifted_at is null returning resident_id as "residentId"`,
    [tx.lgCode, number, staff, reason, now],
  );
  return ended?.residentId;
}

export function restrictionsInForce(tx: MunicipalSql): Promise<Restriction[]> {
  return tx.query<Restriction>(
    `select n, resident_id as "residentId", staff, reason, since from restriction
     where lg_code = $1 and lifted_at is null order by n`,
    [tx.lgCode],
  );
}

/** Those of these persons to whom one applies. */
export async function restrictedAmong(tx: MunicipalSql, residentIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ residentId: string }>(
    `select distinct resident_id as "residentId" from restriction
     where lg_code = $1 and resident_id = any($2::text[]) and lifted_at is null`,
    [tx.lgCode, residentIds],
  );
  return new Set(rows.map(({ residentId }) => residentId));
}
