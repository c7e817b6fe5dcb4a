//! Trust: what people say of one another after an order, and the number it becomes, with every receipt.
//!
//! Not here: levels, disputes, risk rules and the blacklist, which come later; and nothing that hides a fact from the
//! person it is about.

mod install;
pub mod links;
pub mod reviews;

pub use install::install;
