-- What the store itself needs: events, cursors, jobs, idempotency keys.
CREATE TABLE events (
  id BIGINT NOT NULL PRIMARY KEY,
  seq BIGINT UNIQUE,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  actor_id BIGINT,
  data TEXT NOT NULL
);
CREATE INDEX events_waiting ON events (id) WHERE seq IS NULL;
CREATE INDEX events_subject ON events (subject_kind, subject_id, id);

CREATE TABLE cursors (
  name TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL
);

CREATE TABLE jobs (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  job_key TEXT,
  payload TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'dead')),
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  max_attempts BIGINT NOT NULL,
  leased_by TEXT,
  lease_until BIGINT NOT NULL DEFAULT 0,
  last_error TEXT,
  made_at BIGINT NOT NULL,
  done_at BIGINT
);
CREATE UNIQUE INDEX jobs_key ON jobs (job_key) WHERE state = 'waiting';
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_state ON jobs (state, id);

CREATE TABLE once_keys (
  scope BIGINT NOT NULL,
  name TEXT NOT NULL,
  once_key TEXT NOT NULL,
  body TEXT NOT NULL,
  answer TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (scope, name, once_key)
);
CREATE INDEX once_keys_age ON once_keys (made_at);
