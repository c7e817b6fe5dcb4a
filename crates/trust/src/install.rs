//! What the pack says about trust, put into the market: idempotent, called when a market opens and when its pack changes.

use site::Pack;
use store::{Fail, Tx};

use crate::reviews;

/// Installs the pack's `reviews.toml`, when it has one.
pub fn install(tx: &mut Tx, pack: &Pack) -> Result<(), Fail> {
    match pack.text("reviews.toml") {
        Some(text) => reviews::install(tx, text),
        None => Ok(()),
    }
}
