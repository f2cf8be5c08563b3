create table outbox (
  lg_code text not null,
  outbox_id text not null,
  topic text not null,
  payload jsonb not null,
  attempts int not null default 0,
  next_at timestamptz not null,
  primary key (lg_code, outbox_id)
);
create index on outbox (next_at);
grant select, insert, update, delete on outbox to :app_role;
