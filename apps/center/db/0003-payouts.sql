-- 払渡し: what is owed to a resident and was handed over at the store. An order may be paid off in parts, so each has a key of its own; every other
-- kind of transfer is still booked once for an order or a copy.
ALTER TABLE ledger_transfers
  ADD COLUMN payout_key text NOT NULL DEFAULT '',
  DROP CONSTRAINT ledger_transfers_kind_check,
  ADD CONSTRAINT ledger_transfers_kind_check CHECK (
    kind IN ('payment', 'revenue', 'refund', 'refund-payable', 'change-payable', 'deposit-payable', 'payout')),
  ADD CHECK ((kind = 'payout') = (payout_key <> '')),
  DROP CONSTRAINT ledger_transfers_pkey,
  ADD PRIMARY KEY (lg_code, order_id, copy, kind, payout_key);
