//! A whole market on a real store, for tests: both engines, builders, time that moves on command, an audit when it ends.
//!
//! ```no_run
//! testkit::on_both(|market| {
//!     let client = market.client("张三");
//!     market.write(move |tx| { let _ = (tx, &client); Ok(()) }).unwrap();
//!     market.advance_days(7);
//!     market.pump();
//! });
//! ```
//!
//! A test runs on SQLite always, and on PostgreSQL when `JIEDAN_TEST_PG` holds a connection string. Every write runs
//! twice, as the store does in tests. It is deliberately not used by the program: nothing here reaches the outside.

mod auditing;
mod database;
mod gateway;
mod market;
mod people;
mod pumping;
mod trade;

pub use database::server_url;
pub use gateway::GATEWAY;
pub use market::{Market, engines, on_both};

/// The code of a refusal. Panics when it went through, or when something broke.
pub fn code<T>(outcome: &Result<T, store::Fail>) -> &'static str {
    match outcome {
        Ok(_) => panic!("it went through"),
        Err(store::Fail::Refused(refusal)) => refusal.code,
        Err(store::Fail::Fault(fault)) => panic!("a fault instead of a refusal: {fault}"),
    }
}

/// Every code of a refusal and of those gathered under it, for forms that say everything wrong at once.
pub fn codes<T>(outcome: &Result<T, store::Fail>) -> Vec<&'static str> {
    match outcome {
        Err(store::Fail::Refused(refusal)) => refusal.all().map(|one| one.code).collect(),
        other => vec![code(other)],
    }
}
