//! How far somebody has read, and what they may read at all.

use kernel::{AccountId, Actor, Id};
use store::{Fail, Fault, Tx};

use super::{ThreadRefusal, sql};
use crate::notifications;

/// Whether an account belongs to a thread.
pub fn is_member(tx: &mut Tx, thread: Id, account: AccountId) -> Result<bool, Fault> {
    Ok(sql::find(tx, thread)?.is_some_and(|t| t.has(account)))
}

/// Whether somebody may read a message, and so the files that hang on it. Staff may, when two people ask them to judge.
pub fn may_see_message(tx: &mut Tx, actor: &Actor, message: Id) -> Result<bool, Fault> {
    let thread = sql::thread_of_message(tx, message)?;
    Ok(thread.is_some_and(|t| actor.is_staff() || actor.account().is_some_and(|a| t.has(a))))
}

/// Puts down that the reader has read up to `message`, and that the notices about this thread are read. Reading
/// further back than before changes nothing. Refusal: not a member.
pub fn mark_read(tx: &mut Tx, actor: &Actor, thread: Id, message: Id) -> Result<(), Fail> {
    let reader = actor.account().ok_or(ThreadRefusal::LogIn)?;
    let here = sql::find(tx, thread)?
        .filter(|t| t.has(reader))
        .ok_or(ThreadRefusal::NotFound)?;
    sql::read_to(tx, here.id, reader, message)?;
    notifications::seen(tx, reader, &format!("/threads/{}", here.id))?;
    Ok(())
}

/// Messages somebody has not read, in all their threads.
pub fn unread(tx: &mut Tx, account: AccountId) -> Result<i64, Fault> {
    sql::unread(tx, account)
}

/// Messages of one thread that wait for one reader.
pub(crate) struct Waiting {
    pub(crate) other: AccountId,
    pub(crate) subject_kind: String,
    pub(crate) subject: Id,
    pub(crate) unread: i64,
}

/// What of a thread lies unread and was not mailed since its reader last read; puts down that it is mailed now.
pub(crate) fn take_unmailed(tx: &mut Tx, thread: Id, account: AccountId) -> Result<Option<Waiting>, Fault> {
    let Some(row) = sql::find(tx, thread)?.filter(|t| t.has(account)) else {
        return Ok(None);
    };
    let Some((_, unread)) = sql::position(tx, thread, account)? else {
        return Ok(None);
    };
    if !sql::mail_now(tx, thread, account)? {
        return Ok(None);
    }
    Ok(Some(Waiting {
        other: row.other(account),
        subject_kind: row.subject_kind,
        subject: row.subject,
        unread,
    }))
}

/// Whether the actor may write in a thread: asked before files are taken in. Refusal: not a member.
pub fn may_write(tx: &mut Tx, actor: &Actor, thread: Id) -> Result<(), Fail> {
    let account = actor.account().ok_or(ThreadRefusal::LogIn)?;
    if is_member(tx, thread, account)? {
        Ok(())
    } else {
        Err(ThreadRefusal::NotFound.into())
    }
}
