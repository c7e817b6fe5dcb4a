//! Inspections: staff look at a request before strangers do, and approve it or send it back with a reason. Used when
//! the market's setting `inspect_requests` is on. What was decided stays, with who and when.

use kernel::{AccountId, Actor, Id, TextFault, Timestamp, clean_text};
use serde_json::json;
use store::{Fail, Fault, NewEvent, Tx};

use crate::requests::{self, FieldChange, RequestState};

mod sql;

/// The longest reason, in characters.
pub const REASON_MAX: usize = 500;

kernel::refusals! {
    /// Why an inspection is not taken.
    pub enum InspectionRefusal {
        /// Not staff: there is nothing to see.
        NotFound => ("inspection-not-found", NotFound),
        /// Somebody else decided, or the client changed or took it back.
        Stale => ("inspection-stale", Conflict),
        /// A rejection without a reason helps nobody.
        ReasonMissing => ("inspection-reason-missing", Invalid, "reason"),
        /// Too long, or with forbidden characters.
        ReasonBad { max: i64 } => ("inspection-reason-bad", Invalid, "reason"),
    }
}

/// One request that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The inspection.
    pub id: Id,
    /// The request.
    pub request: Id,
    /// The version to be judged; goes into [`Decide::seen_version`].
    pub version: i64,
    /// Its title.
    pub title: String,
    /// Its brief, as Markdown.
    pub brief: String,
    /// The names of its category in Chinese and English.
    pub category: Option<(String, String)>,
    /// What the client pays, up to.
    pub budget_max: Option<kernel::Money>,
    /// Its attachments.
    pub files: Vec<catalog::files::FileView>,
    /// Whose it is.
    pub client: AccountId,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// What changed since it was last approved; empty for a new one.
    pub changes: Vec<FieldChange>,
    /// Why it was sent back the last time, if it was.
    pub last_rejection: Option<String>,
}

/// What staff decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everybody may see it.
    Approve,
    /// Back to the client.
    Reject {
        /// What to change; the client reads it.
        reason: String,
    },
}

/// Decides on one request.
#[derive(Clone, Debug)]
pub struct Decide {
    /// The inspection.
    pub inspection: Id,
    /// The version that was looked at.
    pub seen_version: i64,
    /// The decision.
    pub verdict: Verdict,
}

/// What waits, the oldest first; `after` is the last one of the page before. For pages only staff can open.
pub fn queue(tx: &mut Tx, after: Option<Id>, limit: i64) -> Result<Vec<Waiting>, Fault> {
    let mut waiting = Vec::new();
    for row in sql::waiting(tx, after, limit)? {
        waiting.extend(dress(tx, row)?);
    }
    Ok(waiting)
}

/// How many wait.
pub fn count_waiting(tx: &mut Tx) -> Result<i64, Fault> {
    sql::count_waiting(tx)
}

/// Approves or rejects. Refusals: not staff, decided or changed meanwhile, a rejection without a reason.
pub fn decide(tx: &mut Tx, actor: &Actor, cmd: &Decide) -> Result<(), Fail> {
    let staff = actor
        .account()
        .filter(|_| actor.is_staff())
        .ok_or(InspectionRefusal::NotFound)?;
    let row = sql::find(tx, cmd.inspection)?.ok_or(InspectionRefusal::NotFound)?;
    let request = requests::load(tx, row.request)?.ok_or(InspectionRefusal::NotFound)?;
    let reason = reason(&cmd.verdict)?;
    let (state, after) = match cmd.verdict {
        Verdict::Approve => ("approved", RequestState::Open),
        Verdict::Reject { .. } => ("rejected", RequestState::Rejected),
    };
    let unchanged = row.version == cmd.seen_version
        && request.version == cmd.seen_version
        && request.state == RequestState::Pending;
    if !unchanged || !sql::decide(tx, row.id, state, staff, &reason)? {
        return Err(InspectionRefusal::Stale.into());
    }
    let before = json!({ "state": request.state.word(), "version": request.version, "title": request.content.title });
    site::audit::record(
        tx,
        actor,
        "inspection.decide",
        "request",
        request.id,
        before,
        json!({ "state": after.word() }),
        &reason,
    )?;
    if state == "approved" {
        requests::publish(tx, actor, request.id, request.client, Some(row.version))?;
    } else {
        requests::sql::reject(tx, request.id, &reason)?;
        let data = json!({ "client": request.client });
        tx.emit(NewEvent {
            kind: "request.rejected",
            subject_kind: "request",
            subject: request.id,
            actor: Some(staff),
            data,
        })?;
    }
    Ok(())
}

/// Puts a version into the queue; an older version that still waits makes room.
pub(crate) fn ask(tx: &mut Tx, request: Id, version: i64) -> Result<(), Fault> {
    sql::drop_waiting(tx, request)?;
    sql::add(tx, request, version)
}

/// Takes a request out of the queue: its client took it back.
pub(crate) fn drop_waiting(tx: &mut Tx, request: Id) -> Result<(), Fault> {
    sql::drop_waiting(tx, request)
}

fn reason(verdict: &Verdict) -> Result<String, Fail> {
    let Verdict::Reject { reason } = verdict else {
        return Ok(String::new());
    };
    let max = i64::try_from(REASON_MAX).unwrap_or(i64::MAX);
    Ok(clean_text(reason, 2, REASON_MAX).map_err(|fault| match fault {
        TextFault::Empty | TextFault::TooShort => InspectionRefusal::ReasonMissing,
        TextFault::TooLong | TextFault::Forbidden => InspectionRefusal::ReasonBad { max },
    })?)
}

fn dress(tx: &mut Tx, row: sql::InspectionRow) -> Result<Option<Waiting>, Fault> {
    let Some(request) = requests::load(tx, row.request)? else {
        return Ok(None);
    };
    let category = match request.content.category {
        Some(id) => catalog::categories::find(tx, id)?.map(|c| (c.name_zh, c.name_en)),
        None => None,
    };
    let changes = requests::changes_between(tx, &Actor::System, &request, request.inspected_version)?;
    let last_rejection = sql::last_rejection(tx, request.id)?;
    let files = catalog::files::of(tx, "request", request.id)?;
    Ok(Some(Waiting {
        id: row.id,
        request: request.id,
        version: row.version,
        title: request.content.title,
        brief: request.content.brief,
        category,
        budget_max: request.content.budget_max,
        files,
        client: request.client,
        submitted_at: row.submitted_at,
        changes,
        last_rejection,
    }))
}
