//! Writes down one step: rows, money, clocks, timeline, event. The only place that changes an order, and it decides
//! nothing: the engine's plan says it all.

use engine::{Facts, Move, MoveKind, Plan, Role};
use kernel::{AccountId, Id, Money, Timestamp};
use ledger::{Account, Line, Transfer};
use serde_json::json;
use store::{Fail, Fault, NewEvent, NewJob, Tx};

use super::sql::NewMove;
use super::{Loaded, sql};
use crate::{clocks, proposals};

/// Who moves an order, with what, and when it counts from.
pub(crate) struct Cause<'a> {
    pub(crate) part: Option<usize>,
    pub(crate) transition: &'a str,
    pub(crate) role: Role,
    pub(crate) actor: Option<AccountId>,
    pub(crate) facts: Facts,
    pub(crate) note: &'a str,
    pub(crate) delivery: Option<Id>,
    /// The gateway the money came through, for a step that holds money.
    pub(crate) gateway: Option<&'a str>,
    /// When the step counts from: now, or the moment a clock ran out.
    pub(crate) at: Timestamp,
}

/// Takes one step. Leaves `order` as it stands afterwards.
pub(crate) fn advance(tx: &mut Tx, order: &mut Loaded, cause: &Cause) -> Result<Plan, Fail> {
    let plan = engine::apply(
        &order.process,
        &order.terms,
        &order.state,
        cause.part,
        cause.transition,
        cause.role,
        &cause.facts,
        cause.at,
    )?;
    if sql::bump(tx, order, &plan, cause.at)? == 0 {
        return Err(Fault::Database {
            message: "the order was changed at the same time".to_owned(),
            retry: true,
        }
        .into());
    }
    write_parts(tx, order, &plan)?;
    write_clocks(tx, order.id, &plan)?;
    proposals::expire(tx, order.id, cause.part, &plan)?;
    let id = write_move(tx, order, &plan, cause)?;
    for one in &plan.moves {
        post(tx, order, id, one, cause)?;
    }
    announce(tx, order, &plan, cause)?;
    order.state = plan.next.clone();
    order.version += 1;
    if plan.completed {
        order.ended_at = Some(cause.at);
    }
    Ok(plan)
}

fn write_parts(tx: &mut Tx, order: &Loaded, plan: &Plan) -> Result<(), Fault> {
    for (part, (before, after)) in order.state.parts.iter().zip(&plan.next.parts).enumerate() {
        if before != after {
            sql::update_part(tx, order.id, part, after)?;
        }
    }
    Ok(())
}

fn write_clocks(tx: &mut Tx, order: Id, plan: &Plan) -> Result<(), Fault> {
    for clock in &plan.clocks_cleared {
        clocks::clear(tx, order, clock.part)?;
    }
    for clock in &plan.clocks_set {
        clocks::set(tx, order, clock)?;
    }
    Ok(())
}

fn write_move(tx: &mut Tx, order: &Loaded, plan: &Plan, cause: &Cause) -> Result<Id, Fault> {
    let change = cause
        .part
        .and_then(|part| plan.changes.iter().find(|change| change.part == part));
    let (from, to) = change.map_or((&plan.order_from, &plan.order_to), |change| (&change.from, &change.to));
    let id = tx.new_id();
    let money = serde_json::to_string(&plan.moves).map_err(|e| Fault::broken(e.to_string()))?;
    sql::insert_move(
        tx,
        &NewMove {
            id,
            order: order.id,
            from,
            to,
            money: &money,
            cause,
        },
    )?;
    Ok(id)
}

/// One money move as one balanced transfer; what goes back to the client is also put to work as a refund.
fn post(tx: &mut Tx, order: &Loaded, step: Id, one: &Move, cause: &Cause) -> Result<(), Fail> {
    let money = |minor: i64| Money::new(minor, order.currency());
    let part = i64::try_from(one.part).unwrap_or(i64::MAX);
    let escrow = Account::Escrow { order: order.id, part };
    let mut lines = Vec::new();
    let mut line = |account: Account, minor: i64| {
        if minor != 0 {
            lines.push(Line {
                account,
                amount: money(minor),
            });
        }
    };
    let kind = match one.kind {
        MoveKind::Hold => {
            let gateway = cause.gateway.ok_or_else(|| Fault::broken("a hold without a gateway"))?;
            line(Account::GatewayClearing(gateway.to_owned()), -one.client_minor);
            line(escrow, one.client_minor);
            "order_hold"
        }
        MoveKind::Release | MoveKind::Refund | MoveKind::Split => {
            line(escrow, -(one.client_minor + one.provider_minor + one.platform_minor));
            line(Account::Wallet(order.provider), one.provider_minor);
            line(Account::Revenue, one.platform_minor);
            line(Account::RefundDue(order.client), one.client_minor);
            kind_of(one.kind)
        }
    };
    ledger::post(
        tx,
        Transfer {
            kind,
            reference_kind: "order_move",
            reference: step,
            lines,
            memo: format!("{}", part + 1),
        },
    )?;
    if one.kind != MoveKind::Hold && one.client_minor > 0 {
        send_refund(tx, order, part, money(one.client_minor))?;
    }
    Ok(())
}

const fn kind_of(kind: MoveKind) -> &'static str {
    match kind {
        MoveKind::Hold => "order_hold",
        MoveKind::Release => "order_release",
        MoveKind::Refund => "order_refund",
        MoveKind::Split => "order_split",
    }
}

/// What is owed back is sent by a job; its id is the idempotency key at the gateway.
fn send_refund(tx: &mut Tx, order: &Loaded, part: i64, amount: Money) -> Result<(), Fault> {
    let refund = tx.new_id();
    let job = NewJob::now(
        "refund.send",
        json!({
            "refund": refund, "order": order.id, "part": part, "account": order.client,
            "amount_minor": amount.minor(), "currency": amount.currency(), "reason": "order",
        }),
    );
    tx.enqueue(job.keyed(format!("refund:{refund}")))?;
    Ok(())
}

fn announce(tx: &mut Tx, order: &Loaded, plan: &Plan, cause: &Cause) -> Result<(), Fault> {
    let data = json!({
        "transition": cause.transition, "part": cause.part, "by": cause.role.name(),
        "client": order.client, "provider": order.provider, "request": order.request,
        "state": plan.order_to,
    });
    let event = |kind: &'static str| NewEvent {
        kind,
        subject_kind: "order",
        subject: order.id,
        actor: cause.actor,
        data: data.clone(),
    };
    tx.emit(event("order.moved"))?;
    if plan.completed {
        let kind = if plan.order_to == "cancelled" {
            "order.cancelled"
        } else {
            "order.completed"
        };
        tx.emit(event(kind))?;
    }
    Ok(())
}
