create table account (
  lg_code text not null,
  name text not null,
  yen bigint not null,
  opened_on date,
  primary key (lg_code, name)
);
create table journal (
  lg_code text not null,
  line int not null,
  note text not null,
  primary key (lg_code, line)
);
grant select, insert, update, delete on account to :app_role;
-- append-only
grant select, insert on journal to :app_role;
