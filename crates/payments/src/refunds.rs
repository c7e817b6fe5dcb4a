//! Money on its way back to the client who paid it. What is owed stands in the ledger before anything here runs; here
//! it is sent through the gateway it came from, or, if that fails for good, put into the client's wallet.

mod send;
mod sql;

use kernel::{AccountId, Id, Money, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Fail, Tx};

pub use send::{Prepared, ToSend, done, failed_for_good, prepare};

/// What a `refund.send` job carries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefundJob {
    /// The refund: the key at the gateway.
    pub refund: Id,
    /// The order.
    pub order: Id,
    /// The part.
    pub part: i64,
    /// Who gets it.
    pub account: AccountId,
    /// The payin it must come from, where that is known.
    #[serde(default)]
    pub payin: Option<Id>,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: kernel::Currency,
    /// Why: `order` or `late`.
    pub reason: String,
}

impl RefundJob {
    /// The amount.
    pub const fn amount(&self) -> Money {
        Money::new(self.amount_minor, self.currency)
    }
}

/// A refund as people see it.
#[derive(Debug, Clone)]
pub struct RefundView {
    /// Its id.
    pub id: Id,
    /// How much.
    pub amount: Money,
    /// `due`, `done` or `wallet`.
    pub state: String,
    /// When it was begun.
    pub made_at: Timestamp,
    /// When it ended.
    pub done_at: Option<Timestamp>,
}

/// Refunds of one order, oldest first.
pub fn of_order(tx: &mut Tx, order: Id) -> Result<Vec<RefundView>, Fail> {
    Ok(sql::of_order(tx, order)?)
}

/// Refunds of one payin, oldest first.
pub fn of_payin(tx: &mut Tx, payin: Id) -> Result<Vec<RefundView>, Fail> {
    Ok(sql::of_payin(tx, payin)?)
}

/// The order a refund belongs to.
pub fn order_of(tx: &mut Tx, refund: Id) -> Result<Option<Id>, Fail> {
    Ok(sql::find(tx, refund)?.map(|row| row.order))
}
