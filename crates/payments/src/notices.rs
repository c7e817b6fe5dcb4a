//! What a gateway tells us. The signature is checked at the edge before anything here is called; here it is decided
//! whether the words fit what we know. Whatever does not fit changes nothing and is written down.

mod settle;
mod sql;

use kernel::{Id, Timestamp};
use store::{Fail, Tx};

pub use settle::settle;

/// A gateway's verified words about a payin.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The gateway.
    pub gateway: String,
    /// The gateway's own key of this event: the same for a repeat.
    pub event: String,
    /// Our payin, as the gateway echoes it.
    pub payin: String,
    /// The order, as the gateway echoes it.
    pub order: String,
    /// The gateway's own name for the payin.
    pub gateway_ref: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: String,
    /// What happened.
    pub outcome: Outcome,
}

/// What a gateway says happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The money is there.
    Paid,
    /// The client gave up, or the gateway said no.
    Failed,
}

/// What became of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Believed, and acted upon.
    Taken,
    /// Known already.
    Repeated,
    /// Money that the order no longer waits for: it goes back.
    Late,
    /// The signature is wrong.
    Forged,
    /// We know no such payin.
    Unknown,
    /// Another amount than was asked for.
    OtherAmount,
    /// Another currency than was asked for.
    OtherCurrency,
    /// Another order than it belongs to.
    OtherOrder,
    /// Overtaken by what is known already.
    Ignored,
}

impl Verdict {
    /// The word in the row and in the keys of the locales.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Repeated => "repeated",
            Self::Late => "late",
            Self::Forged => "forged",
            Self::Unknown => "unknown",
            Self::OtherAmount => "other_amount",
            Self::OtherCurrency => "other_currency",
            Self::OtherOrder => "other_order",
            Self::Ignored => "ignored",
        }
    }
}

/// A notice in the operator's list.
#[derive(Debug, Clone)]
pub struct NoticeRow {
    /// Its id.
    pub id: Id,
    /// The gateway it claims to come from.
    pub gateway: String,
    /// The gateway's key of it, if it had one.
    pub event: Option<String>,
    /// The payin, if we know it.
    pub payin: Option<Id>,
    /// The verdict's word.
    pub verdict: String,
    /// What it said.
    pub detail: String,
    /// When it came.
    pub at: Timestamp,
}

/// Writes down a notice whose signature is wrong. Nothing else is read of it.
pub fn forged(tx: &mut Tx, gateway: &str, why: &str) -> Result<Verdict, Fail> {
    sql::insert(tx, gateway, None, None, Verdict::Forged, why)?;
    Ok(Verdict::Forged)
}

/// What gateways told us, newest first.
pub fn list(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<NoticeRow>, Fail> {
    Ok(sql::list(tx, before, limit)?)
}
