-- Tables of the room 'site': settings, audit records, what leaves the house, legal texts, installed packs.
CREATE FUNCTION append_only() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'this table is append-only'; END $$ LANGUAGE plpgsql; -- postgres

CREATE TABLE settings (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version >= 1),
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  changed_by BIGINT,
  changed_at BIGINT NOT NULL,
  UNIQUE (name, version)
);
CREATE TRIGGER settings_kept_u BEFORE UPDATE ON settings BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END; -- sqlite
CREATE TRIGGER settings_kept_d BEFORE DELETE ON settings BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END; -- sqlite
CREATE TRIGGER settings_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON settings FOR EACH STATEMENT EXECUTE FUNCTION append_only(); -- postgres

CREATE TABLE audit_records (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_id BIGINT,
  act TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  before_data TEXT NOT NULL,
  after_data TEXT NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX audit_records_subject ON audit_records (subject_kind, subject_id, id);
CREATE TRIGGER audit_kept_u BEFORE UPDATE ON audit_records BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END; -- sqlite
CREATE TRIGGER audit_kept_d BEFORE DELETE ON audit_records BEGIN SELECT RAISE(ABORT, 'this table is append-only'); END; -- sqlite
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_records FOR EACH STATEMENT EXECUTE FUNCTION append_only(); -- postgres

CREATE TABLE outgoing (
  id BIGINT NOT NULL PRIMARY KEY,
  made_at BIGINT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
  recipient TEXT NOT NULL,
  locale TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  sent_at BIGINT,
  error TEXT
);
CREATE INDEX outgoing_recipient ON outgoing (recipient, id);

CREATE TABLE legal_texts (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  locale TEXT NOT NULL,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  body_markdown TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  UNIQUE (kind, locale, version)
);
CREATE INDEX legal_texts_current ON legal_texts (kind, locale, published_at, id);

CREATE TABLE installed_packs (
  name TEXT NOT NULL PRIMARY KEY,
  version TEXT NOT NULL,
  installed_at BIGINT NOT NULL
);
