//! Use case: one side of an ended order reviews the other.

use kernel::{AccountId, Actor, Id, Refusal, Refuse as _};
use serde_json::json;
use store::{Fail, Fault, NewEvent, Tx};

use super::{Deal, Hat, ReviewRefusal, deals, policy, rules, sql};

/// What is said.
#[derive(Clone, Debug)]
pub struct WriteReview {
    /// The order it is about.
    pub order: Id,
    /// A mark for each dimension, by its code.
    pub marks: Vec<(String, i64)>,
    /// Words everybody may read.
    pub body: String,
    /// Words only the platform reads; may be empty.
    pub private_note: String,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Written {
    /// The review.
    pub review: Id,
    /// Whether both are in now, so that both can be read.
    pub opened: bool,
}

struct Draft {
    marks: Vec<(String, i64)>,
    body: String,
    private_note: String,
}

/// Writes a review. Refusals: not theirs, still running, nothing happened, window over, already written, marks or
/// words that do not fit (all of them at once).
pub fn write(tx: &mut Tx, actor: &Actor, cmd: &WriteReview) -> Result<Written, Fail> {
    let author = actor.account().ok_or(ReviewRefusal::LogIn)?;
    let deal = deals::find(tx, cmd.order)?.ok_or(ReviewRefusal::NotFound)?;
    let window_days = site::settings::load(tx)?.review_window_days;
    let hat = rules::may_write(&deal, author, tx.now(), window_days)?;
    if sql::of_author(tx, cmd.order, author)?.is_some() {
        return Err(ReviewRefusal::Already.into());
    }
    let draft = draft(tx, cmd, hat)?;
    let review = add(tx, &deal, author, hat, &draft, window_days)?;
    let opened = open_both(tx, &deal)?;
    Ok(Written { review, opened })
}

fn draft(tx: &mut Tx, cmd: &WriteReview, hat: Hat) -> Result<Draft, Fail> {
    let policy = policy(tx)?;
    let asked: Vec<_> = policy.about(hat).collect();
    match (
        rules::marks(&asked, &cmd.marks),
        rules::body(&cmd.body),
        rules::note(&cmd.private_note),
    ) {
        (Ok(marks), Ok(body), Ok(private_note)) => Ok(Draft {
            marks,
            body,
            private_note,
        }),
        (marks, body, note) => {
            let wrong = [marks.err(), body.err(), note.err()];
            let all = wrong.into_iter().flatten().map(|r| r.refusal()).collect();
            Err(Refusal::gather(all).map_or_else(|| Fault::broken("a refusal without a reason").into(), Fail::from))
        }
    }
}

fn add(tx: &mut Tx, deal: &Deal, author: AccountId, hat: Hat, draft: &Draft, window_days: i64) -> Result<Id, Fail> {
    let about = deal.wearer(hat);
    let ended = deal.ended_at.ok_or(ReviewRefusal::StillRunning)?;
    let row = sql::NewReview {
        id: tx.new_id(),
        order: deal.order,
        author,
        about,
        hat,
        body: &draft.body,
        private_note: &draft.private_note,
        value: deal.value,
        closes_at: ended.plus_days(window_days),
    };
    let other_is_in = !sql::hidden_of(tx, deal.order)?.is_empty();
    if !sql::insert(tx, &row)? {
        return Err(ReviewRefusal::Already.into());
    }
    for (dimension, mark) in &draft.marks {
        sql::insert_mark(tx, row.id, dimension, *mark)?;
    }
    let mut data = about_data(deal, author, about);
    data["opens"] = json!(other_is_in);
    tx.emit(event("review.written", row.id, Some(author), &data))?;
    Ok(row.id)
}

/// Opens both reviews of an order when both are in.
fn open_both(tx: &mut Tx, deal: &Deal) -> Result<bool, Fail> {
    let hidden = sql::hidden_of(tx, deal.order)?;
    if hidden.len() < 2 {
        return Ok(false);
    }
    for (review, author, about) in hidden {
        open(tx, review, &about_data(deal, author, about))?;
    }
    Ok(true)
}

/// Opens one review to everybody, and says so.
pub(super) fn open(tx: &mut Tx, review: Id, data: &serde_json::Value) -> Result<(), Fault> {
    if sql::publish(tx, review)? {
        tx.emit(event("review.published", review, None, data))?;
    }
    Ok(())
}

pub(super) fn event(kind: &'static str, review: Id, actor: Option<AccountId>, data: &serde_json::Value) -> NewEvent {
    NewEvent {
        kind,
        subject_kind: "review",
        subject: review,
        actor,
        data: data.clone(),
    }
}

fn about_data(deal: &Deal, author: AccountId, about: AccountId) -> serde_json::Value {
    json!({ "order": deal.order, "author": author, "about": about, "client": deal.client, "provider": deal.provider })
}
