//! What the market needs from whoever takes money for it. One trait; the sandbox stands behind it now, and it is cut
//! so that Alipay, WeChat Pay and Stripe fit:
//!
//! | here | Alipay | WeChat Pay (v3) | Stripe |
//! |---|---|---|---|
//! | `create_payin` | `alipay.trade.page.pay` / `wap.pay`, `out_trade_no` = payin | `/v3/pay/transactions/native` or `h5`, `out_trade_no` | Checkout Session, `client_reference_id`, `Idempotency-Key` |
//! | `verify_notice` | RSA2 over the sorted form fields | `Wechatpay-Signature` over time, nonce, body; then AES-GCM | `Stripe-Signature`, HMAC-SHA256 |
//! | event key | `notify_id` | `id` of the notification | `evt_…` |
//! | `query_payin` | `alipay.trade.query` | `/v3/pay/transactions/out-trade-no/…` | retrieve the session |
//! | `close_payin` | `alipay.trade.close` | `…/close` | `sessions/…/expire` |
//! | `refund` | `alipay.trade.refund`, `out_request_no` = refund | `/v3/refund/domestic/refunds`, `out_refund_no` | `refunds`, `Idempotency-Key` |
//! | `query_refund` | `alipay.trade.fastpay.refund.query` | `…/refunds/{out_refund_no}` | retrieve the refund |
//!
//! Every call carries our own key (the payin's or the refund's id), so that a call that is made twice is done once.
//! What it is deliberately not: it knows no order, no ledger, and decides nothing.

use std::future::Future;
use std::pin::Pin;

use kernel::{Locale, Money, Timestamp};

/// An answer from outside, on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, GatewayError>> + Send + 'a>>;

/// Why a gateway did not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum GatewayError {
    /// Unreachable, slow, or broken for the moment: ask again later.
    #[error("the gateway did not answer: {0}")]
    Later(String),
    /// It understood and said no, for good.
    #[error("the gateway refused: {0}")]
    Refused(String),
}

/// A page to pay on that is asked for.
#[derive(Debug, Clone)]
pub struct PayinAsk {
    /// Our key: the payin's id in short form.
    pub payin: String,
    /// The order's id in short form; comes back in notices.
    pub order: String,
    /// How much.
    pub amount: Money,
    /// What it is for, in words.
    pub title: String,
    /// The language of the payer.
    pub locale: Locale,
    /// Until when it can be paid.
    pub expires_at: Timestamp,
    /// Where notices go.
    pub notify_url: String,
    /// Where the payer goes afterwards.
    pub return_url: String,
}

/// A page to pay on that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayinOpened {
    /// The gateway's own name for it.
    pub gateway_ref: String,
    /// Where the payer pays.
    pub pay_url: String,
}

/// How a payin stands at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not paid yet.
    Pending,
    /// Paid.
    Paid,
    /// Refused, or given up by the payer.
    Failed,
    /// Closed unpaid.
    Closed,
    /// The gateway knows nothing of it.
    Unknown,
}

/// A payin as the gateway describes it when asked.
#[derive(Debug, Clone)]
pub struct PayinReport {
    /// How it stands.
    pub standing: Standing,
    /// The gateway's own name for it.
    pub gateway_ref: String,
    /// The order, as it echoes it.
    pub order: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: String,
}

/// A refund that is asked for.
#[derive(Debug, Clone)]
pub struct RefundAsk {
    /// Our key: the refund's id in short form.
    pub refund: String,
    /// The payin it comes from.
    pub payin: String,
    /// The gateway's own name for the payin.
    pub gateway_ref: String,
    /// How much goes back.
    pub amount: Money,
    /// How much the payin was.
    pub of: Money,
}

/// How a refund stands at the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundStanding {
    /// Sent; the gateway's own name for it.
    Done(String),
    /// On its way.
    Pending,
    /// The gateway knows nothing of it.
    Unknown,
}

/// What a verified notice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The gateway's key of this event.
    pub event: String,
    /// Our payin, as echoed.
    pub payin: String,
    /// The order, as echoed.
    pub order: String,
    /// The gateway's own name for the payin.
    pub gateway_ref: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: String,
    /// Whether the money is there; otherwise the payin failed.
    pub paid: bool,
}

/// Why a notice is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoticeFault {
    /// No signature, or a wrong one.
    #[error("the signature is wrong")]
    Forged,
    /// Signed too long ago, or in the future.
    #[error("the signature is too old")]
    Stale,
    /// Signed, but not what we understand.
    #[error("the notice is not understood")]
    Unreadable,
}

/// Whoever takes money for the market.
pub trait PaymentGateway: Send + Sync {
    /// Its name in rows and addresses.
    fn name(&self) -> &'static str;

    /// Opens a page to pay on. The same key gives the same page.
    fn create_payin<'a>(&'a self, ask: &'a PayinAsk) -> Answer<'a, PayinOpened>;

    /// Checks the signature of a notice before anything else is read of it.
    fn verify_notice(&self, headers: &dyn Fn(&str) -> Option<String>, body: &[u8]) -> Result<Notice, NoticeFault>;

    /// How a payin stands.
    fn query_payin<'a>(&'a self, payin: &'a str) -> Answer<'a, PayinReport>;

    /// Closes a payin that was not paid. Answers how it stands then: it may have been paid in the meantime.
    fn close_payin<'a>(&'a self, payin: &'a str) -> Answer<'a, PayinReport>;

    /// Sends money back. The same key sends it once.
    fn refund<'a>(&'a self, ask: &'a RefundAsk) -> Answer<'a, RefundStanding>;

    /// How a refund stands.
    fn query_refund<'a>(&'a self, refund: &'a str) -> Answer<'a, RefundStanding>;
}
