//! Orders and what leads to them: requests, inspections, bids; then contracts and every process at work.
//!
//! What it is deliberately not: it moves no money itself (that is the ledger's), and it knows no gateway and no page.

pub mod bids;
pub mod clocks;
pub mod contracts;
pub mod inspections;
pub mod orders;
pub mod processes;
pub mod proposals;
pub mod requests;
