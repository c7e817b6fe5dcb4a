-- Tables of the room 'catalog': categories, skills, profiles, files.
CREATE TABLE categories (
  id BIGINT NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  parent_id BIGINT REFERENCES categories (id),
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  brief_zh TEXT NOT NULL,
  brief_en TEXT NOT NULL,
  place BIGINT NOT NULL
);
CREATE INDEX categories_place ON categories (place, id);

CREATE TABLE skills (
  id BIGINT NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  category_id BIGINT NOT NULL REFERENCES categories (id),
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  place BIGINT NOT NULL
);
CREATE INDEX skills_place ON skills (place, id);

CREATE TABLE profiles (
  account_id BIGINT NOT NULL PRIMARY KEY,
  headline TEXT NOT NULL,
  about TEXT NOT NULL,
  location TEXT NOT NULL,
  rate_minor BIGINT CHECK (rate_minor > 0),
  currency TEXT NOT NULL,
  version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE profile_skills (
  account_id BIGINT NOT NULL,
  skill_id BIGINT NOT NULL REFERENCES skills (id),
  PRIMARY KEY (account_id, skill_id)
);
CREATE INDEX profile_skills_skill ON profile_skills (skill_id, account_id);

CREATE TABLE files (
  id BIGINT NOT NULL PRIMARY KEY,
  owner_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
  sha256 TEXT NOT NULL,
  subject_kind TEXT,
  subject_id BIGINT,
  made_at BIGINT NOT NULL,
  attached_at BIGINT
);
CREATE INDEX files_subject ON files (subject_kind, subject_id, id);
CREATE INDEX files_owner ON files (owner_id, id);
