//! Talk: threads between the two sides of a request or an order, and notices about what happened.
//!
//! Not here: how a notice looks on a page or travels to another browser (`web`), how mail leaves the house (`site`,
//! `gateways`), and any censorship of what two people tell each other.

pub mod notifications;
mod subjects;
pub mod threads;
mod words;
