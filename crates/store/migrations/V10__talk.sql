-- Tables of the room 'talk': threads between two people, their messages, and notices about what happened.
CREATE TABLE threads (
  id BIGINT NOT NULL PRIMARY KEY,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('request', 'order')),
  subject_id BIGINT NOT NULL,
  client_id BIGINT NOT NULL,
  provider_id BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  UNIQUE (subject_kind, subject_id, client_id, provider_id),
  CHECK (client_id <> provider_id)
);

CREATE TABLE thread_members (
  thread_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  last_message BIGINT NOT NULL,
  read_to BIGINT NOT NULL DEFAULT 0,
  unread BIGINT NOT NULL DEFAULT 0 CHECK (unread >= 0),
  mailed_to BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (thread_id, account_id)
);
CREATE INDEX thread_members_list ON thread_members (account_id, last_message, thread_id);
CREATE INDEX thread_members_unread ON thread_members (account_id) WHERE unread > 0;

CREATE TABLE messages (
  id BIGINT NOT NULL PRIMARY KEY,
  thread_id BIGINT NOT NULL,
  sender_id BIGINT NOT NULL,
  body TEXT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX messages_thread ON messages (thread_id, id);
CREATE INDEX messages_sender ON messages (sender_id, made_at);

CREATE TABLE notifications (
  id BIGINT NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL,
  event_seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  link TEXT NOT NULL,
  args TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  read_at BIGINT,
  UNIQUE (event_seq, account_id)
);
CREATE INDEX notifications_list ON notifications (account_id, id);
CREATE INDEX notifications_unread ON notifications (account_id, link) WHERE read_at IS NULL;
