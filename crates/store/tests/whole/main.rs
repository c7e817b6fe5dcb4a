//! The store's contract, on both engines: SQLite always, PostgreSQL when `JIEDAN_TEST_PG` holds a connection string.

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
