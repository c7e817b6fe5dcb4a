//! Opening a thread: by the events that bring two people together, or by one of them who is about to write.

use kernel::{AccountId, Actor, Id};
use store::{Fail, Fault, Tx};

use super::ThreadRefusal;
use super::sql::{self, ThreadRow};
use crate::subjects;

/// The two who talk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Members {
    /// Who asked for the work.
    pub client: AccountId,
    /// Who does it, or offers to.
    pub provider: AccountId,
}

/// Opens the thread of these two about a subject (`request` or `order`); the one there is when there is one. Asks
/// nobody: the caller knows that the two belong together.
pub fn open(tx: &mut Tx, subject_kind: &str, subject: Id, members: Members) -> Result<Id, Fail> {
    if members.client == members.provider {
        return Err(ThreadRefusal::NotTwo.into());
    }
    if let Some(thread) = sql::between(tx, subject_kind, subject, members.client, members.provider)? {
        return Ok(thread.id);
    }
    let (client, provider) = (members.client, members.provider);
    let thread = ThreadRow {
        id: tx.new_id(),
        subject_kind: subject_kind.to_owned(),
        subject,
        client,
        provider,
    };
    if sql::insert(tx, &thread)? {
        sql::add_member(tx, thread.id, client)?;
        sql::add_member(tx, thread.id, provider)?;
        return Ok(thread.id);
    }
    let there = sql::between(tx, subject_kind, subject, client, provider)?;
    Ok(there
        .ok_or_else(|| Fault::broken("a thread that is there and is not"))?
        .id)
}

/// Opens the reader's thread about a subject, when they belong to it: the two of an order; the client of a request and
/// `other`, or a bidder and the client. Not found for everybody else.
pub fn open_for(
    tx: &mut Tx,
    actor: &Actor,
    subject_kind: &str,
    subject: Id,
    other: Option<AccountId>,
) -> Result<Id, Fail> {
    let reader = actor.account().ok_or(ThreadRefusal::LogIn)?;
    let members = subjects::members(tx, subject_kind, subject, reader, other)?.ok_or(ThreadRefusal::NotFound)?;
    open(tx, subject_kind, subject, members)
}
