//! The clocks of running orders: what happens when nobody acts, and the reminders before it does. A clock that was
//! looked at late still counts from the moment it ran out, so that what the outcome table announced comes true to
//! the minute.

mod sql;

use engine::{ClockSet, Facts, Role};
use kernel::{Id, Timestamp};
use serde_json::json;
use store::{Fail, Fault, NewEvent, Tx};

use crate::orders::{Cause, Loaded, advance, load};

/// Steps one order can take by its clocks in one go; the checker has proven that a process needs far fewer.
const MOST_STEPS: usize = 1_000;

pub(crate) fn set(tx: &mut Tx, order: Id, clock: &ClockSet) -> Result<(), Fault> {
    sql::set(tx, order, clock)
}

pub(crate) fn clear(tx: &mut Tx, order: Id, part: usize) -> Result<(), Fault> {
    sql::clear(tx, order, part)
}

/// Orders with a clock that has run out, the longest overdue first.
pub fn due_orders(tx: &mut Tx, limit: i64) -> Result<Vec<Id>, Fail> {
    Ok(sql::due_orders(tx, limit)?)
}

/// Fires every clock of one order that has run out, in the order they ran out. Answers how many.
pub fn run_order(tx: &mut Tx, order: Id) -> Result<u64, Fail> {
    match load(tx, order)? {
        Some(mut order) => run_loaded(tx, &mut order),
        None => Ok(0),
    }
}

/// Fires what is due in up to `limit` orders. Several workers may do this at once: each clock fires once.
pub fn run_due(tx: &mut Tx, limit: i64) -> Result<u64, Fail> {
    let mut fired = 0;
    for order in sql::due_orders(tx, limit)? {
        fired += run_order(tx, order)?;
    }
    Ok(fired)
}

/// Fires what is due in an order that is about to take another step.
pub(crate) fn run_loaded(tx: &mut Tx, order: &mut Loaded) -> Result<u64, Fail> {
    let now = tx.now();
    for fired in 0..MOST_STEPS {
        if order.ended_at.is_some() {
            return Ok(fired as u64);
        }
        let Some(clock) = engine::due(&order.process, &order.terms, &order.state, now) else {
            return Ok(fired as u64);
        };
        advance(tx, order, &silence(&clock)).map_err(|fail| unexpected(fail, &clock))?;
    }
    Err(Fault::broken("an order's clocks do not come to rest").into())
}

fn silence(clock: &ClockSet) -> Cause<'_> {
    Cause {
        part: Some(clock.part),
        transition: &clock.transition,
        role: Role::Clock,
        actor: None,
        facts: Facts::none(),
        note: "",
        delivery: None,
        gateway: None,
        at: clock.due_at,
    }
}

/// A clock that has run out can always fire; if not, the operator must look.
fn unexpected(fail: Fail, clock: &ClockSet) -> Fail {
    match fail {
        Fail::Refused(refusal) => Fault::broken(format!("clock {} refused: {}", clock.transition, refusal.code)).into(),
        fault @ Fail::Fault(_) => fault,
    }
}

/// A clock that is about to fire, as read for a reminder.
pub(crate) struct Reminding {
    pub(crate) order: Id,
    pub(crate) part: i64,
    pub(crate) state: String,
    pub(crate) transition: String,
    pub(crate) due_at: Timestamp,
    pub(crate) reminders: Vec<Timestamp>,
    pub(crate) client: Id,
    pub(crate) provider: Id,
}

/// Tells those who are waited for that a clock is about to fire. Reminders that were slept through become one.
pub fn run_reminders(tx: &mut Tx, limit: i64) -> Result<u64, Fail> {
    let now = tx.now();
    let waiting = sql::reminding(tx, limit)?;
    for one in &waiting {
        let next = one.reminders.iter().copied().find(|at| *at > now);
        sql::reminded(tx, one.order, one.part, next)?;
        if one.due_at > now {
            remind(tx, one)?;
        }
    }
    Ok(waiting.len() as u64)
}

fn remind(tx: &mut Tx, one: &Reminding) -> Result<(), Fail> {
    let order = load(tx, one.order)?.ok_or_else(|| Fault::broken("a clock without an order"))?;
    let waits = order
        .process
        .state(&one.state)
        .and_then(|state| state.waits_for)
        .map(Role::name);
    tx.emit(NewEvent {
        kind: "order.reminder",
        subject_kind: "order",
        subject: one.order,
        actor: None,
        data: json!({
            "transition": one.transition, "part": one.part, "due_at": one.due_at, "waits_for": waits,
            "client": one.client, "provider": one.provider,
        }),
    })?;
    Ok(())
}
