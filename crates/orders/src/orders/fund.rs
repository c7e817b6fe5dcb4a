//! Money arrives for a part: the gateway's step. It is not a payment: what was paid, and whether to believe it, is
//! settled by the room `payments` before it comes here.

use engine::{Choice, Facts, Role};
use kernel::{AccountId, Actor, Id, Money};
use store::{Fail, Tx};

use super::{Cause, Loaded, OrderRefusal, advance, changed, load, load_for};
use crate::clocks;

/// What a client has to pay now for one part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// The order.
    pub order: Id,
    /// The part.
    pub part: usize,
    /// The step that the payment takes.
    pub transition: String,
    /// What is to be paid, client fee included.
    pub amount: Money,
    /// Who pays.
    pub payer: AccountId,
    /// What stands on the gateway's page.
    pub title: String,
}

/// Money that a gateway has confirmed.
#[derive(Clone, Debug)]
pub struct Fund {
    /// The order.
    pub order: Id,
    /// The part.
    pub part: usize,
    /// The step it pays for.
    pub transition: String,
    /// How much came.
    pub amount: Money,
    /// The gateway it came through.
    pub gateway: String,
}

/// What became of money that arrived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Funded {
    /// It is in escrow now.
    Held,
    /// The order no longer waits for it: it has to go back.
    TooLate,
}

/// What the actor has to pay for this part now. Refusals: not yours, not the payer, changed, not its turn.
pub fn due_now(tx: &mut Tx, actor: &Actor, order: Id, part: usize, seen_version: i64) -> Result<Due, Fail> {
    let (order, role) = load_for(tx, actor, order)?;
    if role != Role::Client {
        return Err(OrderRefusal::NotPayer.into());
    }
    if order.version != seen_version {
        return Err(changed(tx, actor, &order)?.into());
    }
    let choice = payment(&order, part).ok_or(OrderRefusal::NotPayable)?;
    let late = engine::clocks(&order.process, &order.terms, &order.state)
        .into_iter()
        .any(|c| c.part == part && c.due_at <= tx.now());
    if late {
        return Err(OrderRefusal::NotPayable.into());
    }
    let minor = choice.moves.iter().map(|one| one.client.max).sum();
    Ok(Due {
        order: order.id,
        part,
        transition: choice.transition,
        amount: Money::new(minor, order.currency()),
        payer: order.client,
        title: format!("{} · {}", order.title, order.parts[part].title),
    })
}

/// The payment a part waits for.
fn payment(order: &Loaded, part: usize) -> Option<Choice> {
    engine::next(&order.process, &order.terms, &order.state, Role::Client)
        .into_iter()
        .find(|choice| choice.part == Some(part) && choice.by == Role::Gateway)
}

/// Puts confirmed money into escrow, if the order still waits for exactly this.
pub fn fund(tx: &mut Tx, cmd: &Fund) -> Result<Funded, Fail> {
    let mut order = load(tx, cmd.order)?.ok_or(OrderRefusal::NotFound)?;
    clocks::run_loaded(tx, &mut order)?;
    let waits = payment(&order, cmd.part)
        .filter(|choice| choice.transition == cmd.transition)
        .map(|choice| choice.moves.iter().map(|one| one.client.max).sum::<i64>());
    if waits != Some(cmd.amount.minor()) || order.currency() != cmd.amount.currency() {
        return Ok(Funded::TooLate);
    }
    let at = tx.now();
    advance(
        tx,
        &mut order,
        &Cause {
            part: Some(cmd.part),
            transition: &cmd.transition,
            role: Role::Gateway,
            actor: None,
            facts: Facts::none(),
            note: "",
            delivery: None,
            gateway: Some(&cmd.gateway),
            at,
        },
    )?;
    Ok(Funded::Held)
}
