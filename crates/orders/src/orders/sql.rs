//! Every statement on orders, their parts, moves and deliveries.

use engine::{PartState, Plan};
use kernel::{AccountId, Id, Timestamp};
use store::{Fault, Row, Tx, params};

use super::lists::Worth;
use super::state::{Head, PartHead};
use super::{Cause, ClosedDeal, EndedOrder, Loaded, Parties};
use crate::contracts::{Contract, PlanPart};

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|e| Fault::Shape(format!("stored JSON: {e}")))
}

fn text<T: serde::Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::broken(e.to_string()))
}

fn place(part: usize) -> i64 {
    i64::try_from(part).unwrap_or(i64::MAX)
}

fn part_of(value: Option<i64>) -> Option<usize> {
    value.and_then(|part| usize::try_from(part).ok())
}

pub(super) fn parties(tx: &mut Tx, order: Id) -> Result<Option<Parties>, Fault> {
    let sql = "SELECT client_id, provider_id FROM orders WHERE id = ?1";
    tx.query_opt(sql, params![order], |row| {
        Ok(Parties {
            client: row.get(0)?,
            provider: row.get(1)?,
        })
    })
}

pub(super) fn parties_of_delivery(tx: &mut Tx, delivery: Id) -> Result<Option<Parties>, Fault> {
    let sql = "SELECT o.client_id, o.provider_id FROM deliveries d JOIN orders o ON o.id = d.order_id WHERE d.id = ?1";
    tx.query_opt(sql, params![delivery], |row| {
        Ok(Parties {
            client: row.get(0)?,
            provider: row.get(1)?,
        })
    })
}

pub(super) fn heading(tx: &mut Tx, order: Id) -> Result<Option<(String, Parties)>, Fault> {
    let sql = "SELECT title, client_id, provider_id FROM orders WHERE id = ?1";
    tx.query_opt(sql, params![order], |row| {
        Ok((
            row.get(0)?,
            Parties {
                client: row.get(1)?,
                provider: row.get(2)?,
            },
        ))
    })
}

pub(super) fn head(tx: &mut Tx, order: Id) -> Result<Option<Head>, Fault> {
    let sql = "SELECT id, contract_id, request_id, client_id, provider_id, title, process_name, process_version, terms, state, total_minor, currency, version, started_at, ended_at FROM orders WHERE id = ?1";
    tx.query_opt(sql, params![order], |row| {
        Ok(Head {
            id: row.get(0)?,
            contract: row.get(1)?,
            request: row.get(2)?,
            client: row.get(3)?,
            provider: row.get(4)?,
            title: row.get(5)?,
            process_name: row.get(6)?,
            process_version: row.get(7)?,
            terms: json(&row.get::<String>(8)?)?,
            state: row.get(9)?,
            total: row.money(10, 11)?,
            version: row.get(12)?,
            started_at: row.get(13)?,
            ended_at: row.get(14)?,
        })
    })
}

pub(super) fn parts(tx: &mut Tx, order: Id) -> Result<Vec<(PartHead, PartState)>, Fault> {
    let sql = "SELECT title, days, state, entered_at, turn_at, counters, pot_minor, pot_fee_minor, held_minor, held_fee_minor, to_client_minor, to_provider_minor, to_platform_minor FROM order_parts WHERE order_id = ?1 ORDER BY part";
    tx.query(sql, params![order], |row| {
        let head = PartHead {
            title: row.get(0)?,
            days: row.get(1)?,
        };
        let state = PartState {
            state: row.get(2)?,
            entered_at: row.get(3)?,
            turn_at: row.get(4)?,
            counters: json(&row.get::<String>(5)?)?,
            pot_minor: row.get(6)?,
            pot_fee_minor: row.get(7)?,
            held_minor: row.get(8)?,
            held_fee_minor: row.get(9)?,
            to_client_minor: row.get(10)?,
            to_provider_minor: row.get(11)?,
            to_platform_minor: row.get(12)?,
        };
        Ok((head, state))
    })
}

pub(super) fn insert(tx: &mut Tx, id: Id, contract: &Contract, state: &str) -> Result<(), Fault> {
    let (now, terms, c) = (tx.now(), text(&contract.terms)?, contract);
    let sql = "INSERT INTO orders (id, contract_id, request_id, client_id, provider_id, title, process_name, process_version, terms, state, total_minor, currency, version, started_at, moved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1, ?13, ?13)";
    tx.execute(
        sql,
        params![
            id,
            c.id,
            c.request,
            c.client,
            c.provider,
            &c.title,
            &c.process_name,
            c.process_version,
            terms,
            state,
            c.total.minor(),
            c.total.currency(),
            now
        ],
    )?;
    Ok(())
}

pub(super) fn insert_part(
    tx: &mut Tx,
    order: Id,
    part: usize,
    plan: &PlanPart,
    state: &PartState,
) -> Result<(), Fault> {
    let sql = "INSERT INTO order_parts (order_id, part, title, days, amount_minor, state, entered_at, turn_at, counters, pot_minor, pot_fee_minor, held_minor, held_fee_minor, to_client_minor, to_provider_minor, to_platform_minor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, 0, 0, 0, 0, 0)";
    let counters = text(&state.counters)?;
    tx.execute(
        sql,
        params![
            order,
            place(part),
            &plan.title,
            plan.days,
            plan.amount_minor,
            &state.state,
            state.entered_at,
            state.turn_at,
            counters
        ],
    )?;
    Ok(())
}

pub(super) fn update_part(tx: &mut Tx, order: Id, part: usize, s: &PartState) -> Result<(), Fault> {
    let sql = "UPDATE order_parts SET state = ?3, entered_at = ?4, turn_at = ?5, counters = ?6, pot_minor = ?7, pot_fee_minor = ?8, held_minor = ?9, held_fee_minor = ?10, to_client_minor = ?11, to_provider_minor = ?12, to_platform_minor = ?13 WHERE order_id = ?1 AND part = ?2";
    let counters = text(&s.counters)?;
    tx.execute(
        sql,
        params![
            order,
            place(part),
            &s.state,
            s.entered_at,
            s.turn_at,
            counters,
            s.pot_minor,
            s.pot_fee_minor,
            s.held_minor,
            s.held_fee_minor,
            s.to_client_minor,
            s.to_provider_minor,
            s.to_platform_minor
        ],
    )?;
    Ok(())
}

/// Raises the version; no row when somebody else did so first.
pub(super) fn bump(tx: &mut Tx, order: &Loaded, plan: &Plan, at: Timestamp) -> Result<u64, Fault> {
    let ended: Option<Timestamp> = plan.completed.then_some(at);
    let sql = "UPDATE orders SET state = ?3, version = version + 1, moved_at = ?4, ended_at = ?5 WHERE id = ?1 AND version = ?2";
    tx.execute(sql, params![order.id, order.version, &plan.order_to, at, ended])
}

/// A step to be written into the timeline.
pub(super) struct NewMove<'a> {
    pub(super) id: Id,
    pub(super) order: Id,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) money: &'a str,
    pub(super) cause: &'a Cause<'a>,
}

pub(super) fn insert_move(tx: &mut Tx, one: &NewMove) -> Result<(), Fault> {
    let now = tx.now();
    let sql = "INSERT INTO order_moves (id, order_id, part, transition, by_role, actor_id, from_state, to_state, note, money, delivery_id, at, written_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    let c = one.cause;
    tx.execute(
        sql,
        params![
            one.id,
            one.order,
            c.part.map(place),
            c.transition,
            c.role.name(),
            c.actor,
            one.from,
            one.to,
            c.note,
            one.money,
            c.delivery,
            c.at,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn last_move(tx: &mut Tx, order: Id) -> Result<Option<(String, Timestamp)>, Fault> {
    let sql = "SELECT transition, at FROM order_moves WHERE order_id = ?1 ORDER BY id DESC LIMIT 1";
    tx.query_opt(sql, params![order], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A step as the timeline reads it.
pub(super) struct MoveRow {
    pub(super) id: Id,
    pub(super) part: Option<usize>,
    pub(super) transition: String,
    pub(super) by: String,
    pub(super) to: String,
    pub(super) note: String,
    pub(super) money: Vec<engine::Move>,
    pub(super) delivery: Option<(Id, i64)>,
    pub(super) at: Timestamp,
}

pub(super) fn moves(tx: &mut Tx, order: Id) -> Result<Vec<MoveRow>, Fault> {
    let sql = "SELECT m.id, m.part, m.transition, m.by_role, m.to_state, m.note, m.money, m.delivery_id, d.version, m.at FROM order_moves m LEFT JOIN deliveries d ON d.id = m.delivery_id WHERE m.order_id = ?1 ORDER BY m.id LIMIT 2000";
    tx.query(sql, params![order], read_move)
}

fn read_move(row: &Row) -> Result<MoveRow, Fault> {
    let delivery: Option<Id> = row.get(7)?;
    let version: Option<i64> = row.get(8)?;
    Ok(MoveRow {
        id: row.get(0)?,
        part: part_of(row.get(1)?),
        transition: row.get(2)?,
        by: row.get(3)?,
        to: row.get(4)?,
        note: row.get(5)?,
        money: json(&row.get::<String>(6)?)?,
        delivery: delivery.zip(version),
        at: row.get(9)?,
    })
}

pub(super) fn insert_delivery(
    tx: &mut Tx,
    id: Id,
    order: Id,
    part: usize,
    note: &str,
    by: AccountId,
) -> Result<(), Fault> {
    let now = tx.now();
    let sql = "INSERT INTO deliveries (id, order_id, part, version, note, made_by, made_at) SELECT ?1, ?2, ?3, COALESCE(MAX(version), 0) + 1, ?4, ?5, ?6 FROM deliveries WHERE order_id = ?2 AND part = ?3";
    tx.execute(sql, params![id, order, place(part), note, by, now])?;
    Ok(())
}

/// A row of a list of orders.
pub(super) struct ListRow {
    pub(super) id: Id,
    pub(super) title: String,
    pub(super) client: AccountId,
    pub(super) provider: AccountId,
    pub(super) process: (String, i64),
    pub(super) state: String,
    pub(super) total: kernel::Money,
    pub(super) held_minor: i64,
    pub(super) part: Option<(i64, String, String)>,
    pub(super) due: Option<(Timestamp, String)>,
    pub(super) moved_at: Timestamp,
    pub(super) ended_at: Option<Timestamp>,
}

fn read_list(row: &Row) -> Result<ListRow, Fault> {
    let part: Option<i64> = row.get(10)?;
    let due: Option<Timestamp> = row.get(13)?;
    Ok(ListRow {
        id: row.get(0)?,
        title: row.get(1)?,
        client: row.get(2)?,
        provider: row.get(3)?,
        process: (row.get(4)?, row.get(5)?),
        state: row.get(6)?,
        total: row.money(7, 8)?,
        held_minor: row.get(9)?,
        part: match part {
            Some(part) => Some((part, row.get(11)?, row.get(12)?)),
            None => None,
        },
        due: match due {
            Some(at) => Some((at, row.get(14)?)),
            None => None,
        },
        moved_at: row.get(15)?,
        ended_at: row.get(16)?,
    })
}

/// Orders of one person: `side` 0 both, 1 as client, 2 as provider; `ended` 0 running, 1 ended, -1 all.
pub(super) fn list_for(
    tx: &mut Tx,
    account: AccountId,
    side: i64,
    ended: i64,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<ListRow>, Fault> {
    let sql = "SELECT o.id, o.title, o.client_id, o.provider_id, o.process_name, o.process_version, o.state, o.total_minor, o.currency, (SELECT CAST(SUM(h.pot_minor + h.pot_fee_minor) AS BIGINT) FROM order_parts h WHERE h.order_id = o.id), p.part, p.title, p.state, c.due_at, c.transition, o.moved_at, o.ended_at FROM orders o LEFT JOIN order_clocks c ON c.order_id = o.id AND c.due_at = (SELECT MIN(k.due_at) FROM order_clocks k WHERE k.order_id = o.id) AND c.part = (SELECT MIN(k.part) FROM order_clocks k WHERE k.order_id = o.id) LEFT JOIN order_parts p ON p.order_id = o.id AND p.part = c.part WHERE ((?1 = o.client_id AND CAST(?2 AS BIGINT) <> 2) OR (?1 = o.provider_id AND CAST(?2 AS BIGINT) <> 1)) AND (CAST(?3 AS BIGINT) = -1 OR (CAST(?3 AS BIGINT) = 1 AND o.ended_at IS NOT NULL) OR (CAST(?3 AS BIGINT) = 0 AND o.ended_at IS NULL)) AND (CAST(?4 AS BIGINT) IS NULL OR o.id < CAST(?4 AS BIGINT)) ORDER BY o.id DESC LIMIT ?5";
    tx.query(sql, params![account, side, ended, before, limit], read_list)
}

/// Orders for the operator, newest first: all, or those whose order or one of whose parts stands in `state`.
pub(super) fn list_all(
    tx: &mut Tx,
    state: Option<&str>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<ListRow>, Fault> {
    let sql = "SELECT o.id, o.title, o.client_id, o.provider_id, o.process_name, o.process_version, o.state, o.total_minor, o.currency, (SELECT CAST(SUM(h.pot_minor + h.pot_fee_minor) AS BIGINT) FROM order_parts h WHERE h.order_id = o.id), p.part, p.title, p.state, c.due_at, c.transition, o.moved_at, o.ended_at FROM orders o LEFT JOIN order_clocks c ON c.order_id = o.id AND c.due_at = (SELECT MIN(k.due_at) FROM order_clocks k WHERE k.order_id = o.id) AND c.part = (SELECT MIN(k.part) FROM order_clocks k WHERE k.order_id = o.id) LEFT JOIN order_parts p ON p.order_id = o.id AND p.part = c.part WHERE (CAST(?1 AS TEXT) IS NULL OR o.state = CAST(?1 AS TEXT) OR EXISTS (SELECT 1 FROM order_parts s WHERE s.order_id = o.id AND s.state = CAST(?1 AS TEXT))) AND (CAST(?2 AS BIGINT) IS NULL OR o.id < CAST(?2 AS BIGINT)) ORDER BY o.id DESC LIMIT ?3";
    tx.query(sql, params![state, before, limit], read_list)
}

pub(super) fn counts(tx: &mut Tx, account: AccountId) -> Result<(i64, i64), Fault> {
    let sql = "SELECT CAST(COALESCE(SUM(CASE WHEN client_id = ?1 THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN provider_id = ?1 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM orders WHERE (client_id = ?1 OR provider_id = ?1) AND ended_at IS NULL";
    tx.query_one(sql, params![account], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(super) fn ended_for(tx: &mut Tx, account: AccountId, limit: i64) -> Result<Vec<EndedOrder>, Fault> {
    let sql = "SELECT o.id, o.title, o.request_id, o.client_id, o.provider_id, o.state, o.total_minor, o.currency, o.ended_at, (SELECT CAST(SUM(p.to_provider_minor + p.to_platform_minor) AS BIGINT) FROM order_parts p WHERE p.order_id = o.id) FROM orders o WHERE (o.client_id = ?1 OR o.provider_id = ?1) AND o.ended_at IS NOT NULL ORDER BY o.ended_at DESC, o.id DESC LIMIT ?2";
    tx.query(sql, params![account, limit], |row| {
        let total = row.money(6, 7)?;
        Ok(EndedOrder {
            order: row.get(0)?,
            title: row.get(1)?,
            request: row.get(2)?,
            client: row.get(3)?,
            provider: row.get(4)?,
            state: row.get(5)?,
            total,
            ended_at: row.get(8)?,
            paid: kernel::Money::new(row.get(9)?, total.currency()),
        })
    })
}

pub(super) fn finished_count(tx: &mut Tx, account: AccountId) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) FROM orders o WHERE (o.client_id = ?1 OR o.provider_id = ?1) AND o.ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM order_parts p WHERE p.order_id = o.id AND p.to_provider_minor > 0)";
    tx.query_one(sql, params![account], |row| row.get(0))
}

pub(super) fn closed_deals(
    tx: &mut Tx,
    category: Option<Id>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<ClosedDeal>, Fault> {
    let sql = "SELECT o.id, o.total_minor, o.currency, o.ended_at FROM orders o JOIN requests r ON r.id = o.request_id WHERE o.ended_at >= ?2 AND (CAST(?1 AS BIGINT) IS NULL OR r.category_id = CAST(?1 AS BIGINT)) AND EXISTS (SELECT 1 FROM order_parts p WHERE p.order_id = o.id AND p.to_provider_minor > 0) ORDER BY o.ended_at DESC LIMIT ?3";
    tx.query(sql, params![category, since, limit], |row| {
        Ok(ClosedDeal {
            order: row.get(0)?,
            total: row.money(1, 2)?,
            ended_at: row.get(3)?,
        })
    })
}

pub(super) fn held_of(tx: &mut Tx, account: AccountId) -> Result<Vec<(bool, kernel::Money)>, Fault> {
    let sql = "SELECT CASE WHEN o.client_id = ?1 THEN 1 ELSE 0 END, CAST(SUM(p.pot_minor + p.pot_fee_minor) AS BIGINT), o.currency FROM orders o JOIN order_parts p ON p.order_id = o.id WHERE (o.client_id = ?1 OR o.provider_id = ?1) AND o.ended_at IS NULL GROUP BY CASE WHEN o.client_id = ?1 THEN 1 ELSE 0 END, o.currency";
    tx.query(sql, params![account], |row| Ok((row.get(0)?, row.money(1, 2)?)))
}

pub(super) fn move_head(tx: &mut Tx, id: Id) -> Result<Option<super::MoveHead>, Fault> {
    let sql = "SELECT m.order_id, o.title, m.part, p.title FROM order_moves m JOIN orders o ON o.id = m.order_id LEFT JOIN order_parts p ON p.order_id = m.order_id AND p.part = m.part WHERE m.id = ?1";
    tx.query_opt(sql, params![id], |row| {
        Ok(super::MoveHead {
            order: row.get(0)?,
            title: row.get(1)?,
            part: part_of(row.get(2)?),
            part_title: row.get(3)?,
        })
    })
}

/// When an order ended, what was released of it, and what was ever paid in.
pub(super) fn worth(tx: &mut Tx, order: Id) -> Result<Option<Worth>, Fault> {
    let sql = "SELECT o.ended_at, o.currency, CAST(SUM(p.to_provider_minor + p.to_platform_minor) AS BIGINT), CAST(SUM(p.held_minor) AS BIGINT) FROM orders o JOIN order_parts p ON p.order_id = o.id WHERE o.id = ?1 GROUP BY o.id, o.ended_at, o.currency";
    tx.query_opt(sql, params![order], |row| {
        Ok(Worth {
            ended_at: row.get(0)?,
            released: row.money(2, 1)?,
            paid_in: row.money(3, 1)?,
        })
    })
}

/// What the pot of a part holds, client fee included, straight from its row.
pub(super) fn pot(tx: &mut Tx, order: Id, part: i64) -> Result<Option<kernel::Money>, Fault> {
    let sql = "SELECT p.pot_minor + p.pot_fee_minor, o.currency FROM order_parts p JOIN orders o ON o.id = p.order_id WHERE p.order_id = ?1 AND p.part = ?2";
    tx.query_opt(sql, params![order, part], |row| row.money(0, 1))
}
