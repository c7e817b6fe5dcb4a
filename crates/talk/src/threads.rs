//! A thread is where the two sides of one request or one order talk: messages with files, and how far each has read.
//! There is one for each request and bidder, and one for each order. Whoever is not a member finds nothing.
//!
//! Not here: rooms with more than two, and live delivery, which follows the events.

mod opening;
mod pages;
mod reading;
mod rules;
mod sending;
mod sql;

pub use opening::{Members, open, open_for};
pub use pages::{Cursor, MessageView, ThreadLine, ThreadList, ThreadPage, for_subject, list, page};
pub(crate) use reading::take_unmailed;
pub use reading::{is_member, mark_read, may_see_message, may_write, unread};
pub use rules::{BODY_MAX, FILES_MAX, ThreadRefusal};
pub use sending::{SendMessage, send};
