//! What goes over the wire between the market and the sandbox. Amounts in minor units.

use serde::{Deserialize, Serialize};

/// Opens a page to pay on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CreatePayin {
    pub(super) payin: String,
    pub(super) order: String,
    pub(super) amount_minor: i64,
    pub(super) currency: String,
    pub(super) title: String,
    pub(super) locale: String,
    pub(super) expires_at_s: i64,
    pub(super) notify_url: String,
    pub(super) return_url: String,
}

/// A page to pay on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PayinCreated {
    pub(super) gateway_ref: String,
    pub(super) pay_url: String,
}

/// How a payin stands: `pending`, `paid`, `failed` or `closed`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PayinStands {
    pub(super) payin: String,
    pub(super) order: String,
    pub(super) gateway_ref: String,
    pub(super) amount_minor: i64,
    pub(super) currency: String,
    pub(super) state: String,
}

/// Sends money back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CreateRefund {
    pub(super) refund: String,
    pub(super) payin: String,
    pub(super) amount_minor: i64,
    pub(super) currency: String,
}

/// How a refund stands; always `done` here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RefundStands {
    pub(super) refund: String,
    pub(super) gateway_ref: String,
    pub(super) state: String,
}

/// What a notice carries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct NoticeBody {
    pub(super) event: String,
    pub(super) kind: String,
    pub(super) payin: String,
    pub(super) order: String,
    pub(super) gateway_ref: String,
    pub(super) amount_minor: i64,
    pub(super) currency: String,
    pub(super) at_s: i64,
}

/// The kind of a notice that money is there.
pub(super) const PAID: &str = "payin.paid";
/// The kind of a notice that it will not come.
pub(super) const FAILED: &str = "payin.failed";
