//! What the notices page shows, and what reading does.

use kernel::{AccountId, Actor, Id, Locale, Timestamp};
use store::{Fail, Fault, Tx};

use super::sql::{self, NoticeRow};
use crate::threads::ThreadRefusal;
use crate::words;

const NOTICES: i64 = 40;

/// A notice in the reader's words.
#[derive(Clone, Debug)]
pub struct NoticeView {
    /// Its id.
    pub id: Id,
    /// What happened, such as `order-deliver`.
    pub kind: String,
    /// In a sentence.
    pub text: String,
    /// What it means and what to do; may be empty.
    pub more: String,
    /// Where it leads.
    pub link: String,
    /// When it happened.
    pub at: Timestamp,
    /// Whether the reader has seen it.
    pub is_read: bool,
}

/// A page of notices.
#[derive(Clone, Debug)]
pub struct NoticeList {
    /// The newest first.
    pub notices: Vec<NoticeView>,
    /// The last one shown, when there are older ones.
    pub next: Option<Id>,
    /// How many are unread altogether.
    pub unread: i64,
}

/// The reader's notices, newest first, older than `before`, in their language and zone.
pub fn list(tx: &mut Tx, actor: &Actor, locale: Locale, zone: &str, before: Option<Id>) -> Result<NoticeList, Fail> {
    let reader = actor.account().ok_or(ThreadRefusal::LogIn)?;
    let mut rows = sql::list(tx, reader, before.unwrap_or(Id::from_raw(i64::MAX)), NOTICES + 1)?;
    let shown = usize::try_from(NOTICES).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    rows.truncate(shown);
    Ok(NoticeList {
        next: rows.last().filter(|_| more).map(|row| row.id),
        unread: sql::unread(tx, reader)?,
        notices: rows.into_iter().map(|row| view(locale, zone, row)).collect(),
    })
}

fn view(locale: Locale, zone: &str, row: NoticeRow) -> NoticeView {
    let values = words::values(locale, zone, &row.args);
    let say = |key: String| words::say(locale, &key, &values);
    NoticeView {
        id: row.id,
        text: say(format!("notice-{}", row.kind)).unwrap_or_else(|| row.args.title.clone()),
        more: say(format!("notice-{}-more", row.kind)).unwrap_or_default(),
        kind: row.kind,
        link: row.link,
        at: row.at,
        is_read: row.is_read,
    }
}

/// Notices somebody has not read.
pub fn unread(tx: &mut Tx, account: AccountId) -> Result<i64, Fault> {
    sql::unread(tx, account)
}

/// Puts down as read everything that leads where the reader is now. Answers how many there were.
pub fn seen(tx: &mut Tx, account: AccountId, link: &str) -> Result<u64, Fault> {
    sql::read_link(tx, account, link)
}

/// Puts down one notice, and those that lead to the same page, as read. Answers where it leads. Refusal: not theirs.
pub fn mark_read(tx: &mut Tx, actor: &Actor, notice: Id) -> Result<String, Fail> {
    let reader = actor.account().ok_or(ThreadRefusal::LogIn)?;
    let link = sql::link_of(tx, reader, notice)?.ok_or(ThreadRefusal::NotFound)?;
    sql::read_link(tx, reader, &link)?;
    Ok(link)
}

/// Puts down everything up to the newest notice the reader was shown as read. Answers how many there were.
pub fn mark_all_read(tx: &mut Tx, actor: &Actor, up_to: Id) -> Result<u64, Fail> {
    let reader = actor.account().ok_or(ThreadRefusal::LogIn)?;
    Ok(sql::read_all(tx, reader, up_to)?)
}
