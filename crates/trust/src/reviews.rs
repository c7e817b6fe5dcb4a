//! A review is what one side of an ended order says of the other: marks in several dimensions, words, and a note only
//! the platform reads. Nobody sees it until both are in or the window has ended, so that neither can answer the other.
//! The rating is made of published reviews only and always carries the reviews it was made of.
//!
//! Not here: removal for a breach, and appeals.

mod deals;
mod open_due;
mod pages;
mod policy;
pub mod rating;
mod reply;
mod rules;
mod sql;
mod words;
mod write;

pub use deals::Deal;
pub use open_due::open_due;
pub use pages::{
    OwnReview, RatingBrief, RatingView, Receipt, ReviewPage, ReviewView, by, for_order, hat_of, received, summaries,
    summary, summary_as,
};
pub(crate) use policy::install;
pub use policy::{Dimension, Policy, RatingRules, ValueStep, policy};
pub use reply::{ReplyToReview, reply};
pub use rules::{MARK_MAX, MARK_MIN, ReviewRefusal, may_reply, may_write};
pub use words::Hat;
pub use write::{WriteReview, Written, write};
