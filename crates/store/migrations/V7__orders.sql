-- Tables of the room 'orders': processes, contracts, orders, their clocks, timeline, deliveries and proposals.
CREATE TABLE processes (
  name TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  body TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (name, version)
);

CREATE TABLE contracts (
  id BIGINT NOT NULL PRIMARY KEY,
  request_id BIGINT NOT NULL REFERENCES requests (id),
  bid_id BIGINT NOT NULL REFERENCES bids (id),
  client_id BIGINT NOT NULL,
  provider_id BIGINT NOT NULL,
  title TEXT NOT NULL,
  brief TEXT NOT NULL,
  process_name TEXT NOT NULL,
  process_version BIGINT NOT NULL,
  terms TEXT NOT NULL,
  plan TEXT NOT NULL,
  outcomes TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  total_minor BIGINT NOT NULL CHECK (total_minor > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('offered', 'agreed', 'declined', 'withdrawn')),
  note TEXT NOT NULL,
  client_agreed_at BIGINT NOT NULL,
  provider_agreed_at BIGINT,
  ended_at BIGINT,
  order_id BIGINT,
  made_at BIGINT NOT NULL
);
CREATE INDEX contracts_client ON contracts (client_id, id);
CREATE INDEX contracts_provider ON contracts (provider_id, id);
CREATE INDEX contracts_offered ON contracts (made_at, id) WHERE state = 'offered';
CREATE UNIQUE INDEX contracts_live ON contracts (request_id) WHERE state IN ('offered', 'agreed');

CREATE TABLE orders (
  id BIGINT NOT NULL PRIMARY KEY,
  contract_id BIGINT NOT NULL UNIQUE REFERENCES contracts (id),
  request_id BIGINT NOT NULL REFERENCES requests (id),
  client_id BIGINT NOT NULL,
  provider_id BIGINT NOT NULL,
  title TEXT NOT NULL,
  process_name TEXT NOT NULL,
  process_version BIGINT NOT NULL,
  terms TEXT NOT NULL,
  state TEXT NOT NULL,
  total_minor BIGINT NOT NULL CHECK (total_minor > 0),
  currency TEXT NOT NULL,
  version BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  moved_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX orders_client ON orders (client_id, id);
CREATE INDEX orders_provider ON orders (provider_id, id);
CREATE INDEX orders_request ON orders (request_id);
CREATE INDEX orders_ended ON orders (ended_at, id);

CREATE TABLE order_parts (
  order_id BIGINT NOT NULL REFERENCES orders (id),
  part BIGINT NOT NULL CHECK (part >= 0),
  title TEXT NOT NULL,
  days BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  state TEXT NOT NULL,
  entered_at BIGINT NOT NULL,
  turn_at BIGINT,
  counters TEXT NOT NULL,
  pot_minor BIGINT NOT NULL CHECK (pot_minor >= 0),
  pot_fee_minor BIGINT NOT NULL CHECK (pot_fee_minor >= 0),
  held_minor BIGINT NOT NULL CHECK (held_minor >= 0),
  held_fee_minor BIGINT NOT NULL CHECK (held_fee_minor >= 0),
  to_client_minor BIGINT NOT NULL CHECK (to_client_minor >= 0),
  to_provider_minor BIGINT NOT NULL CHECK (to_provider_minor >= 0),
  to_platform_minor BIGINT NOT NULL CHECK (to_platform_minor >= 0),
  PRIMARY KEY (order_id, part),
  CHECK (held_minor + held_fee_minor = pot_minor + pot_fee_minor + to_client_minor + to_provider_minor + to_platform_minor)
);

CREATE TABLE order_clocks (
  order_id BIGINT NOT NULL REFERENCES orders (id),
  part BIGINT NOT NULL,
  state TEXT NOT NULL,
  transition TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  reminders TEXT NOT NULL,
  next_remind_at BIGINT,
  PRIMARY KEY (order_id, part)
);
CREATE INDEX order_clocks_due ON order_clocks (due_at, order_id);
CREATE INDEX order_clocks_remind ON order_clocks (next_remind_at, order_id);

CREATE TABLE order_moves (
  id BIGINT NOT NULL PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES orders (id),
  part BIGINT,
  transition TEXT NOT NULL,
  by_role TEXT NOT NULL,
  actor_id BIGINT,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  note TEXT NOT NULL,
  money TEXT NOT NULL,
  delivery_id BIGINT,
  at BIGINT NOT NULL,
  written_at BIGINT NOT NULL
);
CREATE INDEX order_moves_order ON order_moves (order_id, id);

CREATE TABLE deliveries (
  id BIGINT NOT NULL PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES orders (id),
  part BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  note TEXT NOT NULL,
  made_by BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  UNIQUE (order_id, part, version)
);

CREATE TABLE order_proposals (
  id BIGINT NOT NULL PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES orders (id),
  part BIGINT,
  transition TEXT NOT NULL,
  by_role TEXT NOT NULL,
  proposer_id BIGINT NOT NULL,
  shares TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'refused', 'withdrawn', 'expired')),
  answer TEXT NOT NULL,
  answered_by BIGINT,
  made_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX order_proposals_order ON order_proposals (order_id, id);
CREATE UNIQUE INDEX order_proposals_open ON order_proposals (order_id, transition, COALESCE(part, -1)) WHERE state = 'open';
