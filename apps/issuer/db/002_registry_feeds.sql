-- What the registry's feed tells beside 住所地: a cert of somebody who has only the 本籍 here, and the states of 印鑑登録.

alter table registration_event add column role text check (role in ('residence', 'registered-domicile'));
update registration_event set role = 'residence' where type in ('registered', 'continued', 'renewed');

alter table registration add column role text not null default 'residence'
  check (role in ('residence', 'registered-domicile'));
alter table registration alter column role drop default;
alter table registration drop constraint registration_ended_by_check;
alter table registration add constraint registration_ended_by_check
  check (ended_by in ('withdrawn', 'superseded', 'moved-out', 'removed', 'died', 'contradicted'));

update directory_outbox set payload = payload || '{"role": "residence"}';

-- When a nightly run came to its end; followed_at is how old the reading is that the registry gave for it.
alter table feed add column run_at timestamptz;
update feed set run_at = followed_at;

-- 突合: the states of both books as the feed told them, to be compared with the registry's own.
create table book_line (
  lg_code own_lg_code,
  book text not null check (book in ('residents', 'seals')),
  id text not null,
  version bigint not null,
  state text not null check (state in ('present', 'domicile', 'gone', 'active', 'suspended', 'cancelled')),
  -- Whose 印鑑登録 it is.
  resident_id text,
  primary key (lg_code, book, id)
);

-- When a book was last found to allow nothing that the registry's own does not, by the business clock.
create table book (
  lg_code own_lg_code,
  book text not null check (book in ('residents', 'seals')),
  reconciled_at timestamptz,
  -- The last comparison found something that it could not settle.
  differs boolean not null default false,
  primary key (lg_code, book)
);
insert into book (lg_code, book) values (substr(current_schema(), 2), 'residents'), (substr(current_schema(), 2), 'seals');

-- 廃印 is for good, whatever is written later.
create function keep_cancelled() returns trigger language plpgsql as $$
begin
  if old.state = 'cancelled' and new.state <> 'cancelled' then
    raise exception 'a cancelled registration never comes back';
  end if;
  return new;
end
$$;
create trigger book_line_cancelled before update on book_line for each row execute function keep_cancelled();

grant select, insert on book_line to :app_role;
grant update (version, state, resident_id) on book_line to :app_role;
grant select, update (reconciled_at, differs) on book to :app_role;
grant update (run_at) on feed to :app_role;
