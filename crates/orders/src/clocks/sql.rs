//! Every statement on clocks.

use engine::ClockSet;
use kernel::{Id, Timestamp};
use store::{Fault, Row, Tx, params};

use super::Reminding;

pub(super) fn set(tx: &mut Tx, order: Id, clock: &ClockSet) -> Result<(), Fault> {
    let reminders = serde_json::to_string(&clock.remind_at).map_err(|e| Fault::broken(e.to_string()))?;
    let now = tx.now();
    let first = clock.remind_at.iter().copied().find(|at| *at > now);
    let sql = "INSERT INTO order_clocks (order_id, part, state, transition, due_at, reminders, next_remind_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (order_id, part) DO UPDATE SET state = excluded.state, transition = excluded.transition, due_at = excluded.due_at, reminders = excluded.reminders, next_remind_at = excluded.next_remind_at";
    tx.execute(
        sql,
        params![
            order,
            place(clock.part),
            &clock.state,
            &clock.transition,
            clock.due_at,
            reminders,
            first
        ],
    )?;
    Ok(())
}

pub(super) fn clear(tx: &mut Tx, order: Id, part: usize) -> Result<(), Fault> {
    tx.execute(
        "DELETE FROM order_clocks WHERE order_id = ?1 AND part = ?2",
        params![order, place(part)],
    )?;
    Ok(())
}

pub(super) fn due_orders(tx: &mut Tx, limit: i64) -> Result<Vec<Id>, Fault> {
    let now = tx.now();
    let sql = "SELECT order_id FROM order_clocks WHERE due_at <= ?1 GROUP BY order_id ORDER BY MIN(due_at), order_id LIMIT ?2";
    tx.query(sql, params![now, limit], |row| row.get(0))
}

pub(super) fn reminding(tx: &mut Tx, limit: i64) -> Result<Vec<Reminding>, Fault> {
    let now = tx.now();
    let sql = "SELECT c.order_id, c.part, c.state, c.transition, c.due_at, c.reminders, o.client_id, o.provider_id FROM order_clocks c JOIN orders o ON o.id = c.order_id WHERE c.next_remind_at <= ?1 ORDER BY c.next_remind_at, c.order_id LIMIT ?2";
    tx.query(sql, params![now, limit], read)
}

fn read(row: &Row) -> Result<Reminding, Fault> {
    let reminders: String = row.get(5)?;
    Ok(Reminding {
        order: row.get(0)?,
        part: row.get(1)?,
        state: row.get(2)?,
        transition: row.get(3)?,
        due_at: row.get(4)?,
        reminders: serde_json::from_str(&reminders).map_err(|e| Fault::Shape(format!("reminders: {e}")))?,
        client: row.get(6)?,
        provider: row.get(7)?,
    })
}

pub(super) fn reminded(tx: &mut Tx, order: Id, part: i64, next: Option<Timestamp>) -> Result<(), Fault> {
    tx.execute(
        "UPDATE order_clocks SET next_remind_at = ?3 WHERE order_id = ?1 AND part = ?2",
        params![order, part, next],
    )?;
    Ok(())
}

fn place(part: usize) -> i64 {
    i64::try_from(part).unwrap_or(i64::MAX)
}
