//! What leaves the house by mail or SMS: a row first, sent by a worker after the commit, at least once.
//!
//! It does not send: the worker does, through the gateways, and writes down here how that went.

mod sql;

use kernel::{Id, Locale, Timestamp};
use serde_json::json;
use store::{Fault, NewJob, Tx};

/// The kind of the job that sends one row.
pub const JOB: &str = "outgoing.send";

/// The way it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// E-mail.
    Mail,
    /// A text message to a phone.
    Sms,
}

impl Channel {
    /// The word in the row.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }

    fn from_word(word: &str) -> Result<Self, Fault> {
        match word {
            "mail" => Ok(Self::Mail),
            "sms" => Ok(Self::Sms),
            other => Err(Fault::Shape(format!("channel {other}"))),
        }
    }
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendState {
    /// Not handed over yet.
    Waiting,
    /// Handed over.
    Sent,
    /// The last try failed; the job says whether another follows.
    Failed,
}

impl SendState {
    /// The word in the row.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    fn from_word(word: &str) -> Result<Self, Fault> {
        match word {
            "waiting" => Ok(Self::Waiting),
            "sent" => Ok(Self::Sent),
            "failed" => Ok(Self::Failed),
            other => Err(Fault::Shape(format!("send state {other}"))),
        }
    }
}

/// A message to somebody outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The way it takes.
    pub channel: Channel,
    /// The address or the number.
    pub to: String,
    /// The language it is written in.
    pub locale: Locale,
    /// What it is for, such as `login-code`.
    pub kind: String,
    /// The subject line; empty for SMS.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// A message and how its sending went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentView {
    /// Its id.
    pub id: Id,
    /// When it was written.
    pub made_at: Timestamp,
    /// The message.
    pub message: Outgoing,
    /// Where it stands.
    pub state: SendState,
    /// When it was handed over.
    pub sent_at: Option<Timestamp>,
    /// What went wrong at the last try.
    pub error: Option<String>,
}

/// Writes a message down and queues its sending.
pub fn send(tx: &mut Tx, message: Outgoing) -> Result<Id, Fault> {
    let id = tx.new_id();
    sql::insert(tx, id, &message)?;
    tx.enqueue(NewJob::now(JOB, json!({ "id": id.short() })).keyed(format!("outgoing:{id}")))?;
    Ok(id)
}

/// One message.
pub fn find(tx: &mut Tx, id: Id) -> Result<Option<SentView>, Fault> {
    sql::find(tx, id)
}

/// Writes down that it was handed over. Answers whether it had not been before.
pub fn mark_sent(tx: &mut Tx, id: Id) -> Result<bool, Fault> {
    sql::mark_sent(tx, id)
}

/// Writes down that a try failed, and why.
pub fn mark_failed(tx: &mut Tx, id: Id, error: &str) -> Result<(), Fault> {
    sql::mark_failed(tx, id, &error.chars().take(500).collect::<String>())
}

/// Messages older than `before`, newest first, at most `limit`.
pub fn list(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<SentView>, Fault> {
    sql::list(tx, before, limit)
}

/// Messages to one recipient, newest first, at most `limit`.
pub fn to(tx: &mut Tx, recipient: &str, limit: i64) -> Result<Vec<SentView>, Fault> {
    sql::to(tx, recipient, limit)
}
