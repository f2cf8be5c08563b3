/** 団体の設定の変更: only ever added to. Two members of staff at once wait for each other. */
import type { DatedSetting, MunicipalSetting } from '../settings/municipal-setting.ts';
import type { MunicipalSql } from './municipal-sql.ts';

/** Who, and why. */
export interface Attribution {
  readonly staff: string;
  readonly reason: string;
}

/** Until the end of the transaction nobody else changes a setting of this municipality. */
export async function holdSettings(tx: MunicipalSql): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`municipal_setting:${tx.lgCode}`]);
}

export async function addSetting(
  tx: MunicipalSql,
  { name, kinds, value, from, until }: MunicipalSetting,
  { staff, reason }: Attribution,
  now: Date,
): Promise<number> {
  await holdSettings(tx);
  const { n } = await tx.one<{ n: number }>(
    `insert into municipal_setting (lg_code, n, name, kinds, value, from_at, until_at, staff, reason, recorded_at)
     select $1::text, coalesce(max(n), 0) + 1, $2::text, $3::text[], $4::jsonb, $5::timestamptz, $6::timestamptz, $7::text, $8::text,
       $9::timestamptz
     from municipal_setting where lg_code = $1::text returning n`,
    [tx.lgCode, name, kinds, JSON.stringify(value), from, until, staff, reason, now],
  );
  return n;
}

export async function liftSetting(
  tx: MunicipalSql,
  { n, from }: { readonly n: number; readonly from: Date },
  { staff, reason }: Attribution,
  now: Date,
): Promise<void> {
  await tx.run(
    `insert into municipal_setting_lift (lg_code, n, from_at, staff, reason, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
    [tx.lgCode, n, from, staff, reason, now],
  );
}

/** In the order in which they were written down. */
export function settingsSet(tx: MunicipalSql): Promise<DatedSetting[]> {
  return tx.query<DatedSetting>(
    `select s.n, s.name, s.kinds, s.value, s.from_at as "from", s.until_at as "until", s.staff, s.reason,
       (select min(from_at) from municipal_setting_lift lift where lift.lg_code = $1 and lift.n = s.n) as "liftedFrom"
     from municipal_setting s where s.lg_code = $1 order by s.n`,
    [tx.lgCode],
  );
}
