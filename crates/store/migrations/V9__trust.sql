-- Tables of the room 'trust': reviews, what they were judged by, and who is linked to whom.
CREATE TABLE review_policies (
  version BIGINT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL,
  made_at BIGINT NOT NULL
);

CREATE TABLE reviews (
  id BIGINT NOT NULL PRIMARY KEY,
  order_id BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  about_id BIGINT NOT NULL,
  about_hat TEXT NOT NULL CHECK (about_hat IN ('client', 'provider')),
  body TEXT NOT NULL,
  private_note TEXT NOT NULL,
  value_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  published_at BIGINT,
  reply TEXT,
  replied_at BIGINT,
  UNIQUE (order_id, author_id),
  CHECK (author_id <> about_id),
  CHECK (reply IS NULL OR published_at IS NOT NULL)
);
CREATE INDEX reviews_about ON reviews (about_id, about_hat, published_at, id);
CREATE INDEX reviews_hidden ON reviews (closes_at, id) WHERE published_at IS NULL;

CREATE TABLE review_marks (
  review_id BIGINT NOT NULL,
  dimension TEXT NOT NULL,
  mark BIGINT NOT NULL CHECK (mark BETWEEN 1 AND 5),
  PRIMARY KEY (review_id, dimension)
);

CREATE TABLE account_links (
  low_id BIGINT NOT NULL,
  high_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (low_id, high_id),
  CHECK (low_id < high_id)
);
CREATE INDEX account_links_high ON account_links (high_id, low_id);
