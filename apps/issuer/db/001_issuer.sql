-- 証明発行サーバ: the tables of one municipality. Every municipality has a schema of its own, m<lgCode>, and the domain below
-- makes it impossible to write a row of another municipality into it.
do $$
begin
  execute format('create domain own_lg_code as text not null check (value = %L)', substr(current_schema(), 2));
end
$$;

-- 利用者登録: facts, never changed. What they mean is computed from all of them (src/registration).
create table registration_event (
  lg_code own_lg_code,
  event_id text not null,
  type text not null,
  resident_id text not null,
  anchor text,
  serial text,
  previous_anchor text,
  previous_serial text,
  medium text,
  at timestamptz not null,
  -- A registration made at the counter counts from the end of this nightly run on.
  usable_from_run bigint not null,
  recorded_at timestamptz not null,
  primary key (lg_code, event_id)
);
create index registration_event_resident on registration_event (lg_code, resident_id);
create index registration_event_cert on registration_event (lg_code, anchor, serial);
create index registration_event_previous on registration_event (lg_code, previous_anchor, previous_serial);
create index registration_event_run on registration_event (lg_code, usable_from_run);

-- What the facts mean today, one row a cert. Version counts what the directory was told.
create table registration (
  lg_code own_lg_code,
  anchor text not null,
  serial text not null,
  resident_id text not null,
  medium text,
  state text not null check (state in ('pending', 'active', 'ended')),
  ended_by text check (ended_by in ('withdrawn', 'superseded', 'moved-out', 'died', 'contradicted')),
  version bigint not null,
  primary key (lg_code, anchor, serial)
);

-- What the center's directory has still to be told; written in the transaction that changed the registration.
create table directory_outbox (
  lg_code own_lg_code,
  outbox_id text not null,
  topic text not null default 'directory',
  payload jsonb not null,
  attempts integer not null default 0,
  next_at timestamptz not null,
  primary key (lg_code, outbox_id)
);
create index directory_outbox_due on directory_outbox (lg_code, next_at);

-- How far the registry's feed was followed, by the business clock.
create table feed (
  lg_code own_lg_code primary key,
  seq bigint not null default 0,
  run bigint not null default 0,
  followed_at timestamptz
);
insert into feed (lg_code) values (substr(current_schema(), 2));

-- How often one proof of a cardholder was used.
create table session_use (
  lg_code own_lg_code,
  session_id text not null,
  proof_ref text not null,
  offers integer not null default 0,
  orders integer not null default 0,
  last_at timestamptz not null,
  primary key (lg_code, session_id)
);

-- An order id is taken once and for ever.
create table issue_order (
  lg_code own_lg_code,
  order_id text not null,
  session_id text not null,
  state text not null check (state in ('begun', 'issued', 'dead')),
  begun_at timestamptz not null,
  primary key (lg_code, order_id)
);

-- 発行番号
create table issue_number (
  lg_code own_lg_code,
  issue_number text not null,
  order_id text not null,
  copy integer not null,
  kind text not null,
  fee_yen integer not null,
  test boolean not null,
  state text not null check (state in ('issued', 'handed-over', 'cancelled')),
  issued_at timestamptz not null,
  settled_at timestamptz,
  primary key (lg_code, issue_number),
  unique (lg_code, order_id, copy),
  foreign key (lg_code, order_id) references issue_order (lg_code, order_id)
);

-- 交付記録: append-only, each entry sealed over the one before.
create table delivery_record (
  lg_code own_lg_code,
  n bigint not null,
  at timestamptz not null,
  event text not null,
  body text not null,
  previous text not null,
  hash text not null,
  primary key (lg_code, n)
);
create index delivery_record_order on delivery_record (lg_code, ((body::jsonb) ->> 'orderId'));

create table suspension (
  lg_code own_lg_code,
  suspension_id text not null,
  kind text not null,
  cause text not null,
  suspended_at timestamptz not null,
  released_at timestamptz,
  released_by text,
  release_reason text,
  primary key (lg_code, suspension_id)
);
create unique index suspension_open on suspension (lg_code, kind) where released_at is null;

-- The app may add facts and entries of the 交付記録 but never change or remove one; of the rest it may move states only.
grant select, insert on registration_event, delivery_record to :app_role;
grant select, insert, update on registration to :app_role;
grant select, insert, update, delete on directory_outbox, session_use to :app_role;
grant select, update (seq, run, followed_at) on feed to :app_role;
grant select, insert, update (state) on issue_order to :app_role;
grant select, insert, update (state, settled_at) on issue_number to :app_role;
grant select, insert, update (released_at, released_by, release_reason) on suspension to :app_role;
