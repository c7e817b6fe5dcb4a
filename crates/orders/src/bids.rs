//! Bids: what a provider offers on a request. Price, days, a plan of milestones that adds up, a letter. Seen by the
//! request's client and by whoever wrote it, by nobody else.
//!
//! It is deliberately not the contract: that is made when the client chooses.

use kernel::{AccountId, Actor, Id, Money, Timestamp};
use store::{Fail, Fault, Tx};

mod award;
mod pages;
mod rules;
mod sending;
pub(crate) mod sql;

pub(crate) use award::decline_all;
pub use award::{AwardableBid, decline_others, for_award};
pub use pages::{Comparison, MyBid, Sort, compare, for_client, mine, mine_on};
pub use rules::{DAYS_MAX, LETTER_MAX, LETTER_MIN, STEP_TITLE_MAX, STEPS_MAX};
pub use sending::{EditBid, PlaceBid, Preview, WithdrawBid, edit, place, preview, withdraw};

/// Where a bid stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BidState {
    /// The client may choose it.
    Live,
    /// Its provider took it back.
    Withdrawn,
    /// Not chosen, or the request ended.
    Declined,
    /// Chosen.
    Awarded,
}

impl BidState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Live, Self::Withdrawn, Self::Declined, Self::Awarded];

    /// The word in the row, and in the key `bid-state-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Withdrawn => "withdrawn",
            Self::Declined => "declined",
            Self::Awarded => "awarded",
        }
    }

    pub(crate) fn from_word(word: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| Fault::Shape(format!("bid state {word:?}")))
    }
}

/// One milestone of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// What is handed over.
    pub title: String,
    /// What it costs.
    pub amount: Money,
    /// Days it takes.
    pub days: i64,
}

/// A bid as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bid {
    /// Its key.
    pub id: Id,
    /// On which request.
    pub request: Id,
    /// Whose it is.
    pub provider: AccountId,
    /// Where it stands.
    pub state: BidState,
    /// What the client pays.
    pub price: Money,
    /// Days for everything.
    pub days: i64,
    /// What the provider writes to the client; Markdown.
    pub letter: String,
    /// The plan; amounts add up to the price.
    pub steps: Vec<PlanStep>,
    /// The commission as it was shown when the bid was sent, in basis points. It stays so for the contract.
    pub provider_fee_bp: u32,
    /// Grows with every change.
    pub version: i64,
    /// The version of the request it was written for.
    pub request_version: i64,
    /// When it was first sent.
    pub made_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl Bid {
    /// The commission: of each milestone, rounded down, as it will be taken.
    pub fn fee(&self) -> Money {
        rules::fee(&self.steps, self.price.currency(), self.provider_fee_bp)
    }

    /// What the provider gets when everything is accepted.
    pub fn net(&self) -> Money {
        self.price.sub(self.fee()).unwrap_or(self.price)
    }
}

/// One milestone as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepDraft {
    /// What is handed over.
    pub title: String,
    /// What it costs; nothing when unreadable.
    pub amount: Option<Money>,
    /// Days it takes; nothing when unreadable.
    pub days: Option<i64>,
}

/// A bid as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BidDraft {
    /// What the client pays; nothing when unreadable.
    pub price: Option<Money>,
    /// Days for everything; nothing when unreadable.
    pub days: Option<i64>,
    /// What the provider writes to the client.
    pub letter: String,
    /// The plan.
    pub steps: Vec<StepDraft>,
}

kernel::refusals! {
    /// Why something about a bid is refused.
    pub enum BidRefusal {
        /// Nobody is signed in.
        LogIn => ("bid-log-in", LogIn),
        /// Not there, or not yours.
        NotFound => ("bid-not-found", NotFound),
        /// One's own request.
        OwnRequest => ("bid-own-request", Forbidden),
        /// The request takes no bids.
        RequestClosed => ("bid-request-closed", Conflict),
        /// The request changed since it was read.
        RequestChanged => ("bid-request-changed", Conflict),
        /// One bid on a request is enough.
        Already => ("bid-already", Conflict),
        /// The bid changed since it was opened.
        Stale => ("bid-stale", Conflict),
        /// Taken back, declined, or chosen.
        Ended => ("bid-ended", Conflict),
        /// Too many bids in a day.
        DayFull { max: i64 } => ("bid-day-full", TooMany),
        /// None.
        PriceMissing => ("bid-price-missing", Invalid, "price"),
        /// Outside of what the market takes.
        PriceOut { min: Money, max: Money } => ("bid-price-out", Invalid, "price"),
        /// None, or not a number of days anybody works.
        DaysOut { max: i64 } => ("bid-days-out", Invalid, "days"),
        /// Too few characters.
        LetterShort { min: i64 } => ("bid-letter-short", Invalid, "letter"),
        /// Too many characters.
        LetterLong { max: i64 } => ("bid-letter-long", Invalid, "letter"),
        /// Control or direction-turning characters.
        LetterForbidden => ("bid-letter-forbidden", Invalid, "letter"),
        /// No milestone, or too many.
        PlanCount { max: i64 } => ("bid-plan-count", Invalid, "plan"),
        /// The milestones do not add up to the price.
        PlanSum { plan: Money, price: Money } => ("bid-plan-sum", Invalid, "plan"),
        /// The milestones take longer than the whole.
        PlanDays { plan: i64, days: i64 } => ("bid-plan-days", Invalid, "plan"),
        /// A milestone without a name, or with too long a one.
        StepTitle { row: i64, max: i64 } => ("bid-step-title", Invalid),
        /// A milestone without a price, or below the least.
        StepAmount { row: i64, min: Money } => ("bid-step-amount", Invalid),
        /// A milestone without days.
        StepDays { row: i64 } => ("bid-step-days", Invalid),
    }
}

/// One bid of the actor's own. Refusal: not found.
pub fn own(tx: &mut Tx, actor: &Actor, id: Id) -> Result<Bid, Fail> {
    let account = actor.account().ok_or(BidRefusal::LogIn)?;
    let found = load(tx, id)?.filter(|bid| bid.provider == account);
    Ok(found.ok_or(BidRefusal::NotFound)?)
}

/// The bid somebody has on a request, if it still counts.
pub fn own_on(tx: &mut Tx, request: Id, provider: AccountId) -> Result<Option<Bid>, Fault> {
    match sql::counting(tx, request, provider)? {
        Some(id) => load(tx, id),
        None => Ok(None),
    }
}

/// Any bid with its plan, for other nouns of this room.
pub fn load(tx: &mut Tx, id: Id) -> Result<Option<Bid>, Fault> {
    let Some(mut bid) = sql::find(tx, id)? else {
        return Ok(None);
    };
    bid.steps = sql::steps(tx, id, bid.price.currency())?;
    Ok(Some(bid))
}

/// How many bids on a request still count, for other rooms.
pub fn count_live(tx: &mut Tx, request: Id) -> Result<i64, Fault> {
    sql::count_live(tx, request)
}

/// Everybody whose bid on a request counts, or did until the request was taken back; for those who tell them.
pub fn bidders(tx: &mut Tx, request: Id) -> Result<Vec<AccountId>, Fault> {
    sql::bidders(tx, request)
}
