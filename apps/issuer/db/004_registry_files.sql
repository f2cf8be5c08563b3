-- 既存システム without an API: what its files say, one row for each row of a file, and the feed that follows from them.
create table registry_row (
  lg_code own_lg_code,
  file text not null,
  id text not null,
  -- 履歴番号
  version bigint not null,
  ended boolean not null,
  -- Never begins again.
  final boolean not null,
  resident_id text not null,
  -- 世帯, 戸籍
  group_id text,
  body jsonb not null,
  digest text not null,
  -- The newest event about the resident.
  told_seq bigint not null default 0,
  primary key (lg_code, file, id)
);
create index registry_row_resident on registry_row (lg_code, file, resident_id);
create index registry_row_group on registry_row (lg_code, file, group_id);

create table registry_event (
  lg_code own_lg_code,
  seq bigint not null,
  event jsonb not null,
  primary key (lg_code, seq)
);

create table registry_import (
  lg_code own_lg_code,
  run bigint not null,
  at timestamptz not null,
  primary key (lg_code, run)
);

create function keep_final() returns trigger language plpgsql as $$
begin
  if new.version < old.version or (old.final and not new.final) then
    raise exception 'a row neither goes back nor begins again';
  end if;
  return new;
end
$$;
create trigger registry_row_final before update on registry_row for each row execute function keep_final();

grant select, insert on registry_row, registry_event, registry_import to :app_role;
grant update (version, ended, final, resident_id, group_id, body, digest, told_seq) on registry_row to :app_role;
