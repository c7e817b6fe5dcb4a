//! Requests: what a client asks for, from the first saved draft until somebody is hired or it ends without.
//!
//! draft → pending (when the market inspects) → open → awarded | withdrawn | closed; rejected goes back to the client.
//! A closed request takes no bids any more; its client may still choose among those it has for thirty days.
//! It is deliberately not the order: money and work begin with the contract.

use kernel::{AccountId, Actor, Id, Money, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Fail, Fault, Tx};

mod ending;
mod guidance;
mod pages;
mod rules;
mod saving;
pub(crate) mod sql;

pub use ending::{Withdraw, close_expired, mark_awarded, reopen, withdraw};
pub use guidance::{Guidance, guidance};
pub use pages::{Browse, Mine, RequestPage, Results, Row, browse, counts_by_category, latest, mine, page};
pub use rules::{BRIEF_MAX, SKILLS_MAX, TITLE_MAX, WISH_DAYS_MAX};
pub(crate) use saving::publish;
pub use saving::{Save, Saved, edit, save_draft, submit};

/// Days a client may still choose after the bids closed.
pub const CHOOSE_DAYS: i64 = 30;

/// Where a request stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RequestState {
    /// Only its client sees it.
    Draft,
    /// Waits for staff.
    Pending,
    /// Staff sent it back with a reason.
    Rejected,
    /// Takes bids.
    Open,
    /// Somebody is hired.
    Awarded,
    /// Its client took it back.
    Withdrawn,
    /// Its time for bids is over.
    Closed,
}

impl RequestState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Pending,
        Self::Rejected,
        Self::Open,
        Self::Awarded,
        Self::Withdrawn,
        Self::Closed,
    ];

    /// The word in the row, and in the key `request-state-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Rejected => "rejected",
            Self::Open => "open",
            Self::Awarded => "awarded",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
        }
    }

    pub(crate) fn from_word(word: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| Fault::Shape(format!("request state {word:?}")))
    }

    /// Whether strangers may see it.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Open | Self::Awarded | Self::Closed)
    }

    /// Whether its client may still change it.
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::Pending | Self::Rejected | Self::Open)
    }

    /// Whether its client may hire.
    pub const fn may_award(self) -> bool {
        matches!(self, Self::Open | Self::Closed)
    }
}

/// What the client writes.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Content {
    /// One line.
    pub title: String,
    /// Markdown.
    pub brief: String,
    /// What kind of work.
    pub category: Option<Id>,
    /// The skills it needs.
    pub skills: Vec<Id>,
    /// From.
    pub budget_min: Option<Money>,
    /// Up to.
    pub budget_max: Option<Money>,
    /// Bids are taken until then.
    pub deadline: Option<Timestamp>,
    /// Days the work should take.
    pub wish_days: Option<i64>,
    /// Attached files.
    pub files: Vec<Id>,
}

/// A request as it stands.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its key.
    pub id: Id,
    /// Whose it is.
    pub client: AccountId,
    /// Where it stands.
    pub state: RequestState,
    /// What the client wrote.
    pub content: Content,
    /// Grows with every change.
    pub version: i64,
    /// The version staff last approved.
    pub inspected_version: Option<i64>,
    /// Why staff sent it back.
    pub rejection: Option<String>,
    /// Who was hired, as a bid.
    pub awarded_bid: Option<Id>,
    /// When the draft began.
    pub made_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// When strangers could first see it.
    pub published_at: Option<Timestamp>,
    /// When it was awarded, withdrawn or closed.
    pub ended_at: Option<Timestamp>,
}

impl Request {
    /// Whether this actor is its client.
    pub fn is_of(&self, actor: &Actor) -> bool {
        actor.account() == Some(self.client)
    }

    /// The last moment its client may hire.
    pub fn choose_until(&self) -> Option<Timestamp> {
        let end = if self.state == RequestState::Closed {
            self.ended_at
        } else {
            self.content.deadline
        };
        end.map(|at| at.plus_days(CHOOSE_DAYS))
    }
}

/// One field that two versions differ in; values ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The field: its name is the key `request-field-<field>`.
    pub field: &'static str,
    /// What stood there.
    pub before: Option<kernel::Arg>,
    /// What stands there.
    pub after: Option<kernel::Arg>,
}

kernel::refusals! {
    /// Why something about a request is refused.
    pub enum RequestRefusal {
        /// Nobody is signed in.
        LogIn => ("request-log-in", LogIn),
        /// Not there, or not yours.
        NotFound => ("request-not-found", NotFound),
        /// It changed since it was opened.
        Stale => ("request-stale", Conflict),
        /// It is past the point where that can be done.
        Ended => ("request-ended", Conflict),
        /// Its time to hire is over, or it never was open.
        NotAwardable => ("request-not-awardable", Conflict),
        /// Nothing, or too few characters.
        TitleShort { min: i64 } => ("request-title-short", Invalid, "title"),
        /// Too many characters.
        TitleLong { max: i64 } => ("request-title-long", Invalid, "title"),
        /// Control or direction-turning characters.
        TitleForbidden => ("request-title-forbidden", Invalid, "title"),
        /// Too few characters besides the outline.
        BriefShort { min: i64 } => ("request-brief-short", Invalid, "brief"),
        /// Too many characters.
        BriefLong { max: i64 } => ("request-brief-long", Invalid, "brief"),
        /// Control or direction-turning characters.
        BriefForbidden => ("request-brief-forbidden", Invalid, "brief"),
        /// None, or one that does not exist.
        CategoryMissing => ("request-category-missing", Invalid, "category"),
        /// Too many, or one that does not exist.
        SkillsBad { max: i64 } => ("request-skills-bad", Invalid, "skills"),
        /// None.
        BudgetMissing => ("request-budget-missing", Invalid, "budget_max"),
        /// Outside of what the market takes.
        BudgetMinOut { min: Money, max: Money } => ("request-budget-min-out", Invalid, "budget_min"),
        /// Outside of what the market takes.
        BudgetMaxOut { min: Money, max: Money } => ("request-budget-max-out", Invalid, "budget_max"),
        /// The lower end is above the upper.
        BudgetReversed => ("request-budget-reversed", Invalid, "budget_max"),
        /// None.
        DeadlineMissing => ("request-deadline-missing", Invalid, "deadline"),
        /// Past, or too far away.
        DeadlineOut { min: Timestamp, max: Timestamp } => ("request-deadline-out", Invalid, "deadline"),
        /// Not a number of days anybody works.
        WishOut { max: i64 } => ("request-wish-out", Invalid, "wish_days"),
        /// Too many drafts.
        DraftsFull { max: i64 } => ("request-drafts-full", TooMany),
        /// Too many requests at once.
        OpenFull { max: i64 } => ("request-open-full", TooMany),
    }
}

/// One request of the actor's own. Refusal: not found.
pub fn own(tx: &mut Tx, actor: &Actor, id: Id) -> Result<Request, Fail> {
    let account = actor.account().ok_or(RequestRefusal::LogIn)?;
    let found = load(tx, id)?.filter(|request| request.client == account);
    Ok(found.ok_or(RequestRefusal::NotFound)?)
}

/// One request the actor may see: public ones, one's own, those one has bid on, and all of them for staff.
pub fn visible(tx: &mut Tx, actor: &Actor, id: Id) -> Result<Option<Request>, Fault> {
    let Some(request) = load(tx, id)? else { return Ok(None) };
    if request.is_of(actor) || request.state.is_public() || (actor.is_staff() && request.state != RequestState::Draft) {
        return Ok(Some(request));
    }
    let Some(account) = actor.account() else {
        return Ok(None);
    };
    let bidder = crate::bids::sql::has_bid(tx, id, account)?;
    Ok(bidder.then_some(request))
}

/// Any request with all its parts, for other nouns of this room.
pub fn load(tx: &mut Tx, id: Id) -> Result<Option<Request>, Fault> {
    let Some(mut request) = sql::find(tx, id)? else {
        return Ok(None);
    };
    request.content.skills = sql::skills(tx, id)?;
    request.content.files = catalog::files::of(tx, "request", id)?.iter().map(|f| f.id).collect();
    Ok(Some(request))
}

/// What changed in a request since the version that was seen; for the one whose form was refused as stale.
pub fn changes_since(tx: &mut Tx, actor: &Actor, id: Id, seen: i64) -> Result<Vec<FieldChange>, Fault> {
    let Some(request) = visible(tx, actor, id)? else {
        return Ok(Vec::new());
    };
    changes_between(tx, actor, &request, Some(seen))
}

/// What differs between an earlier version (nothing, for none) and now.
pub(crate) fn changes_between(
    tx: &mut Tx,
    actor: &Actor,
    now: &Request,
    before: Option<i64>,
) -> Result<Vec<FieldChange>, Fault> {
    let Some(version) = before else { return Ok(Vec::new()) };
    let Some(old) = sql::version(tx, now.id, version)? else {
        return Ok(Vec::new());
    };
    let locale = match actor {
        Actor::Person { locale, .. } => *locale,
        Actor::Visitor | Actor::System => kernel::Locale::default(),
    };
    let words = rules::Words {
        categories: catalog::categories::all(tx)?,
        skills: catalog::skills::list(tx)?,
        locale,
    };
    Ok(rules::changes(&old, &now.content, &words))
}
