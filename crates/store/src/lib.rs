//! One transaction API over SQLite and PostgreSQL; migrations, event log, job queue, idempotency keys.
//!
//! ```text
//! store.write("place_bid", move |tx| bids::place(tx, &cmd)).await      // or .wait() outside of async code
//! store.read("bid_page", move |tx| bids::pages::bid(tx, id)).await
//! store.write_once("pay", once_key, move |tx| …).await                 // a repeat gets the stored answer
//! ```
//!
//! The contract:
//! - Closures are synchronous and `Fn`: they may run again (a conflict on PostgreSQL, or always twice when
//!   [`Options::run_twice`] is set, the first time rolled back; both runs must have written the same).
//! - The clock and new ids come from the transaction: [`Tx::now`], [`Tx::new_id`].
//! - Nobody is answered before the commit is durable. An `Err` of any kind rolls everything back.
//! - After a failed statement the transaction is poisoned; conflicts are row counts, never caught errors.
//! - One SQL text serves both engines: `?1` placeholders, integers as 64 bits, booleans 0/1, times in
//!   microseconds, money in minor units with its currency beside it.
//!
//! What it is deliberately not: a query builder or an object mapper, and it knows no noun of the market.

mod clock;
mod dialect;
mod digest;
mod engine;
mod events;
mod fault;
mod jobs;
mod migrate;
mod once;
mod postgres_engine;
mod queue;
mod sqlite_engine;
mod store;
mod tx;
mod value;
mod work;

pub use clock::{Clock, ManualClock, OffsetClock, SystemClock};
pub use events::{Event, NewEvent};
pub use fault::{Fail, Fault};
pub use jobs::{Job, JobState, JobView, NewJob};
pub use once::OnceKey;
pub use store::{EngineKind, Location, Options, Store};
pub use tx::Tx;
pub use value::{FromValue, Row, Value};
pub use work::Pending;
