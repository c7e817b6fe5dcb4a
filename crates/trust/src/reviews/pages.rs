//! What pages show: the rating with its receipts, reviews somebody received, and the state of an order's reviews.

use std::collections::BTreeMap;

use kernel::{AccountId, Actor, Id, Money, Timestamp};
use store::{Fail, Fault, Tx};

use super::policy::{self, Dimension, Policy, RatingRules};
use super::rating::{self, Fact, Weight};
use super::sql::{self, ReviewRow};
use super::{Deal, Hat, ReviewRefusal, deals, rules};
use crate::links;

/// The rating looks at this many of the newest reviews.
const FACTS_MAX: i64 = 500;

/// A rating for a list: the number and how many made it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RatingBrief {
    /// Thousandths, 4250 is 4.25; nothing before the first review.
    pub shown: Option<i64>,
    /// Published reviews.
    pub count: i64,
}

impl RatingBrief {
    /// The number as people see it, `4.3`; empty before the first review.
    pub fn text(&self) -> String {
        self.shown.map_or_else(String::new, tenths)
    }
}

/// Thousandths as people see them: one decimal, rounded half up.
fn tenths(milli: i64) -> String {
    let tenths = (milli + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// One review a rating was made of, and what it counts.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The review.
    pub review: Id,
    /// Who wrote it.
    pub author: AccountId,
    /// Their name.
    pub author_name: String,
    /// The mean of its marks, in thousandths.
    pub mark: i64,
    /// Why it counts what it counts.
    pub weight: Weight,
    /// What the order was worth.
    pub value: Money,
    /// When it was written.
    pub at: Timestamp,
}

impl Receipt {
    /// The mark as people see it.
    pub fn mark_text(&self) -> String {
        tenths(self.mark)
    }

    /// What the order was worth, rounded to how the rating looks at it: the step, not the sum, since strangers read it.
    pub fn worth_text(&self) -> String {
        let unit = 10_i64.saturating_pow(self.value.currency().exponent());
        let whole = self.value.minor().max(0) / unit;
        let digits = whole.checked_ilog10().unwrap_or(0);
        let round = 10_i64.saturating_pow(digits);
        format!("≈ {}{}", self.value.currency().symbol(), whole / round * round)
    }

    /// What it counts, as a percentage of an ordinary review.
    pub fn percent(&self) -> i64 {
        (self.weight.total() + 5) / 10
    }
}

/// A rating with its receipts.
#[derive(Clone, Debug)]
pub struct RatingView {
    /// Whose hat it is about.
    pub hat: Hat,
    /// Thousandths; nothing before the first review.
    pub shown: Option<i64>,
    /// What it would be without the cap for few reviewers.
    pub uncapped: i64,
    /// Published reviews.
    pub count: i64,
    /// Different reviewers.
    pub reviewers: i64,
    /// The weighted mean of each dimension, in thousandths; nothing where nobody gave a mark.
    pub by_dimension: Vec<(Dimension, Option<i64>)>,
    /// What it was made of, newest first.
    pub receipts: Vec<Receipt>,
    /// The rules it was made by.
    pub rules: RatingRules,
}

impl RatingView {
    /// The number as people see it; empty before the first review.
    pub fn text(&self) -> String {
        self.shown.map_or_else(String::new, tenths)
    }

    /// The mean of a dimension as people see it; a dash where there is none.
    pub fn dimension_text(&self, mean: &Option<i64>) -> String {
        mean.map_or_else(|| "–".to_owned(), tenths)
    }

    /// Whether the cap for few reviewers lowered it.
    pub fn is_capped(&self) -> bool {
        self.shown.is_some_and(|s| s < self.uncapped)
    }

    /// The number and how many made it.
    pub fn brief(&self) -> RatingBrief {
        RatingBrief {
            shown: self.shown,
            count: self.count,
        }
    }

    /// Where everybody starts, as people see it.
    pub fn prior_text(&self) -> String {
        tenths(self.rules.prior)
    }

    /// How many ordinary reviews the start counts as.
    pub fn prior_weight_text(&self) -> String {
        let text = tenths(self.rules.prior_weight);
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    }

    /// The cap for few reviewers, as people see it.
    pub fn cap_text(&self) -> String {
        tenths(self.rules.few_cap)
    }
}

/// How somebody is rated as a provider, with every review it was made of.
pub fn summary(tx: &mut Tx, account: AccountId) -> Result<RatingView, Fault> {
    summary_as(tx, account, Hat::Provider)
}

/// How somebody is rated under one hat, with every review it was made of.
pub fn summary_as(tx: &mut Tx, account: AccountId, hat: Hat) -> Result<RatingView, Fault> {
    let policy = policy::policy(tx)?;
    let rows = sql::published(tx, account, hat, FACTS_MAX)?;
    let marks = marks_by_review(tx, account, hat)?;
    let facts = facts(tx, account, &rows, &marks)?;
    let rating = rating::rate(&policy.rating, &facts, tx.now());
    let mut receipts = Vec::with_capacity(rows.len());
    for ((row, fact), weight) in rows.iter().zip(&facts).zip(&rating.weights) {
        receipts.push(receipt(tx, row, fact, *weight)?);
    }
    Ok(RatingView {
        hat,
        shown: (!rows.is_empty()).then_some(rating.shown),
        uncapped: rating.uncapped,
        count: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        reviewers: rating.reviewers,
        by_dimension: by_dimension(&policy, hat, &receipts, &marks),
        receipts,
        rules: policy.rating,
    })
}

/// The ratings of several providers, in the order asked.
pub fn summaries(tx: &mut Tx, accounts: &[AccountId]) -> Result<Vec<RatingBrief>, Fault> {
    accounts
        .iter()
        .map(|account| summary(tx, *account).map(|view| view.brief()))
        .collect()
}

type Marks = BTreeMap<Id, Vec<(String, i64)>>;

fn marks_by_review(tx: &mut Tx, account: AccountId, hat: Hat) -> Result<Marks, Fault> {
    let mut marks = Marks::new();
    for (review, dimension, mark) in sql::marks_about(tx, account, hat)? {
        marks.entry(review).or_default().push((dimension, mark));
    }
    Ok(marks)
}

fn facts(tx: &mut Tx, about: AccountId, rows: &[ReviewRow], marks: &Marks) -> Result<Vec<Fact>, Fault> {
    rows.iter()
        .map(|row| {
            let given = marks.get(&row.id).map_or(&[][..], Vec::as_slice);
            let mark = rating::mean(given.iter().map(|(_, mark)| (mark * rating::ONE, 1))).unwrap_or(0);
            let linked = links::linked(tx, about, row.author)?;
            Ok(Fact {
                author: row.author,
                mark,
                value: row.value,
                at: row.written_at,
                linked,
            })
        })
        .collect()
}

fn receipt(tx: &mut Tx, row: &ReviewRow, fact: &Fact, weight: Weight) -> Result<Receipt, Fault> {
    Ok(Receipt {
        review: row.id,
        author: row.author,
        author_name: name(tx, row.author)?,
        mark: fact.mark,
        weight,
        value: row.value,
        at: row.written_at,
    })
}

fn by_dimension(policy: &Policy, hat: Hat, receipts: &[Receipt], marks: &Marks) -> Vec<(Dimension, Option<i64>)> {
    let mean_of = |code: &str| {
        let weighed = receipts.iter().filter_map(|r| {
            let (_, mark) = marks.get(&r.review)?.iter().find(|(c, _)| c == code)?;
            Some((mark * rating::ONE, r.weight.total()))
        });
        rating::mean(weighed)
    };
    policy.about(hat).map(|d| (d.clone(), mean_of(&d.code))).collect()
}

/// A published review as everybody sees it.
#[derive(Clone, Debug)]
pub struct ReviewView {
    /// Its id.
    pub id: Id,
    /// The order it is about.
    pub order: Id,
    /// What the order was called.
    pub title: String,
    /// Who wrote it.
    pub author: AccountId,
    /// Their name.
    pub author_name: String,
    /// Whom it is about.
    pub about: AccountId,
    /// The hat they wore.
    pub hat: Hat,
    /// The marks, with what they are called, in the order asked.
    pub marks: Vec<(Dimension, i64)>,
    /// The words.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
    /// The answer of the reviewed side.
    pub reply: Option<(String, Timestamp)>,
    /// Until when the reviewed side may answer; nothing when it cannot any more.
    pub reply_until: Option<Timestamp>,
}

impl ReviewView {
    /// The mean of the marks as people see it.
    pub fn mark_text(&self) -> String {
        rating::mean(self.marks.iter().map(|(_, m)| (m * rating::ONE, 1))).map_or_else(String::new, tenths)
    }
}

/// Published reviews about somebody under one hat, newest first, older than `before`.
pub fn received(
    tx: &mut Tx,
    about: AccountId,
    hat: Hat,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<ReviewView>, Fail> {
    let before = before.unwrap_or(Id::from_raw(i64::MAX));
    let rows = sql::published_before(tx, about, hat, before, limit)?;
    let policy = policy::policy(tx)?;
    rows.iter().map(|row| view(tx, &policy, row)).collect()
}

fn view(tx: &mut Tx, policy: &Policy, row: &ReviewRow) -> Result<ReviewView, Fail> {
    let given = sql::marks_of(tx, row.id)?;
    let mark = |d: &Dimension| {
        given
            .iter()
            .find(|(code, _)| *code == d.code)
            .map(|(_, m)| (d.clone(), *m))
    };
    let reply_days = site::settings::load(tx)?.reply_days;
    let may_reply = rules::may_reply(&row.replied(), row.about, tx.now(), reply_days).is_ok();
    Ok(ReviewView {
        id: row.id,
        order: row.order,
        title: deals::find(tx, row.order)?.map(|deal| deal.title).unwrap_or_default(),
        author: row.author,
        author_name: name(tx, row.author)?,
        about: row.about,
        hat: row.hat,
        marks: policy.about(row.hat).filter_map(mark).collect(),
        body: row.body.clone(),
        at: row.written_at,
        reply: row.reply.clone().zip(row.replied_at),
        reply_until: row
            .published_at
            .filter(|_| may_reply)
            .map(|at| at.plus_days(reply_days)),
    })
}

fn name(tx: &mut Tx, account: AccountId) -> Result<String, Fault> {
    Ok(accounts::people::card(tx, account)?.map(|p| p.name).unwrap_or_default())
}

/// What the reader has said about an order, before it is open.
#[derive(Clone, Debug)]
pub struct OwnReview {
    /// The review.
    pub id: Id,
    /// The words.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
    /// Whether everybody can read it.
    pub is_open: bool,
    /// When it opens at the latest.
    pub opens_at: Timestamp,
}

/// Everything the review page of an order shows to one of its sides.
#[derive(Clone, Debug)]
pub struct ReviewPage {
    /// The order.
    pub deal: Deal,
    /// The hat of the other side.
    pub about_hat: Hat,
    /// The name of the other side.
    pub about_name: String,
    /// What is asked.
    pub asked: Vec<Dimension>,
    /// Why no review can be written now; nothing when one can.
    pub refused: Option<ReviewRefusal>,
    /// Until when one can be written.
    pub until: Option<Timestamp>,
    /// What the reader has written.
    pub own: Option<OwnReview>,
    /// Whether the other side has written. Never what.
    pub other_is_in: bool,
    /// The open reviews of the order.
    pub open: Vec<ReviewView>,
}

/// The review page of an order for one of its sides; not found for everybody else.
pub fn for_order(tx: &mut Tx, actor: &Actor, order: Id) -> Result<ReviewPage, Fail> {
    let reader = actor.account().ok_or(ReviewRefusal::LogIn)?;
    let deal = deals::find(tx, order)?.ok_or(ReviewRefusal::NotFound)?;
    let own_hat = deal.hat_of(reader).ok_or(ReviewRefusal::NotFound)?;
    let (policy, days) = (policy::policy(tx)?, site::settings::load(tx)?.review_window_days);
    let rows = sql::of_order(tx, order)?;
    let own = rows.iter().find(|r| r.author == reader).map(own_review);
    let may = rules::may_write(&deal, reader, tx.now(), days);
    let open = rows
        .iter()
        .filter(|r| r.published_at.is_some())
        .map(|r| view(tx, &policy, r))
        .collect::<Result<_, _>>()?;
    Ok(ReviewPage {
        about_hat: own_hat.other(),
        about_name: name(tx, deal.wearer(own_hat.other()))?,
        asked: policy.about(own_hat.other()).cloned().collect(),
        refused: may.err().or_else(|| own.is_some().then_some(ReviewRefusal::Already)),
        until: deal.ended_at.map(|at| at.plus_days(days)),
        other_is_in: rows.iter().any(|r| r.author != reader),
        own,
        open,
        deal,
    })
}

fn own_review(row: &ReviewRow) -> OwnReview {
    OwnReview {
        id: row.id,
        body: row.body.clone(),
        at: row.written_at,
        is_open: row.published_at.is_some(),
        opens_at: row.closes_at,
    }
}

/// What somebody said about an order, if they did: for lists that offer to review.
pub fn by(tx: &mut Tx, author: AccountId, order: Id) -> Result<Option<OwnReview>, Fault> {
    Ok(sql::of_author(tx, order, author)?.as_ref().map(own_review))
}

/// The hat a review is about, when it is open.
pub fn hat_of(tx: &mut Tx, review: Id) -> Result<Option<Hat>, Fault> {
    Ok(sql::find(tx, review)?
        .filter(|row| row.published_at.is_some())
        .map(|row| row.hat))
}
