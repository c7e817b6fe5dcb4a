//! A payment gateway to try the market with: our side of it ([`SandboxGateway`]) and the gateway itself ([`server`]),
//! a process of its own with its own page, key and storage. No real money, and no shortcut either: notices are
//! signed, may come twice, late or never, and everything goes over HTTP as it does with the real ones.

mod client;
pub mod keys;
pub mod server;
mod signing;
mod wire;

pub use client::{SandboxGateway, SandboxSettings};

/// The name of this gateway in rows and addresses.
pub const NAME: &str = "sandbox";
