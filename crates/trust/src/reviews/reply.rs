//! Use case: the reviewed side answers once, in public.

use kernel::{Actor, Id};
use serde_json::json;
use store::{Fail, Tx};

use super::{ReviewRefusal, rules, sql, write};

/// What is answered.
#[derive(Clone, Debug)]
pub struct ReplyToReview {
    /// The review.
    pub review: Id,
    /// The words.
    pub reply: String,
}

/// Replies to a review about oneself. Refusals: not theirs, not open, already replied, too late, words that do not fit.
pub fn reply(tx: &mut Tx, actor: &Actor, cmd: &ReplyToReview) -> Result<(), Fail> {
    let account = actor.account().ok_or(ReviewRefusal::LogIn)?;
    let review = sql::find(tx, cmd.review)?.ok_or(ReviewRefusal::NotFound)?;
    let reply_days = site::settings::load(tx)?.reply_days;
    rules::may_reply(&review.replied(), account, tx.now(), reply_days)?;
    let text = rules::reply_text(&cmd.reply)?;
    if !sql::reply(tx, cmd.review, &text)? {
        return Err(ReviewRefusal::ReplyAlready.into());
    }
    let data = json!({ "order": review.order, "author": review.author, "about": review.about });
    tx.emit(write::event("review.replied", cmd.review, Some(account), &data))?;
    Ok(())
}
