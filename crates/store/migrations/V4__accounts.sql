-- People: the log-in of one person, their sessions, one-time codes, consents, and how often somebody tried.
CREATE TABLE accounts (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  password_hash TEXT,
  locale TEXT NOT NULL,
  zone TEXT NOT NULL,
  staff TEXT CHECK (staff IN ('operator')),
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  CHECK (email IS NOT NULL OR phone IS NOT NULL)
);
CREATE UNIQUE INDEX accounts_email ON accounts (email);
CREATE UNIQUE INDEX accounts_phone ON accounts (phone);
CREATE INDEX accounts_staff ON accounts (id) WHERE staff IS NOT NULL;

-- Only the SHA-256 of the token is kept: who reads this table cannot log in with it.
CREATE TABLE sessions (
  id BIGINT NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  token_hash TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  consent_due BIGINT NOT NULL DEFAULT 0 CHECK (consent_due IN (0, 1)),
  made_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id, seen_at);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- One live code for a destination, a purpose and (for changes of contact) an account; 0 stands for nobody's.
CREATE TABLE login_codes (
  destination TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('signup', 'login', 'reset', 'change')),
  account_id BIGINT NOT NULL,
  salt TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  tries BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (destination, purpose, account_id)
);
CREATE INDEX login_codes_expiry ON login_codes (expires_at);

-- Which version of which legal text somebody agreed to, and when. Only ever added to.
CREATE TABLE consents (
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL,
  version TEXT NOT NULL,
  locale TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (account_id, kind, version)
);

-- How often something was tried in the running window, by a fingerprint of what it was tried on.
CREATE TABLE tries (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (kind, subject)
);
CREATE INDEX tries_age ON tries (started_at);
