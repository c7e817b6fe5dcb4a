//! Every statement on requests, their skills and versions.

use kernel::{AccountId, Currency, Id, Money, Timestamp};
use store::{Fault, Row, Tx, params};

use super::{Browse, Content, Request, RequestState, pages};

fn read(row: &Row) -> Result<Request, Fault> {
    let currency: Currency = row.get(6)?;
    let amount = |minor: Option<i64>| minor.map(|minor| Money::new(minor, currency));
    Ok(Request {
        id: row.get(0)?,
        client: row.get(1)?,
        state: RequestState::from_word(&row.get::<String>(2)?)?,
        content: Content {
            title: row.get(3)?,
            brief: row.get(4)?,
            category: row.get(5)?,
            skills: Vec::new(),
            budget_min: amount(row.get(7)?),
            budget_max: amount(row.get(8)?),
            deadline: row.get(9)?,
            wish_days: row.get(10)?,
            files: Vec::new(),
        },
        version: row.get(11)?,
        inspected_version: row.get(12)?,
        rejection: row.get(13)?,
        awarded_bid: row.get(14)?,
        made_at: row.get(15)?,
        changed_at: row.get(16)?,
        published_at: row.get(17)?,
        ended_at: row.get(18)?,
    })
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<Request>, Fault> {
    let sql = "SELECT id, client_id, state, title, brief, category_id, currency, budget_min_minor, budget_max_minor, deadline_at, wish_days, version, \
               inspected_version, rejection, awarded_bid_id, made_at, changed_at, published_at, ended_at FROM requests WHERE id = ?1";
    tx.query_opt(sql, params![id], read)
}

pub(super) fn skills(tx: &mut Tx, id: Id) -> Result<Vec<Id>, Fault> {
    tx.query(
        "SELECT skill_id FROM request_skills WHERE request_id = ?1 ORDER BY skill_id",
        params![id],
        |row| row.get(0),
    )
}

pub(super) fn set_skills(tx: &mut Tx, id: Id, skills: &[Id]) -> Result<(), Fault> {
    tx.execute("DELETE FROM request_skills WHERE request_id = ?1", params![id])?;
    for skill in skills {
        tx.execute(
            "INSERT INTO request_skills (request_id, skill_id) VALUES (?1, ?2)",
            params![id, *skill],
        )?;
    }
    Ok(())
}

pub(super) fn add(tx: &mut Tx, client: AccountId, c: &Content, currency: Currency) -> Result<Id, Fault> {
    let (id, now) = (tx.new_id(), tx.now());
    let sql = "INSERT INTO requests (id, client_id, state, title, brief, category_id, currency, budget_min_minor, budget_max_minor, deadline_at, wish_days, \
               version, made_at, changed_at) VALUES (?1, ?2, 'draft', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1, ?11, ?11)";
    let (low, high) = (minor(c.budget_min), minor(c.budget_max));
    tx.execute(
        sql,
        params![
            id,
            client,
            &c.title,
            &c.brief,
            c.category,
            currency,
            low,
            high,
            c.deadline,
            c.wish_days,
            now
        ],
    )?;
    Ok(id)
}

/// Writes the content into the version that was seen. Answers whether it still was the version.
pub(super) fn update(tx: &mut Tx, id: Id, seen: i64, c: &Content) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "UPDATE requests SET title = ?3, brief = ?4, category_id = ?5, budget_min_minor = ?6, budget_max_minor = ?7, deadline_at = ?8, wish_days = ?9, \
               version = version + 1, changed_at = ?10 WHERE id = ?1 AND version = ?2";
    let (low, high) = (minor(c.budget_min), minor(c.budget_max));
    Ok(tx.execute(
        sql,
        params![
            id,
            seen,
            &c.title,
            &c.brief,
            c.category,
            low,
            high,
            c.deadline,
            c.wish_days,
            now
        ],
    )? == 1)
}

fn minor(amount: Option<Money>) -> Option<i64> {
    amount.map(|amount| amount.minor())
}

/// Raises the version when it still is the one that was seen.
pub(super) fn bump(tx: &mut Tx, id: Id, seen: i64) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "UPDATE requests SET version = version + 1, changed_at = ?3 WHERE id = ?1 AND version = ?2";
    Ok(tx.execute(sql, params![id, seen, now])? == 1)
}

/// Keeps what this version says, and forgets all but the last fifty.
pub(super) fn keep_version(tx: &mut Tx, id: Id, version: i64, content: &Content) -> Result<(), Fault> {
    let now = tx.now();
    let text = serde_json::to_string(content).map_err(|e| Fault::broken(format!("request content: {e}")))?;
    let sql = "INSERT INTO request_versions (request_id, version, content, made_at) VALUES (?1, ?2, ?3, ?4)";
    tx.execute(sql, params![id, version, text, now])?;
    let sql = "DELETE FROM request_versions WHERE request_id = ?1 AND version < ?2 AND version <> \
               COALESCE((SELECT inspected_version FROM requests WHERE id = ?1), 0)";
    tx.execute(sql, params![id, version - 50])?;
    Ok(())
}

pub(super) fn version(tx: &mut Tx, id: Id, version: i64) -> Result<Option<Content>, Fault> {
    let sql = "SELECT content FROM request_versions WHERE request_id = ?1 AND version = ?2";
    tx.query_opt(sql, params![id, version], |row| {
        let text: String = row.get(0)?;
        serde_json::from_str(&text).map_err(|e| Fault::Shape(format!("request content: {e}")))
    })
}

pub(super) fn count_drafts(tx: &mut Tx, client: AccountId) -> Result<i64, Fault> {
    tx.query_one(
        "SELECT COUNT(*) FROM requests WHERE client_id = ?1 AND state IN ('draft', 'rejected')",
        params![client],
        |row| row.get(0),
    )
}

pub(super) fn count_running(tx: &mut Tx, client: AccountId) -> Result<i64, Fault> {
    tx.query_one(
        "SELECT COUNT(*) FROM requests WHERE client_id = ?1 AND state IN ('pending', 'open')",
        params![client],
        |row| row.get(0),
    )
}

pub(super) fn set_state(tx: &mut Tx, id: Id, state: RequestState) -> Result<(), Fault> {
    tx.execute(
        "UPDATE requests SET state = ?2, rejection = NULL WHERE id = ?1",
        params![id, state.word()],
    )?;
    Ok(())
}

pub(super) fn publish(tx: &mut Tx, id: Id, inspected: Option<i64>) -> Result<(), Fault> {
    let now = tx.now();
    let sql = "UPDATE requests SET state = 'open', rejection = NULL, published_at = COALESCE(published_at, ?2), \
               inspected_version = COALESCE(CAST(?3 AS BIGINT), inspected_version) WHERE id = ?1";
    tx.execute(sql, params![id, now, inspected])?;
    Ok(())
}

pub(crate) fn reject(tx: &mut Tx, id: Id, reason: &str) -> Result<(), Fault> {
    tx.execute(
        "UPDATE requests SET state = 'rejected', rejection = ?2 WHERE id = ?1",
        params![id, reason],
    )?;
    Ok(())
}

pub(super) fn end(tx: &mut Tx, id: Id, state: RequestState) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        "UPDATE requests SET state = ?2, ended_at = ?3 WHERE id = ?1",
        params![id, state.word(), now],
    )?;
    Ok(())
}

pub(super) fn award(tx: &mut Tx, id: Id, bid: Id) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "UPDATE requests SET state = 'awarded', awarded_bid_id = ?2, ended_at = ?3 WHERE id = ?1 AND state IN ('open', 'closed')";
    Ok(tx.execute(sql, params![id, bid, now])? == 1)
}

pub(super) fn reopen(tx: &mut Tx, id: Id, state: RequestState) -> Result<(), Fault> {
    let now = tx.now();
    let sql = "UPDATE requests SET state = ?2, awarded_bid_id = NULL, ended_at = CASE WHEN ?2 = 'closed' THEN CAST(?3 AS BIGINT) ELSE NULL END WHERE id = ?1";
    tx.execute(sql, params![id, state.word(), now])?;
    Ok(())
}

/// Open requests whose time for bids is over.
pub(super) fn due(tx: &mut Tx, limit: i64) -> Result<Vec<(Id, AccountId)>, Fault> {
    let now = tx.now();
    let sql = "SELECT id, client_id FROM requests WHERE state = 'open' AND deadline_at <= ?1 ORDER BY deadline_at, id LIMIT ?2";
    tx.query(sql, params![now, limit], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Closed requests whose time to choose is over and that still have live bids.
pub(super) fn unchosen(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<Vec<(Id, AccountId)>, Fault> {
    let sql = "SELECT r.id, r.client_id FROM requests r WHERE r.state = 'closed' AND r.ended_at <= ?1 \
               AND EXISTS (SELECT 1 FROM bids b WHERE b.request_id = r.id AND b.state = 'live') ORDER BY r.id LIMIT ?2";
    tx.query(sql, params![before, limit], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A client's requests that were ever public, and those that ended with a hire.
pub(super) fn client_record(tx: &mut Tx, client: AccountId) -> Result<(i64, i64), Fault> {
    let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN state = 'awarded' THEN 1 ELSE 0 END), 0) AS BIGINT) FROM requests \
               WHERE client_id = ?1 AND published_at IS NOT NULL";
    tx.query_one(sql, params![client], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(super) fn counts_by_category(tx: &mut Tx) -> Result<Vec<(Id, i64)>, Fault> {
    let sql = "SELECT COALESCE(c.parent_id, c.id), COUNT(*) FROM requests r JOIN categories c ON c.id = r.category_id \
               WHERE r.state = 'open' GROUP BY COALESCE(c.parent_id, c.id) ORDER BY COALESCE(c.parent_id, c.id)";
    tx.query(sql, params![], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn read_row(row: &Row) -> Result<pages::Row, Fault> {
    let currency: Currency = row.get(6)?;
    let amount = |minor: Option<i64>| minor.map(|minor| Money::new(minor, currency));
    Ok(pages::Row {
        id: row.get(0)?,
        client: row.get(1)?,
        state: RequestState::from_word(&row.get::<String>(2)?)?,
        title: row.get(3)?,
        excerpt: excerpt(&row.get::<String>(4)?),
        category: row.get(5)?,
        budget_min: amount(row.get(7)?),
        budget_max: amount(row.get(8)?),
        deadline: row.get(9)?,
        wish_days: row.get(10)?,
        at: row.get(11)?,
        rejection: row.get(12)?,
        version: row.get(13)?,
        bids: row.get(14)?,
    })
}

/// The beginning of a brief without the signs of Markdown, about two lines.
fn excerpt(brief: &str) -> String {
    let words = brief.lines().filter(|line| !line.trim_start().starts_with('#'));
    let plain: String = words
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !matches!(c, '*' | '`' | '>' | '#' | '_'))
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = plain.chars().take(120).collect();
    if plain.chars().nth(120).is_some() {
        short.push('…');
    }
    short
}

pub(super) fn browse(tx: &mut Tx, q: &Browse, limit: i64) -> Result<Vec<pages::Row>, Fault> {
    let sql = "SELECT r.id, r.client_id, r.state, r.title, r.brief, r.category_id, r.currency, r.budget_min_minor, r.budget_max_minor, r.deadline_at, r.wish_days, \
               r.published_at, r.rejection, r.version, (SELECT COUNT(*) FROM bids b WHERE b.request_id = r.id AND b.state = 'live') \
               FROM requests r LEFT JOIN categories c ON c.id = r.category_id WHERE r.state = 'open' \
               AND (CAST(?1 AS TEXT) IS NULL OR lower(r.title) LIKE CAST(?1 AS TEXT) ESCAPE '!' OR lower(r.brief) LIKE CAST(?1 AS TEXT) ESCAPE '!') \
               AND (CAST(?2 AS BIGINT) IS NULL OR c.id = CAST(?2 AS BIGINT) OR c.parent_id = CAST(?2 AS BIGINT)) \
               AND (CAST(?3 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM request_skills s WHERE s.request_id = r.id AND s.skill_id = CAST(?3 AS BIGINT))) \
               AND (CAST(?4 AS BIGINT) IS NULL OR r.budget_max_minor >= CAST(?4 AS BIGINT)) \
               AND (CAST(?5 AS BIGINT) IS NULL OR COALESCE(r.budget_min_minor, r.budget_max_minor) <= CAST(?5 AS BIGINT)) \
               AND (CAST(?6 AS BIGINT) IS NULL OR r.published_at < CAST(?6 AS BIGINT) OR (r.published_at = CAST(?6 AS BIGINT) AND r.id < CAST(?7 AS BIGINT))) \
               ORDER BY r.published_at DESC, r.id DESC LIMIT ?8";
    let (at, id) = q.after.unzip();
    let parameters = params![
        pattern(&q.words),
        q.category,
        q.skill,
        minor(q.budget_from),
        minor(q.budget_to),
        at,
        id,
        limit
    ];
    tx.query(sql, parameters, read_row)
}

/// The words as a pattern that contains them; nothing for no words.
fn pattern(words: &str) -> Option<String> {
    let words = words.trim().to_ascii_lowercase();
    let escaped = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    (!words.is_empty()).then(|| format!("%{escaped}%"))
}

pub(super) fn mine(tx: &mut Tx, client: AccountId, limit: i64) -> Result<Vec<pages::Row>, Fault> {
    let sql = "SELECT r.id, r.client_id, r.state, r.title, r.brief, r.category_id, r.currency, r.budget_min_minor, r.budget_max_minor, r.deadline_at, r.wish_days, \
               COALESCE(r.published_at, r.changed_at), r.rejection, r.version, (SELECT COUNT(*) FROM bids b WHERE b.request_id = r.id AND b.state = 'live') \
               FROM requests r WHERE r.client_id = ?1 AND NOT (r.state = 'withdrawn' AND r.published_at IS NULL) ORDER BY r.id DESC LIMIT ?2";
    tx.query(sql, params![client, limit], read_row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_as_they_are() {
        assert_eq!(pattern("  "), None);
        assert_eq!(pattern("50%_OFF!"), Some("%50!%!_off!!%".to_owned()));
    }

    #[test]
    fn excerpts_are_plain_and_short() {
        assert_eq!(excerpt("## 用在哪里\n**门头**和`纸袋`\n\n第二段"), "门头和纸袋 第二段");
        assert_eq!(excerpt(&"长".repeat(500)).chars().count(), 121);
    }
}
