//! The market's settings: typed, versioned, changed without a restart.
//!
//! A setting is a row per version; what was never changed has its default here. It is deliberately not the
//! configuration of the program (addresses, folders, keys), which lives in `jiedan.toml`.

mod changing;
mod keys;
mod sql;

use kernel::{Currency, Id, Locale, Money, Timestamp};
use store::{Fault, Tx};

pub use changing::{SettingRefusal, change, set};
pub use keys::{KEYS, Key, Shape};

/// Every setting at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The market's name in Chinese.
    pub market_name_zh: String,
    /// The market's name in English.
    pub market_name_en: String,
    /// The currency of new requests.
    pub currency: Currency,
    /// Where people reach the operator.
    pub support_contact: String,
    /// Days a client has to accept a delivery before silence accepts it.
    pub acceptance_days: i64,
    /// Days after a missed deadline before silence refunds it.
    pub nondelivery_days: i64,
    /// Days a client has to pay for an agreed milestone.
    pub funding_days: i64,
    /// Days both sides have to agree on a contract that was offered.
    pub agreement_days: i64,
    /// Days before an unresolved dispute is decided by its default.
    pub dispute_days: i64,
    /// Revisions a client may ask for, unless the contract says otherwise.
    pub revisions: i64,
    /// The commission on the provider's side, in basis points.
    pub provider_fee_bp: u32,
    /// The commission on the client's side, in basis points.
    pub client_fee_bp: u32,
    /// Days both sides have to review each other.
    pub review_window_days: i64,
    /// Days the reviewed side has to reply.
    pub reply_days: i64,
    /// Whether a request is looked at by staff before it is published.
    pub inspect_requests: bool,
    /// The least a milestone may cost, in minor units of the market's currency.
    pub min_price_minor: i64,
    /// The most a contract may cost, in minor units of the market's currency.
    pub max_price_minor: i64,
    /// Closed deals needed before guidance is given.
    pub guidance_min_deals: i64,
    /// Minutes a one-time code is good for.
    pub code_minutes: i64,
    /// Days a log-in lasts.
    pub session_days: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            market_name_zh: "接单".to_owned(),
            market_name_en: "Jiedan".to_owned(),
            currency: Currency::CNY,
            support_contact: String::new(),
            acceptance_days: 7,
            nondelivery_days: 14,
            funding_days: 7,
            agreement_days: 7,
            dispute_days: 30,
            revisions: 3,
            provider_fee_bp: 1000,
            client_fee_bp: 0,
            review_window_days: 14,
            reply_days: 28,
            inspect_requests: true,
            min_price_minor: 100,
            max_price_minor: 100_000_000,
            guidance_min_deals: 5,
            code_minutes: 10,
            session_days: 30,
        }
    }
}

impl Settings {
    /// The market's name in a language.
    pub fn market_name(&self, locale: Locale) -> &str {
        locale.pick(&self.market_name_zh, &self.market_name_en)
    }

    /// The least a milestone may cost.
    pub const fn min_price(&self) -> Money {
        Money::new(self.min_price_minor, self.currency)
    }

    /// The most a contract may cost.
    pub const fn max_price(&self) -> Money {
        Money::new(self.max_price_minor, self.currency)
    }
}

/// One version of one setting, as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Which setting.
    pub key: String,
    /// From 1.
    pub version: i64,
    /// What it was set to.
    pub value: String,
    /// Why.
    pub reason: String,
    /// By whom; nobody when a pack set it.
    pub changed_by: Option<Id>,
    /// When.
    pub changed_at: Timestamp,
}

/// Every setting as it stands in this transaction. Rows this version does not know are left alone.
pub fn load(tx: &mut Tx) -> Result<Settings, Fault> {
    let mut settings = Settings::default();
    for (key, value) in sql::current(tx)? {
        if keys::find(&key).is_some() {
            settings
                .put(&key, &value)
                .map_err(|_| Fault::Shape(format!("setting {key} holds {value:?}")))?;
        }
    }
    Ok(settings)
}

/// Every version of one setting, newest first.
pub fn history(tx: &mut Tx, key: &str) -> Result<Vec<Version>, Fault> {
    sql::history(tx, key)
}

/// Whether a setting was ever set, by the operator or by a pack.
pub fn is_set(tx: &mut Tx, key: &str) -> Result<bool, Fault> {
    Ok(sql::latest(tx, key)?.is_some())
}
