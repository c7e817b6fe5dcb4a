//! The few places where the two engines need different words. Nothing outside this file knows them.

/// Which engine's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// A migration in the words of this engine. Migrations are written with `BIGINT`, `TEXT` and `BYTEA`; a line
    /// that ends in `-- sqlite` or `-- postgres` is kept for that engine only.
    pub(crate) fn ddl(self, text: &str) -> String {
        let (mine, other) = match self {
            Self::Sqlite => ("-- sqlite", "-- postgres"),
            Self::Postgres => ("-- postgres", "-- sqlite"),
        };
        let lines = text
            .lines()
            .filter(|line| !line.trim_end().ends_with(other))
            .map(|line| line.trim_end().trim_end_matches(mine));
        let kept = lines.collect::<Vec<_>>().join("\n");
        match self {
            Self::Sqlite => kept
                .replace("BIGINT", "INTEGER")
                .replace("BYTEA", "BLOB")
                .replace("\n);", "\n) STRICT;"),
            Self::Postgres => kept,
        }
    }

    /// Claims up to `?3` waiting jobs for the worker `?1` until `?2`, at the moment `?4`.
    pub(crate) const fn claim_jobs(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "UPDATE jobs SET leased_by = ?1, lease_until = ?2, attempts = attempts + 1 WHERE id IN (\
                 SELECT id FROM jobs WHERE state = 'waiting' AND run_at <= ?4 AND lease_until <= ?4 ORDER BY run_at, id LIMIT ?3) \
                 RETURNING id, kind, payload, attempts, max_attempts"
            }
            Self::Postgres => {
                "UPDATE jobs SET leased_by = ?1, lease_until = ?2, attempts = attempts + 1 WHERE id IN (\
                 SELECT id FROM jobs WHERE state = 'waiting' AND run_at <= ?4 AND lease_until <= ?4 ORDER BY run_at, id LIMIT ?3 \
                 FOR UPDATE SKIP LOCKED) RETURNING id, kind, payload, attempts, max_attempts"
            }
        }
    }

    /// Takes the lock that lets one transaction at a time number events; a row with 1 when it was free.
    pub(crate) const fn sequencer_lock(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT 1",
            Self::Postgres => "SELECT CAST(CASE WHEN pg_try_advisory_xact_lock(7001) THEN 1 ELSE 0 END AS BIGINT)",
        }
    }
}

/// `?1` as `$1`, outside of quoted text, for PostgreSQL.
pub(crate) fn dollar_placeholders(sql: &str) -> String {
    let mut quoted = false;
    sql.chars()
        .map(|c| {
            if c == '\'' {
                quoted = !quoted;
            }
            if c == '?' && !quoted { '$' } else { c }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_change_only_outside_of_quotes() {
        assert_eq!(dollar_placeholders("SELECT ?1, '?2', ?12"), "SELECT $1, '?2', $12");
    }

    #[test]
    fn migrations_speak_both_languages() {
        let text = "CREATE TABLE a (\n  id BIGINT PRIMARY KEY,\n  b BYTEA\n);\nCREATE TRIGGER x; -- sqlite\nCREATE RULE y; -- postgres\n";
        assert_eq!(
            Dialect::Sqlite.ddl(text),
            "CREATE TABLE a (\n  id INTEGER PRIMARY KEY,\n  b BLOB\n) STRICT;\nCREATE TRIGGER x; "
        );
        assert_eq!(
            Dialect::Postgres.ddl(text),
            "CREATE TABLE a (\n  id BIGINT PRIMARY KEY,\n  b BYTEA\n);\nCREATE RULE y; "
        );
    }
}
