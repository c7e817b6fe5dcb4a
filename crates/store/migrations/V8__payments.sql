-- Tables of the room 'payments': what clients pay in, what goes back, and every word a gateway sent us.
CREATE TABLE payins (
  id BIGINT NOT NULL PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES orders (id),
  part BIGINT NOT NULL,
  transition TEXT NOT NULL,
  payer_id BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('begun', 'waiting', 'paid', 'returned', 'failed', 'expired')),
  gateway_ref TEXT,
  pay_url TEXT,
  failure TEXT NOT NULL,
  asks BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL CHECK (refunded_minor >= 0 AND refunded_minor <= amount_minor),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  paid_at BIGINT,
  ended_at BIGINT
);
CREATE UNIQUE INDEX payins_live ON payins (order_id, part) WHERE state IN ('begun', 'waiting');
CREATE INDEX payins_part ON payins (order_id, part, id);
CREATE INDEX payins_payer ON payins (payer_id, id);
CREATE INDEX payins_state ON payins (state, id);

CREATE TABLE gateway_notices (
  id BIGINT NOT NULL PRIMARY KEY,
  gateway TEXT NOT NULL,
  event TEXT,
  payin_id BIGINT,
  verdict TEXT NOT NULL CHECK (verdict IN ('taken', 'repeated', 'late', 'forged', 'unknown', 'other_amount', 'other_currency', 'other_order', 'ignored')),
  detail TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX gateway_notices_taken ON gateway_notices (gateway, event) WHERE verdict IN ('taken', 'late');
CREATE INDEX gateway_notices_payin ON gateway_notices (payin_id, id);

CREATE TABLE refunds (
  id BIGINT NOT NULL PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES orders (id),
  part BIGINT NOT NULL,
  payin_id BIGINT,
  account_id BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('due', 'done', 'wallet')),
  reason TEXT NOT NULL,
  gateway_ref TEXT,
  failure TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  done_at BIGINT
);
CREATE INDEX refunds_order ON refunds (order_id, part, id);
CREATE INDEX refunds_account ON refunds (account_id, id);
CREATE INDEX refunds_state ON refunds (state, id);
