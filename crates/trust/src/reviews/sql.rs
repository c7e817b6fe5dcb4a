//! Statements on reviews, their marks and the policies they are judged by.

use kernel::{AccountId, Id, Money, Timestamp};
use store::{Fault, Row, Tx, params};

use super::Hat;
use super::rules::Replied;

/// A review to be written down.
pub(super) struct NewReview<'a> {
    pub(super) id: Id,
    pub(super) order: Id,
    pub(super) author: AccountId,
    pub(super) about: AccountId,
    pub(super) hat: Hat,
    pub(super) body: &'a str,
    pub(super) private_note: &'a str,
    pub(super) value: Money,
    pub(super) closes_at: Timestamp,
}

/// A review as it stands in its row.
#[derive(Clone, Debug)]
pub(super) struct ReviewRow {
    pub(super) id: Id,
    pub(super) order: Id,
    pub(super) author: AccountId,
    pub(super) about: AccountId,
    pub(super) hat: Hat,
    pub(super) body: String,
    pub(super) value: Money,
    pub(super) written_at: Timestamp,
    pub(super) closes_at: Timestamp,
    pub(super) published_at: Option<Timestamp>,
    pub(super) reply: Option<String>,
    pub(super) replied_at: Option<Timestamp>,
}

impl ReviewRow {
    pub(super) fn replied(&self) -> Replied {
        Replied {
            about: self.about,
            published_at: self.published_at,
            replied: self.reply.is_some(),
        }
    }
}

fn read(row: &Row) -> Result<ReviewRow, Fault> {
    Ok(ReviewRow {
        id: row.get(0)?,
        order: row.get(1)?,
        author: row.get(2)?,
        about: row.get(3)?,
        hat: row.get(4)?,
        body: row.get(5)?,
        value: row.money(6, 7)?,
        written_at: row.get(8)?,
        closes_at: row.get(9)?,
        published_at: row.get(10)?,
        reply: row.get(11)?,
        replied_at: row.get(12)?,
    })
}

/// Adds a review; answers false when its author has reviewed this order.
pub(super) fn insert(tx: &mut Tx, new: &NewReview) -> Result<bool, Fault> {
    let sql = "INSERT INTO reviews (id, order_id, author_id, about_id, about_hat, body, private_note, value_minor, currency, written_at, closes_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (order_id, author_id) DO NOTHING";
    let (now, value) = (tx.now(), new.value);
    let row = params![
        new.id,
        new.order,
        new.author,
        new.about,
        new.hat,
        new.body,
        new.private_note,
        value.minor(),
        value.currency(),
        now,
        new.closes_at
    ];
    Ok(tx.execute(sql, row)? == 1)
}

pub(super) fn insert_mark(tx: &mut Tx, review: Id, dimension: &str, mark: i64) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO review_marks (review_id, dimension, mark) VALUES (?1, ?2, ?3)",
        params![review, dimension, mark],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<ReviewRow>, Fault> {
    let sql = "SELECT id, order_id, author_id, about_id, about_hat, body, value_minor, currency, written_at, closes_at, published_at, reply, replied_at \
               FROM reviews WHERE id = ?1";
    tx.query_opt(sql, params![id], read)
}

pub(super) fn of_author(tx: &mut Tx, order: Id, author: AccountId) -> Result<Option<ReviewRow>, Fault> {
    let sql = "SELECT id, order_id, author_id, about_id, about_hat, body, value_minor, currency, written_at, closes_at, published_at, reply, replied_at \
               FROM reviews WHERE order_id = ?1 AND author_id = ?2";
    tx.query_opt(sql, params![order, author], read)
}

pub(super) fn of_order(tx: &mut Tx, order: Id) -> Result<Vec<ReviewRow>, Fault> {
    let sql = "SELECT id, order_id, author_id, about_id, about_hat, body, value_minor, currency, written_at, closes_at, published_at, reply, replied_at \
               FROM reviews WHERE order_id = ?1 ORDER BY id";
    tx.query(sql, params![order], read)
}

/// Published reviews about somebody under one hat, newest first.
pub(super) fn published(tx: &mut Tx, about: AccountId, hat: Hat, limit: i64) -> Result<Vec<ReviewRow>, Fault> {
    let sql = "SELECT id, order_id, author_id, about_id, about_hat, body, value_minor, currency, written_at, closes_at, published_at, reply, replied_at \
               FROM reviews WHERE about_id = ?1 AND about_hat = ?2 AND published_at IS NOT NULL ORDER BY id DESC LIMIT ?3";
    tx.query(sql, params![about, hat, limit], read)
}

/// Published reviews about somebody under one hat, older than `before`, newest first.
pub(super) fn published_before(
    tx: &mut Tx,
    about: AccountId,
    hat: Hat,
    before: Id,
    limit: i64,
) -> Result<Vec<ReviewRow>, Fault> {
    let sql = "SELECT id, order_id, author_id, about_id, about_hat, body, value_minor, currency, written_at, closes_at, published_at, reply, replied_at \
               FROM reviews WHERE about_id = ?1 AND about_hat = ?2 AND published_at IS NOT NULL AND id < ?3 ORDER BY id DESC LIMIT ?4";
    tx.query(sql, params![about, hat, before, limit], read)
}

/// Reviews whose window has ended and that are still hidden.
pub(super) fn due(tx: &mut Tx, limit: i64) -> Result<Vec<ReviewRow>, Fault> {
    let now = tx.now();
    let sql = "SELECT id, order_id, author_id, about_id, about_hat, body, value_minor, currency, written_at, closes_at, published_at, reply, replied_at \
               FROM reviews WHERE published_at IS NULL AND closes_at <= ?1 ORDER BY closes_at, id LIMIT ?2";
    tx.query(sql, params![now, limit], read)
}

/// The hidden reviews of an order: id, author, about.
pub(super) fn hidden_of(tx: &mut Tx, order: Id) -> Result<Vec<(Id, AccountId, AccountId)>, Fault> {
    let sql = "SELECT id, author_id, about_id FROM reviews WHERE order_id = ?1 AND published_at IS NULL ORDER BY id";
    tx.query(sql, params![order], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

pub(super) fn publish(tx: &mut Tx, id: Id) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "UPDATE reviews SET published_at = ?2 WHERE id = ?1 AND published_at IS NULL";
    Ok(tx.execute(sql, params![id, now])? == 1)
}

pub(super) fn reply(tx: &mut Tx, id: Id, text: &str) -> Result<bool, Fault> {
    let now = tx.now();
    let sql =
        "UPDATE reviews SET reply = ?2, replied_at = ?3 WHERE id = ?1 AND reply IS NULL AND published_at IS NOT NULL";
    Ok(tx.execute(sql, params![id, text, now])? == 1)
}

pub(super) fn marks_of(tx: &mut Tx, review: Id) -> Result<Vec<(String, i64)>, Fault> {
    let sql = "SELECT dimension, mark FROM review_marks WHERE review_id = ?1 ORDER BY dimension";
    tx.query(sql, params![review], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Every mark of the published reviews about somebody under one hat.
pub(super) fn marks_about(tx: &mut Tx, about: AccountId, hat: Hat) -> Result<Vec<(Id, String, i64)>, Fault> {
    let sql = "SELECT m.review_id, m.dimension, m.mark FROM review_marks m JOIN reviews r ON r.id = m.review_id \
               WHERE r.about_id = ?1 AND r.about_hat = ?2 AND r.published_at IS NOT NULL ORDER BY m.review_id, m.dimension";
    tx.query(sql, params![about, hat], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

pub(super) fn newest_policy(tx: &mut Tx) -> Result<Option<(i64, String)>, Fault> {
    let sql = "SELECT version, body FROM review_policies ORDER BY version DESC LIMIT 1";
    tx.query_opt(sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(super) fn add_policy(tx: &mut Tx, version: i64, body: &str) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO review_policies (version, body, made_at) VALUES (?1, ?2, ?3)",
        params![version, body, now],
    )?;
    Ok(())
}
