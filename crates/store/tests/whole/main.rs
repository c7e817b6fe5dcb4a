//! The store's contract, on both engines: SQLite always, PostgreSQL when `JIEDAN_TEST_PG` holds a connection string.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod closures;
mod contention;
mod disk;
mod events;
mod faults;
mod harness;
mod jobs;
mod killed;
mod migrations;
mod once;
