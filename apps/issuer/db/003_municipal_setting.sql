-- 団体の設定の変更: what staff set by command on top of the settings file. Facts with the day or instant from which they hold, never
-- changed: lifting one is a fact of its own.
create table municipal_setting (
  lg_code own_lg_code,
  n bigint not null,
  name text not null check (name in ('closure', 'fee', 'minimum-age', 'copies-max', 'items')),
  -- Null: all of them.
  kinds text[],
  value jsonb,
  from_at timestamptz not null,
  until_at timestamptz check (until_at > from_at),
  staff text not null,
  reason text not null,
  recorded_at timestamptz not null,
  primary key (lg_code, n)
);

create table municipal_setting_lift (
  lg_code own_lg_code,
  n bigint not null,
  from_at timestamptz not null,
  staff text not null,
  reason text not null,
  recorded_at timestamptz not null,
  -- A lift to come can be followed by an earlier one; the earliest counts.
  primary key (lg_code, n, from_at),
  foreign key (lg_code, n) references municipal_setting (lg_code, n)
);

grant select, insert on municipal_setting, municipal_setting_lift to :app_role;
