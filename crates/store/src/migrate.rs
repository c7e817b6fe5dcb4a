//! Brings a database to this version of the program, in order, and refuses one that another version wrote.

use std::time::Duration;

use refinery::error::Kind;
use refinery::{Migration, Runner};

use crate::Fault;
use crate::dialect::Dialect;

/// Every migration there ever was, oldest first. Released ones are never edited: they expand, migrate, contract.
const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__store", include_str!("../migrations/V1__store.sql")),
    ("V2__site", include_str!("../migrations/V2__site.sql")),
    ("V3__ledger", include_str!("../migrations/V3__ledger.sql")),
    ("V4__accounts", include_str!("../migrations/V4__accounts.sql")),
    ("V5__catalog", include_str!("../migrations/V5__catalog.sql")),
    ("V6__requests", include_str!("../migrations/V6__requests.sql")),
    ("V7__orders", include_str!("../migrations/V7__orders.sql")),
    ("V8__payments", include_str!("../migrations/V8__payments.sql")),
    ("V9__trust", include_str!("../migrations/V9__trust.sql")),
    ("V10__talk", include_str!("../migrations/V10__talk.sql")),
];

/// How often a step that failed is tried again, and how long after.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// The newest id that was handed out, as far as the store's own tables know; no write goes without one of them for long.
pub(crate) const NEWEST_ID: &str = "SELECT MAX(id) FROM (SELECT MAX(id) AS id FROM events UNION ALL SELECT MAX(id) FROM jobs UNION ALL SELECT 0) AS newest";

/// Programs that open an empty file at the same moment stand in each other's way: the one that lost undid its step and
/// looks again at what is left to do.
pub(crate) fn sqlite(connection: &mut rusqlite::Connection) -> Result<(), Fault> {
    let runner = runner(Dialect::Sqlite)?;
    let mut tries = 0;
    loop {
        tries += 1;
        match runner.run(connection) {
            Ok(_) => return Ok(()),
            Err(error) if tries < TRIES && matches!(error.kind(), Kind::Connection(..)) => std::thread::sleep(PAUSE),
            Err(error) => return Err(refused(error)),
        }
    }
}

/// Two nodes that start at once migrate one after the other.
pub(crate) fn postgres(client: &mut postgres::Client) -> Result<(), Fault> {
    client.batch_execute("SET client_min_messages = warning; SELECT pg_advisory_lock(7000)")?;
    let outcome = runner(Dialect::Postgres)?.run(client).map(|_| ()).map_err(refused);
    client.batch_execute("SELECT pg_advisory_unlock(7000)")?;
    outcome
}

fn runner(dialect: Dialect) -> Result<Runner, Fault> {
    let all = MIGRATIONS
        .iter()
        .map(|(name, text)| Migration::unapplied(name, &dialect.ddl(text)));
    let all = all.collect::<Result<Vec<_>, _>>().map_err(refused)?;
    Ok(Runner::new(&all).set_abort_divergent(true).set_abort_missing(true))
}

fn refused(error: refinery::Error) -> Fault {
    Fault::Migration(error.to_string())
}
