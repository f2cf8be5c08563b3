-- What the center remembers. Nothing here names a person: certs, serials, names, addresses and documents never enter a table,
-- and what must be recognised again is an HMAC under a key that lies outside the database.
-- Every table that belongs to a municipality begins its key with lg_code, so that the same statements run on shards.
-- Life cycles stand in packages/protocol/src/lifecycles.ts; rows move only by compare-and-set on their state.

CREATE TABLE sessions (
  session_id        text PRIMARY KEY CHECK (session_id ~ '^[0-9a-f]{32}$'),
  kiosk_id          text NOT NULL,
  operator_id       text NOT NULL,
  nonce             text NOT NULL,
  exporter          text NOT NULL,
  state             text NOT NULL CHECK (state IN ('challenged', 'proven', 'burnt', 'ended', 'expired')),
  begun_at          timestamptz NOT NULL,
  expires_at        timestamptz NOT NULL,
  challenge_used_at timestamptz,
  -- HMAC of the cardholder's proof, from login until the session is over.
  proof_digest      text CHECK (proof_digest IS NULL OR state = 'proven'),
  municipalities    jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX sessions_due ON sessions (expires_at) WHERE state IN ('challenged', 'proven');
CREATE INDEX sessions_over ON sessions (expires_at) WHERE state IN ('burnt', 'ended', 'expired');

-- 利用者登録 as the municipalities publish it: HMAC(directory key, anchor and serial) → municipality and role.
CREATE TABLE directory (
  lg_code  text NOT NULL,
  cert_ref text NOT NULL CHECK (cert_ref ~ '^[0-9a-f]{64}$'),
  role     text NOT NULL CHECK (role IN ('residence', 'registered-domicile')),
  version  bigint NOT NULL,
  active   boolean NOT NULL,
  PRIMARY KEY (lg_code, cert_ref, role)
);
CREATE INDEX directory_by_cert ON directory (cert_ref) WHERE active;

-- Order ids are unique across municipalities; this is the door from an order id to its shard.
CREATE TABLE order_index (
  order_id text PRIMARY KEY CHECK (order_id ~ '^[0-9a-f]{32}$'),
  lg_code  text NOT NULL
);

CREATE TABLE orders (
  lg_code          text NOT NULL,
  order_id         text NOT NULL,
  session_id       text NOT NULL,
  kiosk_id         text NOT NULL,
  operator_id      text NOT NULL,
  kind             text NOT NULL,
  copies           integer NOT NULL CHECK (copies > 0),
  fee_yen          integer NOT NULL CHECK (fee_yen >= 0),
  test             boolean NOT NULL,
  replaces         text,
  request_digest   text NOT NULL,
  selection_digest text NOT NULL,
  state            text NOT NULL CHECK (state IN ('requested', 'sealed', 'paid', 'settled', 'failed', 'cancelled')),
  state_since      timestamptz NOT NULL,
  -- When the present state has lasted too long; null when nobody waits for anything any more.
  due_at           timestamptz,
  manifest_digest  text,
  payment_digest   text,
  outcome_digest   text,
  PRIMARY KEY (lg_code, order_id)
);
CREATE INDEX orders_due ON orders (lg_code, state, due_at) WHERE due_at IS NOT NULL;

-- Rows are never deleted, so that an issue number that was ever seen is known for ever.
CREATE TABLE order_copies (
  lg_code        text NOT NULL,
  order_id       text NOT NULL,
  copy           integer NOT NULL CHECK (copy > 0),
  issue_number   text NOT NULL CHECK (issue_number ~ '^[0-9a-f]{16}$'),
  fee_yen        integer NOT NULL CHECK (fee_yen >= 0),
  sheets         integer NOT NULL CHECK (sheets > 0),
  binding_digest text NOT NULL,
  state          text NOT NULL CHECK (state IN ('sealed', 'released', 'output', 'uncertain', 'not-output', 'void')),
  -- The center's half of the content key, until payment and outcome, or until the order is given up.
  center_share   bytea CHECK (center_share IS NULL OR state IN ('sealed', 'released')),
  sheets_out     integer,
  PRIMARY KEY (lg_code, order_id, copy),
  UNIQUE (lg_code, issue_number),
  FOREIGN KEY (lg_code, order_id) REFERENCES orders
);

-- Double entry: each row debits one account and credits another, so the book balances by construction.
CREATE TABLE ledger_transfers (
  lg_code    text NOT NULL,
  order_id   text NOT NULL,
  -- 0 stands for the order as a whole.
  copy       integer NOT NULL CHECK (copy >= 0),
  kind       text NOT NULL CHECK (kind IN ('payment', 'revenue', 'refund', 'refund-payable', 'change-payable', 'deposit-payable')),
  debit      text NOT NULL,
  credit     text NOT NULL CHECK (credit <> debit),
  amount_yen integer NOT NULL CHECK (amount_yen > 0),
  test       boolean NOT NULL,
  booked_at  timestamptz NOT NULL,
  PRIMARY KEY (lg_code, order_id, copy, kind),
  FOREIGN KEY (lg_code, order_id) REFERENCES orders
);

-- 取扱停止 after a mismatch. At most one is active per municipality and kind.
CREATE TABLE suspensions (
  lg_code        text NOT NULL,
  suspension_id  uuid NOT NULL DEFAULT gen_random_uuid(),
  kind           text NOT NULL,
  order_id       text,
  reason         text NOT NULL,
  suspended_at   timestamptz NOT NULL,
  released_at    timestamptz,
  released_by    text,
  release_reason text,
  PRIMARY KEY (lg_code, suspension_id),
  CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (release_reason IS NULL))
);
CREATE UNIQUE INDEX suspensions_active ON suspensions (lg_code, kind) WHERE released_at IS NULL;

-- What staff must look at.
CREATE TABLE notices (
  lg_code     text NOT NULL,
  order_id    text NOT NULL,
  copy        integer NOT NULL DEFAULT 0,
  notice      text NOT NULL CHECK (notice IN ('outcome-overdue', 'copy-uncertain', 'refund-owed', 'outcome-refused')),
  raised_at   timestamptz NOT NULL,
  -- When what it was about came right; null while staff must still look.
  resolved_at timestamptz,
  PRIMARY KEY (lg_code, order_id, copy, notice)
);

-- One row per event of src/audit-events.ts. lg_code 000000 stands for the center itself, where no municipality exists yet.
CREATE TABLE audit_events (
  lg_code    text NOT NULL DEFAULT '000000',
  event_id   uuid NOT NULL DEFAULT gen_random_uuid(),
  event      text NOT NULL,
  at         timestamptz NOT NULL,
  session_id text,
  order_id   text,
  copy       integer,
  kiosk_id   text,
  kind       text,
  staff      text,
  reason     text,
  PRIMARY KEY (lg_code, event_id)
);
CREATE INDEX audit_events_by_order ON audit_events (lg_code, order_id);

-- What issuing servers must still be told: what became of each issue number. The columns are those of packages/database.
CREATE TABLE outcome_outbox (
  lg_code   text NOT NULL,
  -- The order id: an order tells its outcome once.
  outbox_id text NOT NULL,
  topic     text NOT NULL,
  payload   jsonb NOT NULL,
  attempts  integer NOT NULL DEFAULT 0,
  next_at   timestamptz NOT NULL,
  PRIMARY KEY (lg_code, outbox_id)
);
CREATE INDEX outcome_outbox_due ON outcome_outbox (lg_code, next_at);

-- The running center changes the columns that have a life, adds to what is a record, and deletes nothing but delivered mail and
-- sessions long over, whose history stands in audit_events.
GRANT SELECT, INSERT, DELETE, UPDATE (state, expires_at, challenge_used_at, proof_digest, municipalities)
  ON sessions TO :app_role;
GRANT SELECT, INSERT, UPDATE (version, active) ON directory TO :app_role;
GRANT SELECT, INSERT, UPDATE (state, state_since, due_at, manifest_digest, payment_digest, outcome_digest)
  ON orders TO :app_role;
GRANT SELECT, INSERT, UPDATE (state, center_share, sheets_out) ON order_copies TO :app_role;
GRANT SELECT, INSERT, UPDATE (released_at, released_by, release_reason) ON suspensions TO :app_role;
GRANT SELECT, INSERT ON order_index, ledger_transfers, audit_events TO :app_role;
GRANT SELECT, INSERT, UPDATE (resolved_at) ON notices TO :app_role;
GRANT SELECT, INSERT, DELETE, UPDATE (attempts, next_at) ON outcome_outbox TO :app_role;
