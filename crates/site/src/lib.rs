//! The market itself: its settings with their history, the pack in use, legal texts by version, the record of what
//! staff did, and what leaves the house by mail or SMS.
//!
//! What it is deliberately not: it knows no person, request or order, and sends nothing itself.

pub mod audit;
mod installing;
pub mod legal;
pub mod outgoing;
pub mod packs;
pub mod settings;

pub use audit::AuditRecord;
pub use installing::install;
pub use legal::LegalText;
pub use outgoing::{Channel, Outgoing};
pub use packs::Pack;
pub use settings::Settings;
