//! What pages show: the list of threads, and one thread with its messages.

use catalog::files::FileView;
use kernel::{AccountId, Actor, Id, Timestamp};
use store::{Fail, Fault, Tx};

use super::ThreadRefusal;
use super::sql::{self, LineRow, MessageRow, ThreadRow};
use crate::subjects;

const LINES: i64 = 30;
const MESSAGES: i64 = 50;
const EXCERPT_CHARS: usize = 80;

/// Where the next page of a thread list begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    /// The last message of the last thread shown.
    pub message: Id,
    /// That thread.
    pub thread: Id,
}

/// One thread in a list.
#[derive(Clone, Debug)]
pub struct ThreadLine {
    /// The thread.
    pub id: Id,
    /// `request` or `order`.
    pub subject_kind: String,
    /// What it is about.
    pub title: String,
    /// Whom the reader talks to.
    pub other: AccountId,
    /// Their name.
    pub other_name: String,
    /// The beginning of the newest message; empty when only files were sent, nothing when nothing was said.
    pub excerpt: Option<String>,
    /// Whether the reader said it.
    pub last_is_mine: bool,
    /// When it was said, or when the thread was opened.
    pub at: Timestamp,
    /// Messages the reader has not read.
    pub unread: i64,
}

/// A page of threads.
#[derive(Clone, Debug)]
pub struct ThreadList {
    /// The newest first.
    pub lines: Vec<ThreadLine>,
    /// Where the next page begins, when there is one.
    pub next: Option<Cursor>,
}

/// One message.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// Its id.
    pub id: Id,
    /// Who said it.
    pub sender: AccountId,
    /// Their name.
    pub sender_name: String,
    /// Whether the reader said it.
    pub is_mine: bool,
    /// The words; empty when there are only files.
    pub body: String,
    /// When.
    pub at: Timestamp,
    /// What hangs on it.
    pub files: Vec<FileView>,
    /// Whether it is the first the reader had not read.
    pub is_first_new: bool,
}

/// A thread as its members see it.
#[derive(Clone, Debug)]
pub struct ThreadPage {
    /// The thread.
    pub id: Id,
    /// `request` or `order`.
    pub subject_kind: String,
    /// What it is about.
    pub subject: Id,
    /// What that is called.
    pub title: String,
    /// Whom the reader talks to.
    pub other: AccountId,
    /// Their name.
    pub other_name: String,
    /// Up to where the other has read.
    pub other_read_to: Id,
    /// Messages, oldest first.
    pub messages: Vec<MessageView>,
    /// The oldest message shown, when there are older ones.
    pub older: Option<Id>,
    /// How many the reader had not read.
    pub unread: i64,
}

impl ThreadPage {
    /// The newest message shown: up to here the reader has read.
    pub fn newest(&self) -> Option<Id> {
        self.messages.last().map(|m| m.id)
    }

    /// The address of what it is about.
    pub fn subject_link(&self) -> String {
        subjects::link(&self.subject_kind, self.subject)
    }
}

/// The reader's threads, those with the newest messages first.
pub fn list(tx: &mut Tx, actor: &Actor, before: Option<Cursor>) -> Result<ThreadList, Fail> {
    let reader = actor.account().ok_or(ThreadRefusal::LogIn)?;
    let end = Id::from_raw(i64::MAX);
    let from = before.unwrap_or(Cursor {
        message: end,
        thread: end,
    });
    let mut rows = sql::lines(tx, reader, from.message, from.thread, LINES + 1)?;
    let more = rows.len() > usize::try_from(LINES).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    let last = rows.last().map(|row| Cursor {
        message: row.last_message,
        thread: row.thread.id,
    });
    let lines = rows
        .iter()
        .map(|row| line(tx, reader, row))
        .collect::<Result<_, Fail>>()?;
    Ok(ThreadList {
        lines,
        next: last.filter(|_| more),
    })
}

fn line(tx: &mut Tx, reader: AccountId, row: &LineRow) -> Result<ThreadLine, Fail> {
    let other = row.thread.other(reader);
    let last = sql::message(tx, row.last_message)?;
    Ok(ThreadLine {
        id: row.thread.id,
        subject_kind: row.thread.subject_kind.clone(),
        title: subjects::title(tx, &row.thread.subject_kind, row.thread.subject)?,
        other,
        other_name: subjects::name(tx, other)?,
        last_is_mine: last.as_ref().is_some_and(|m| m.sender == reader),
        at: last.as_ref().map_or_else(|| row.last_message.made_at(), |m| m.at),
        excerpt: last.map(|m| excerpt(&m.body)),
        unread: row.unread,
    })
}

fn excerpt(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT_CHARS {
        return line;
    }
    line.chars().take(EXCERPT_CHARS).chain(['…']).collect()
}

/// One thread, the newest messages or those older than `before`. Refusal: not a member.
pub fn page(tx: &mut Tx, actor: &Actor, thread: Id, before: Option<Id>) -> Result<ThreadPage, Fail> {
    let reader = actor.account().ok_or(ThreadRefusal::LogIn)?;
    let row = sql::find(tx, thread)?
        .filter(|t| t.has(reader))
        .ok_or(ThreadRefusal::NotFound)?;
    show(tx, reader, &row, before)
}

/// The reader's thread about a subject, for the page of that subject: nothing when they do not belong to it or nobody
/// has opened it. `other` says whom a client with several bidders means.
pub fn for_subject(
    tx: &mut Tx,
    actor: &Actor,
    kind: &str,
    subject: Id,
    other: Option<AccountId>,
) -> Result<Option<ThreadPage>, Fail> {
    let Some(reader) = actor.account() else { return Ok(None) };
    let mut rows = sql::about(tx, kind, subject, reader)?;
    rows.retain(|row| other.is_none_or(|o| row.other(reader) == o));
    match &rows[..] {
        [row] => Ok(Some(show(tx, reader, row, None)?)),
        _ => Ok(None),
    }
}

fn show(tx: &mut Tx, reader: AccountId, row: &ThreadRow, before: Option<Id>) -> Result<ThreadPage, Fail> {
    let other = row.other(reader);
    let mut found = sql::messages(tx, row.id, before.unwrap_or(Id::from_raw(i64::MAX)), MESSAGES + 1)?;
    let more = found.len() > usize::try_from(MESSAGES).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(MESSAGES).unwrap_or(usize::MAX));
    found.reverse();
    let (read_to, unread) =
        sql::position(tx, row.id, reader)?.ok_or_else(|| Fault::broken("a member without a position"))?;
    let other_read_to = sql::position(tx, row.id, other)?.map_or(Id::from_raw(0), |(at, _)| at);
    let names = [
        (reader, subjects::name(tx, reader)?),
        (other, subjects::name(tx, other)?),
    ];
    let first_new = found
        .iter()
        .find(|m| m.sender != reader && m.id > read_to)
        .map(|m| m.id);
    let messages = found
        .iter()
        .map(|m| message(tx, m, reader, &names, first_new))
        .collect::<Result<_, Fail>>()?;
    Ok(ThreadPage {
        id: row.id,
        subject_kind: row.subject_kind.clone(),
        subject: row.subject,
        title: subjects::title(tx, &row.subject_kind, row.subject)?,
        other,
        other_name: names[1].1.clone(),
        other_read_to,
        older: found.first().filter(|_| more).map(|m| m.id),
        messages,
        unread,
    })
}

fn message(
    tx: &mut Tx,
    row: &MessageRow,
    reader: AccountId,
    names: &[(AccountId, String); 2],
    first_new: Option<Id>,
) -> Result<MessageView, Fail> {
    Ok(MessageView {
        id: row.id,
        sender: row.sender,
        sender_name: names
            .iter()
            .find(|(who, _)| *who == row.sender)
            .map(|(_, name)| name.clone())
            .unwrap_or_default(),
        is_mine: row.sender == reader,
        body: row.body.clone(),
        at: row.at,
        files: catalog::files::of(tx, "message", row.id)?,
        is_first_new: first_new == Some(row.id),
    })
}
