-- 利用者制限: persons about whom staff let nothing leave a kiosk, beside the 支援措置 of the registry. Ended by staff, and by nothing else.
create table restriction (
  lg_code own_lg_code,
  n bigint generated always as identity,
  resident_id text not null,
  staff text not null,
  reason text not null,
  since timestamptz not null,
  lifted_at timestamptz,
  lifted_by text,
  lift_reason text,
  primary key (lg_code, n)
);
create index restriction_in_force on restriction (lg_code, resident_id) where lifted_at is null;

grant select, insert, update (lifted_at, lifted_by, lift_reason) on restriction to :app_role;
