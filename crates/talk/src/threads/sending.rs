//! Use case: a member says something.

use kernel::{AccountId, Actor, Id};
use serde_json::json;
use store::{Fail, NewEvent, Tx};

use super::sql::{self, ThreadRow};
use super::{ThreadRefusal, rules};

/// What is said.
#[derive(Clone, Debug)]
pub struct SendMessage {
    /// Where.
    pub thread: Id,
    /// The words; may be empty when there are files.
    pub body: String,
    /// Files the sender has uploaded and not used elsewhere.
    pub files: Vec<Id>,
}

/// Sends a message. Refusals: not a member, empty, too long, disguised text, too many files, too fast, files that are
/// not the sender's.
pub fn send(tx: &mut Tx, actor: &Actor, cmd: &SendMessage) -> Result<Id, Fail> {
    let sender = actor.account().ok_or(ThreadRefusal::LogIn)?;
    let thread = sql::find(tx, cmd.thread)?
        .filter(|t| t.has(sender))
        .ok_or(ThreadRefusal::NotFound)?;
    let body = rules::body(&cmd.body, cmd.files.len())?;
    keep_pace(tx, sender)?;
    let id = tx.new_id();
    if !cmd.files.is_empty() {
        catalog::files::attach(tx, actor, &cmd.files, "message", id)?;
    }
    sql::insert_message(tx, id, thread.id, sender, &body)?;
    sql::count_message(tx, thread.id, id, sender)?;
    tx.emit(sent(&thread, sender, id))?;
    Ok(id)
}

fn keep_pace(tx: &mut Tx, sender: AccountId) -> Result<(), Fail> {
    for pace in rules::PACES {
        let sent = sql::sent_since(tx, sender, tx.now().plus(-pace.span))?;
        rules::may_send(pace, sent)?;
    }
    Ok(())
}

fn sent(thread: &ThreadRow, sender: AccountId, message: Id) -> NewEvent {
    NewEvent {
        kind: "message.sent",
        subject_kind: "thread",
        subject: thread.id,
        actor: Some(sender),
        data: json!({
            "message": message,
            "client": thread.client,
            "provider": thread.provider,
            "about": thread.subject_kind,
            "about_id": thread.subject,
        }),
    }
}
