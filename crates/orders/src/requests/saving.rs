//! Writing a request: saving the draft, sending it, changing it while it is open.

use kernel::{AccountId, Actor, Id, Money};
use serde_json::json;
use site::Settings;
use store::{Fail, Fault, NewEvent, Tx};

use super::{Content, Request, RequestRefusal, RequestState, own, rules, sql};
use crate::inspections;

/// What the client wrote, and into which version of what.
#[derive(Clone, Debug)]
pub struct Save {
    /// The request; none to begin one.
    pub request: Option<Id>,
    /// The version the form was made from; ignored for a new one.
    pub seen_version: i64,
    /// What the form says.
    pub content: Content,
}

/// What was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Saved {
    /// The request.
    pub id: Id,
    /// Its version now.
    pub version: i64,
}

/// Keeps a draft as far as it is. Refusals: too long, forbidden characters, changed meanwhile, too many drafts.
pub fn save_draft(tx: &mut Tx, actor: &Actor, cmd: &Save) -> Result<Saved, Fail> {
    let account = actor.account().ok_or(RequestRefusal::LogIn)?;
    let content = known_only(tx, rules::check_draft(&cmd.content)?)?;
    let Some(id) = cmd.request else {
        return begin(tx, actor, account, &content);
    };
    let request = own(tx, actor, id)?;
    if !matches!(request.state, RequestState::Draft | RequestState::Rejected) {
        return Err(RequestRefusal::Ended.into());
    }
    if request.version != cmd.seen_version {
        return Err(RequestRefusal::Stale.into());
    }
    if request.content == content {
        return Ok(Saved {
            id,
            version: request.version,
        });
    }
    write(tx, actor, &request, &content)
}

/// Sends a request out: to staff when the market inspects, else to everybody.
pub fn submit(tx: &mut Tx, actor: &Actor, cmd: &Save) -> Result<Id, Fail> {
    let account = actor.account().ok_or(RequestRefusal::LogIn)?;
    let settings = site::settings::load(tx)?;
    let before = cmd.request.map(|id| own(tx, actor, id)).transpose()?;
    if let Some(request) = &before {
        if !matches!(request.state, RequestState::Draft | RequestState::Rejected) {
            return Err(RequestRefusal::Ended.into());
        }
        if request.version != cmd.seen_version {
            return Err(RequestRefusal::Stale.into());
        }
    }
    let content = checked(tx, &settings, &cmd.content, None)?;
    if sql::count_running(tx, account)? >= rules::OPEN_MAX {
        return Err(RequestRefusal::OpenFull { max: rules::OPEN_MAX }.into());
    }
    let saved = match &before {
        Some(request) => write(tx, actor, request, &content)?,
        None => begin(tx, actor, account, &content)?,
    };
    emit(tx, actor, "request.submitted", saved.id, account)?;
    if settings.inspect_requests {
        sql::set_state(tx, saved.id, RequestState::Pending)?;
        inspections::ask(tx, saved.id, saved.version)?;
    } else {
        publish(tx, actor, saved.id, account, None)?;
    }
    Ok(saved.id)
}

/// Changes a request that waits or is open. New words wait for staff again when the market inspects; those who bid are told.
pub fn edit(tx: &mut Tx, actor: &Actor, cmd: &Save) -> Result<Saved, Fail> {
    let request = own(tx, actor, cmd.request.ok_or(RequestRefusal::NotFound)?)?;
    if !matches!(request.state, RequestState::Pending | RequestState::Open) {
        return Err(RequestRefusal::Ended.into());
    }
    if request.version != cmd.seen_version {
        return Err(RequestRefusal::Stale.into());
    }
    let settings = site::settings::load(tx)?;
    let content = checked(tx, &settings, &cmd.content, request.content.deadline)?;
    if content == request.content {
        return Ok(Saved {
            id: request.id,
            version: request.version,
        });
    }
    let saved = write(tx, actor, &request, &content)?;
    emit(tx, actor, "request.edited", request.id, request.client)?;
    let look_again = settings.inspect_requests && rules::words_changed(&request.content, &content);
    if request.state == RequestState::Pending || look_again {
        sql::set_state(tx, request.id, RequestState::Pending)?;
        inspections::ask(tx, request.id, saved.version)?;
    }
    Ok(saved)
}

/// Puts a request before everybody's eyes.
pub(crate) fn publish(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    client: AccountId,
    inspected: Option<i64>,
) -> Result<(), Fault> {
    sql::publish(tx, id, inspected)?;
    emit(tx, actor, "request.published", id, client)
}

/// Tells the followers about a request.
pub(crate) fn emit(tx: &mut Tx, actor: &Actor, kind: &'static str, id: Id, client: AccountId) -> Result<(), Fault> {
    let data = json!({ "client": client });
    tx.emit(NewEvent {
        kind,
        subject_kind: "request",
        subject: id,
        actor: actor.account(),
        data,
    })?;
    Ok(())
}

fn begin(tx: &mut Tx, actor: &Actor, account: AccountId, content: &Content) -> Result<Saved, Fail> {
    if sql::count_drafts(tx, account)? >= rules::DRAFTS_MAX {
        return Err(RequestRefusal::DraftsFull { max: rules::DRAFTS_MAX }.into());
    }
    let currency = site::settings::load(tx)?.currency;
    let id = sql::add(tx, account, content, currency)?;
    finish(tx, actor, Saved { id, version: 1 }, content)
}

fn write(tx: &mut Tx, actor: &Actor, before: &Request, content: &Content) -> Result<Saved, Fail> {
    if !sql::update(tx, before.id, before.version, content)? {
        return Err(RequestRefusal::Stale.into());
    }
    finish(
        tx,
        actor,
        Saved {
            id: before.id,
            version: before.version + 1,
        },
        content,
    )
}

fn finish(tx: &mut Tx, actor: &Actor, saved: Saved, content: &Content) -> Result<Saved, Fail> {
    sql::set_skills(tx, saved.id, &content.skills)?;
    catalog::files::set(tx, actor, &content.files, "request", saved.id)?;
    sql::keep_version(tx, saved.id, saved.version, content)?;
    Ok(saved)
}

/// A draft drops choices that do not exist, so that a stale form never blocks saving.
fn known_only(tx: &mut Tx, mut content: Content) -> Result<Content, Fault> {
    let skills = catalog::skills::known(tx, &content.skills)?;
    content.skills.retain(|id| skills.iter().any(|skill| skill.id == *id));
    if let Some(id) = content.category {
        content.category = catalog::categories::find(tx, id)?.map(|c| c.id);
    }
    let fits = |amount: &Money| amount.minor() >= 0;
    content.budget_min = content.budget_min.filter(fits);
    content.budget_max = content.budget_max.filter(fits);
    content.wish_days = content.wish_days.filter(|days| *days > 0);
    Ok(content)
}

fn checked(
    tx: &mut Tx,
    settings: &Settings,
    content: &Content,
    deadline_before: Option<kernel::Timestamp>,
) -> Result<Content, Fail> {
    let category = match content.category {
        Some(id) => catalog::categories::find(tx, id)?,
        None => None,
    };
    let mut skills = content.skills.clone();
    skills.sort_unstable();
    skills.dedup();
    let known = rules::Known {
        now: tx.now(),
        min: settings.min_price(),
        max: settings.max_price(),
        outlines: category.as_ref().map(|c| [c.brief_zh.as_str(), c.brief_en.as_str()]),
        skills_exist: catalog::skills::known(tx, &skills)?.len() == skills.len(),
        deadline_before,
    };
    Ok(rules::check(content, &known)?)
}
