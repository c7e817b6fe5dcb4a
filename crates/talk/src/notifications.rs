//! Notices: what happened that somebody should know, one row for each event and reader, and mail for what matters.
//!
//! They follow the event log: no use case writes a notice. Following the same events again writes nothing new.

mod follow;
mod mail;
mod pages;
mod rules;
mod sql;

pub use follow::{FOLLOWER, follow, run};
pub use mail::{UNREAD_JOB, remind_unread};
pub use pages::{NoticeList, NoticeView, list, mark_all_read, mark_read, seen, unread};
pub use rules::KINDS;

use kernel::Timestamp;

/// The facts the words of a notice are made with.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Args {
    /// What it is about.
    #[serde(default)]
    pub title: String,
    /// Who did it.
    #[serde(default)]
    pub who: String,
    /// Which milestone, from 1.
    #[serde(default)]
    pub part: Option<i64>,
    /// When something will happen.
    #[serde(default)]
    pub at: Option<Timestamp>,
}
