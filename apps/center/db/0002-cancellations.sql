-- 失効一覧: copies that are good for nothing. Their states have no way out and their rows are never deleted, so the number of these rows
-- only ever goes up, and is the version of the list.
CREATE INDEX order_copies_cancelled ON order_copies (lg_code, order_id) WHERE state IN ('uncertain', 'not-output', 'void');

-- Verification sites, by the address in the settings: the version that each was told last, and when it must hear again.
CREATE TABLE cancellation_sites (
  site     text PRIMARY KEY,
  version  bigint NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  next_at  timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE (version, attempts, next_at) ON cancellation_sites TO :app_role;
