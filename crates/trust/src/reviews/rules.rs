//! Who may review and reply, and when. Pure: the moment and the facts are given.

use kernel::{AccountId, TextFault, Timestamp, clean_text};

use super::{Deal, Dimension, Hat};

/// The lowest mark.
pub const MARK_MIN: i64 = 1;
/// The highest mark.
pub const MARK_MAX: i64 = 5;
pub(super) const BODY_MIN: usize = 10;
pub(super) const BODY_MAX: usize = 2000;
pub(super) const NOTE_MAX: usize = 2000;
pub(super) const REPLY_MIN: usize = 2;
pub(super) const REPLY_MAX: usize = 2000;

kernel::refusals! {
    /// Why a review or a reply is not taken.
    pub enum ReviewRefusal {
        /// Nobody is signed in.
        LogIn => ("review-log-in", LogIn),
        /// There is no such order or review, or it is not theirs.
        NotFound => ("review-not-found", NotFound),
        /// The order still runs.
        StillRunning => ("review-still-running", Conflict),
        /// The order ended before anything was paid or delivered.
        NothingHappened => ("review-nothing-happened", Conflict),
        /// The window has ended.
        WindowOver { closed: Timestamp } => ("review-window-over", Conflict),
        /// They have reviewed this order.
        Already => ("review-already", Conflict),
        /// A dimension has no mark, or one that is not from 1 to 5.
        MarksIncomplete { min: i64, max: i64 } => ("review-marks-incomplete", Invalid, "marks"),
        /// Too few words.
        BodyShort { min: i64 } => ("review-body-short", Invalid, "body"),
        /// Too many words.
        BodyLong { max: i64 } => ("review-body-long", Invalid, "body"),
        /// Characters that disguise text.
        BodyForbidden => ("review-body-forbidden", Invalid, "body"),
        /// The note is too long or has characters that disguise text.
        NoteMisfit { max: i64 } => ("review-note-misfit", Invalid, "private_note"),
        /// The review is not open yet.
        NotOpen => ("review-not-open", NotFound),
        /// There is a reply.
        ReplyAlready => ("review-reply-already", Conflict),
        /// The time to reply has passed.
        ReplyOver { closed: Timestamp } => ("review-reply-over", Conflict),
        /// The reply is empty, too long, or has characters that disguise text.
        ReplyMisfit { min: i64, max: i64 } => ("review-reply-misfit", Invalid, "reply"),
    }
}

/// The hat the reviewed side wears when `author` may review this order at `now`.
pub fn may_write(deal: &Deal, author: AccountId, now: Timestamp, window_days: i64) -> Result<Hat, ReviewRefusal> {
    let own = deal.hat_of(author).ok_or(ReviewRefusal::NotFound)?;
    let ended = deal.ended_at.ok_or(ReviewRefusal::StillRunning)?;
    if !deal.happened {
        return Err(ReviewRefusal::NothingHappened);
    }
    let closed = ended.plus_days(window_days);
    if now >= closed {
        return Err(ReviewRefusal::WindowOver { closed });
    }
    Ok(own.other())
}

/// What a reply needs to know of its review.
#[derive(Clone, Copy, Debug)]
pub struct Replied {
    /// Whom the review is about.
    pub about: AccountId,
    /// When it was opened to all.
    pub published_at: Option<Timestamp>,
    /// Whether it has a reply.
    pub replied: bool,
}

/// Whether `account` may reply to a review at `now`.
pub fn may_reply(review: &Replied, account: AccountId, now: Timestamp, reply_days: i64) -> Result<(), ReviewRefusal> {
    if review.about != account {
        return Err(ReviewRefusal::NotFound);
    }
    let opened = review.published_at.ok_or(ReviewRefusal::NotOpen)?;
    if review.replied {
        return Err(ReviewRefusal::ReplyAlready);
    }
    let closed = opened.plus_days(reply_days);
    if now >= closed {
        return Err(ReviewRefusal::ReplyOver { closed });
    }
    Ok(())
}

/// A mark for every dimension, in their order; anything missing, beyond the range or unasked for is refused.
pub(super) fn marks(asked: &[&Dimension], given: &[(String, i64)]) -> Result<Vec<(String, i64)>, ReviewRefusal> {
    let mark_of = |d: &Dimension| {
        let mut found = given.iter().filter(|(code, _)| *code == d.code);
        let (_, mark) = found.next().filter(|(_, mark)| (MARK_MIN..=MARK_MAX).contains(mark))?;
        found.next().is_none().then(|| (d.code.clone(), *mark))
    };
    let marks: Vec<_> = asked.iter().filter_map(|d| mark_of(d)).collect();
    if marks.len() == asked.len() && given.len() == asked.len() {
        Ok(marks)
    } else {
        Err(ReviewRefusal::MarksIncomplete {
            min: MARK_MIN,
            max: MARK_MAX,
        })
    }
}

/// The words of a review.
pub(super) fn body(text: &str) -> Result<String, ReviewRefusal> {
    clean_text(text, BODY_MIN, BODY_MAX).map_err(|fault| match fault {
        TextFault::Empty | TextFault::TooShort => ReviewRefusal::BodyShort { min: BODY_MIN as i64 },
        TextFault::TooLong => ReviewRefusal::BodyLong { max: BODY_MAX as i64 },
        TextFault::Forbidden => ReviewRefusal::BodyForbidden,
    })
}

/// The note to the platform; may be empty.
pub(super) fn note(text: &str) -> Result<String, ReviewRefusal> {
    clean_text(text, 0, NOTE_MAX).map_err(|_| ReviewRefusal::NoteMisfit { max: NOTE_MAX as i64 })
}

/// The words of a reply.
pub(super) fn reply_text(text: &str) -> Result<String, ReviewRefusal> {
    clean_text(text, REPLY_MIN, REPLY_MAX).map_err(|_| ReviewRefusal::ReplyMisfit {
        min: REPLY_MIN as i64,
        max: REPLY_MAX as i64,
    })
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
