//! A payin: one attempt of a client to pay one part of an order into escrow. It is not the escrow itself: that is in
//! the ledger, and only once the gateway has said that the money is there.

mod asking;
mod begin;
mod pages;
pub(crate) mod sql;

use kernel::{AccountId, Id, Money, Timestamp};

pub use asking::{Asking, asked, closed, to_ask};
pub(crate) use begin::announce;
pub use begin::{Begin, ToCreate, begin, create_failed, created, to_create};
pub use pages::{PayinPage, find_for, live_of, operator_list, payer_locale};

kernel::refusals! {
    /// Why a payment is refused. Nothing has been charged in any of these.
    pub enum PayinRefusal {
        /// No such payment, or not yours.
        NotFound => ("payin-not-found", NotFound),
        /// The market has no such way to pay.
        NoGateway => ("payin-no-gateway", Conflict),
    }
}

/// Where a payin stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayinState {
    /// Written down; the gateway has not been asked yet.
    Begun,
    /// The gateway waits for the client.
    Waiting,
    /// The money is in escrow.
    Paid,
    /// The money came too late for the order and goes back.
    Returned,
    /// The gateway said no, or the client gave up.
    Failed,
    /// Nobody paid in time.
    Expired,
}

impl PayinState {
    /// The word in the row and in the keys of the locales.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Waiting => "waiting",
            Self::Paid => "paid",
            Self::Returned => "returned",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    pub(crate) fn from_word(word: &str) -> Self {
        match word {
            "waiting" => Self::Waiting,
            "paid" => Self::Paid,
            "returned" => Self::Returned,
            "failed" => Self::Failed,
            "expired" => Self::Expired,
            _ => Self::Begun,
        }
    }

    /// Whether it may still be paid.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Begun | Self::Waiting)
    }
}

/// A payin as it stands in its row.
#[derive(Clone, Debug)]
pub struct Payin {
    /// Its id; also the key at the gateway.
    pub id: Id,
    /// The order.
    pub order: Id,
    /// The part.
    pub part: usize,
    /// The step it pays for.
    pub transition: String,
    /// Who pays.
    pub payer: AccountId,
    /// The gateway.
    pub gateway: String,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: PayinState,
    /// The gateway's own name for it.
    pub gateway_ref: Option<String>,
    /// Where the client pays.
    pub pay_url: Option<String>,
    /// Why it failed, in the gateway's words.
    pub failure: String,
    /// How often the gateway was asked about it.
    pub asks: i64,
    /// When it was begun.
    pub made_at: Timestamp,
    /// Until when it can be paid.
    pub expires_at: Timestamp,
    /// When the money came.
    pub paid_at: Option<Timestamp>,
}
