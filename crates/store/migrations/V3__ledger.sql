-- Tables of the room 'ledger'. Accounts, transfers and postings are append-only; balances follow from them.
CREATE TABLE ledger_accounts (
  account_key TEXT NOT NULL,
  currency TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('wallet', 'escrow', 'refund_due', 'revenue', 'clearing')),
  owner_id BIGINT NOT NULL,
  part BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (account_key, currency)
);
CREATE INDEX ledger_accounts_purpose ON ledger_accounts (purpose, account_key, currency);

CREATE TABLE ledger_transfers (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  reference_kind TEXT NOT NULL,
  reference_id BIGINT NOT NULL,
  memo TEXT NOT NULL
);
CREATE INDEX ledger_transfers_reference ON ledger_transfers (reference_kind, reference_id, id);

CREATE TABLE ledger_postings (
  id BIGINT NOT NULL PRIMARY KEY,
  transfer_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  account_key TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor <> 0),
  balance_after BIGINT,
  at BIGINT NOT NULL,
  UNIQUE (transfer_id, place)
);
CREATE INDEX ledger_postings_account ON ledger_postings (account_key, id);

-- What each account holds: of holders as of now, of platform accounts as of the last seal.
CREATE TABLE ledger_balances (
  account_key TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  PRIMARY KEY (account_key, currency)
);

-- Transfers that wait for their place in the chain, and the chain.
CREATE TABLE ledger_unsealed (
  transfer_id BIGINT NOT NULL PRIMARY KEY
);
CREATE TABLE ledger_seals (
  seq BIGINT NOT NULL PRIMARY KEY CHECK (seq >= 1),
  transfer_id BIGINT NOT NULL UNIQUE,
  hash TEXT NOT NULL,
  sealed_at BIGINT NOT NULL
);

CREATE TRIGGER ledger_accounts_kept_u BEFORE UPDATE ON ledger_accounts BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END; -- sqlite
CREATE TRIGGER ledger_accounts_kept_d BEFORE DELETE ON ledger_accounts BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END; -- sqlite
CREATE TRIGGER ledger_transfers_kept_u BEFORE UPDATE ON ledger_transfers BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END; -- sqlite
CREATE TRIGGER ledger_transfers_kept_d BEFORE DELETE ON ledger_transfers BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END; -- sqlite
CREATE TRIGGER ledger_postings_kept_u BEFORE UPDATE ON ledger_postings BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END; -- sqlite
CREATE TRIGGER ledger_postings_kept_d BEFORE DELETE ON ledger_postings BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END; -- sqlite
CREATE TRIGGER ledger_seals_kept_u BEFORE UPDATE ON ledger_seals BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END; -- sqlite
CREATE TRIGGER ledger_seals_kept_d BEFORE DELETE ON ledger_seals BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END; -- sqlite
CREATE TRIGGER ledger_accounts_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_accounts FOR EACH STATEMENT EXECUTE FUNCTION append_only(); -- postgres
CREATE TRIGGER ledger_transfers_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfers FOR EACH STATEMENT EXECUTE FUNCTION append_only(); -- postgres
CREATE TRIGGER ledger_postings_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_postings FOR EACH STATEMENT EXECUTE FUNCTION append_only(); -- postgres
CREATE TRIGGER ledger_seals_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seals FOR EACH STATEMENT EXECUTE FUNCTION append_only(); -- postgres
