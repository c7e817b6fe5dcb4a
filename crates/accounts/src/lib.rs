//! The people of the market: who they are, how they prove it, and what they agreed to.
//!
//! Signing up and logging in by code or password, sessions, consent, and the person's own settings. What it is
//! deliberately not: public profiles (the catalog's), rights inside an order (the order's), and anything random or
//! slow: tokens, codes, salts and password hashes are made at the edge and come in with the command.
//!
//! A wrong guess must be remembered although it is refused, and a refusal rolls its transaction back. Use cases that
//! count guesses therefore answer a [`Verdict`]: the transaction commits either way.

pub mod consents;
pub mod destinations;
pub mod people;
pub mod sessions;

pub use sessions::SessionView;
