//! Adapters to the outside: where files lie, how mail leaves, who takes money. Each stands behind a trait.
//!
//! What it is deliberately not: it knows no store and no noun of the market.

pub mod files;
pub mod mail;
pub mod payment;
pub mod sandbox;
pub mod sms;
