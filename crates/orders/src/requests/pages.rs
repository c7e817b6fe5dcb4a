//! What the pages about requests read: one page, the public list, one's own.

use kernel::{AccountId, Actor, Id, Money, Timestamp};
use store::{Fail, Fault, Tx};

use super::{Request, RequestRefusal, RequestState, sql, visible};

/// A request on its page, with what this reader may do.
#[derive(Clone, Debug)]
pub struct RequestPage {
    /// The request.
    pub request: Request,
    /// How many live bids it has.
    pub bids: i64,
    /// The reader's own bid that still counts.
    pub own_bid: Option<crate::bids::Bid>,
    /// Whether the reader is its client.
    pub is_client: bool,
    /// Its client's requests that were ever public, and those that ended with a hire.
    pub client_record: (i64, i64),
}

/// The page of one request. Nothing when the reader may not see it.
pub fn page(tx: &mut Tx, actor: &Actor, id: Id) -> Result<Option<RequestPage>, Fault> {
    let Some(request) = visible(tx, actor, id)? else {
        return Ok(None);
    };
    let own_bid = match actor.account() {
        Some(account) => crate::bids::own_on(tx, id, account)?,
        None => None,
    };
    let bids = crate::bids::sql::count_live(tx, id)?;
    let client_record = sql::client_record(tx, request.client)?;
    let is_client = request.is_of(actor);
    Ok(Some(RequestPage {
        request,
        bids,
        own_bid,
        is_client,
        client_record,
    }))
}

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Browse {
    /// Words that title or brief contain.
    pub words: String,
    /// A category, either level.
    pub category: Option<Id>,
    /// A skill.
    pub skill: Option<Id>,
    /// Pays at least so much.
    pub budget_from: Option<Money>,
    /// Costs at most so much.
    pub budget_to: Option<Money>,
    /// Continue after this row of the page before.
    pub after: Option<(Timestamp, Id)>,
    /// How many rows at most.
    pub limit: i64,
}

/// One row of a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its key.
    pub id: Id,
    /// Whose it is.
    pub client: AccountId,
    /// Where it stands.
    pub state: RequestState,
    /// One line.
    pub title: String,
    /// The beginning of the brief, plain.
    pub excerpt: String,
    /// What kind of work.
    pub category: Option<Id>,
    /// From.
    pub budget_min: Option<Money>,
    /// Up to.
    pub budget_max: Option<Money>,
    /// Bids are taken until then.
    pub deadline: Option<Timestamp>,
    /// Days the work should take.
    pub wish_days: Option<i64>,
    /// How many live bids it has.
    pub bids: i64,
    /// When strangers could first see it; for drafts, when it last changed.
    pub at: Timestamp,
    /// Why staff sent it back.
    pub rejection: Option<String>,
    /// Its version, for buttons in the row.
    pub version: i64,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Results {
    /// The rows, newest first.
    pub rows: Vec<Row>,
    /// Where the next page begins, when there is one.
    pub next: Option<(Timestamp, Id)>,
}

/// Open requests, newest first.
pub fn browse(tx: &mut Tx, query: &Browse) -> Result<Results, Fault> {
    let limit = query.limit.clamp(1, 100);
    let mut rows = sql::browse(tx, query, limit + 1)?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = if more {
        rows.last().map(|row| (row.at, row.id))
    } else {
        None
    };
    Ok(Results { rows, next })
}

/// The newest open requests, for the home page.
pub fn latest(tx: &mut Tx, limit: i64) -> Result<Vec<Row>, Fault> {
    Ok(browse(
        tx,
        &Browse {
            limit,
            ..Browse::default()
        },
    )?
    .rows)
}

/// Open requests by first-level category, for the home page.
pub fn counts_by_category(tx: &mut Tx) -> Result<Vec<(Id, i64)>, Fault> {
    sql::counts_by_category(tx)
}

/// The actor's own requests, the last changed first.
pub type Mine = Vec<Row>;

/// One's own requests of every state, newest first; at most 200.
pub fn mine(tx: &mut Tx, actor: &Actor) -> Result<Mine, Fail> {
    let account = actor.account().ok_or(RequestRefusal::LogIn)?;
    Ok(sql::mine(tx, account, 200)?)
}
