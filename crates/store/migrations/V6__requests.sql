-- Tables of requests, their inspections and their bids.
CREATE TABLE requests (
  id BIGINT NOT NULL PRIMARY KEY,
  client_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'pending', 'rejected', 'open', 'awarded', 'withdrawn', 'closed')),
  title TEXT NOT NULL,
  brief TEXT NOT NULL,
  category_id BIGINT REFERENCES categories (id),
  currency TEXT NOT NULL,
  budget_min_minor BIGINT CHECK (budget_min_minor >= 0),
  budget_max_minor BIGINT CHECK (budget_max_minor >= 0),
  deadline_at BIGINT,
  wish_days BIGINT CHECK (wish_days > 0),
  rejection TEXT,
  awarded_bid_id BIGINT,
  version BIGINT NOT NULL,
  inspected_version BIGINT,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  published_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX requests_client ON requests (client_id, id);
CREATE INDEX requests_open ON requests (published_at, id) WHERE state = 'open';
CREATE INDEX requests_due ON requests (deadline_at, id) WHERE state = 'open';
CREATE INDEX requests_category ON requests (category_id, state, id);

CREATE TABLE request_skills (
  request_id BIGINT NOT NULL REFERENCES requests (id),
  skill_id BIGINT NOT NULL REFERENCES skills (id),
  PRIMARY KEY (request_id, skill_id)
);

CREATE TABLE request_versions (
  request_id BIGINT NOT NULL REFERENCES requests (id),
  version BIGINT NOT NULL,
  content TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (request_id, version)
);

CREATE TABLE inspections (
  id BIGINT NOT NULL PRIMARY KEY,
  request_id BIGINT NOT NULL REFERENCES requests (id),
  version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'rejected', 'dropped')),
  reason TEXT NOT NULL,
  decided_by BIGINT,
  submitted_at BIGINT NOT NULL,
  decided_at BIGINT
);
CREATE UNIQUE INDEX inspections_waiting ON inspections (request_id) WHERE state = 'waiting';
CREATE INDEX inspections_queue ON inspections (state, id);

CREATE TABLE bids (
  id BIGINT NOT NULL PRIMARY KEY,
  request_id BIGINT NOT NULL REFERENCES requests (id),
  provider_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('live', 'withdrawn', 'declined', 'awarded')),
  price_minor BIGINT NOT NULL CHECK (price_minor > 0),
  currency TEXT NOT NULL,
  days BIGINT NOT NULL CHECK (days > 0),
  letter TEXT NOT NULL,
  provider_fee_bp BIGINT NOT NULL,
  version BIGINT NOT NULL,
  request_version BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX bids_one_live ON bids (request_id, provider_id) WHERE state IN ('live', 'awarded');
CREATE INDEX bids_request ON bids (request_id, state, id);
CREATE INDEX bids_provider ON bids (provider_id, id);

CREATE TABLE bid_steps (
  bid_id BIGINT NOT NULL REFERENCES bids (id),
  place BIGINT NOT NULL,
  title TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  days BIGINT NOT NULL CHECK (days > 0),
  PRIMARY KEY (bid_id, place)
);
