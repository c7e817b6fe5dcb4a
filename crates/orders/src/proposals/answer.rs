//! The other side agrees or refuses; the one who proposed may take it back.

use engine::{Facts, Role};
use kernel::{Actor, Id};
use serde_json::json;
use store::{Fail, NewEvent, Tx};

use super::{Proposal, ProposalRefusal, sql};
use crate::clocks;
use crate::orders::{Cause, Loaded, advance, clean_reason, load_for};

/// An answer to a proposal.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The proposal.
    pub proposal: Id,
    /// Yes or no.
    pub agree: bool,
    /// A word about it; may be empty.
    pub note: String,
}

/// Answers the other side's proposal. Agreeing takes the step at once.
pub fn answer(tx: &mut Tx, actor: &Actor, cmd: &Answer) -> Result<(), Fail> {
    let (mut order, one) = open(tx, actor, cmd.proposal)?;
    if actor.account() == Some(one.proposer) {
        return Err(ProposalRefusal::Own.into());
    }
    let note = clean_reason(&cmd.note, false)?;
    let verdict = if cmd.agree { "agreed" } else { "refused" };
    if sql::end(tx, one.id, verdict, &note, actor.account())? == 0 {
        return Err(ProposalRefusal::NotOpen.into());
    }
    tell(tx, actor, &order, &one, verdict)?;
    if cmd.agree {
        clocks::run_loaded(tx, &mut order)?;
        let at = tx.now();
        advance(
            tx,
            &mut order,
            &Cause {
                part: one.part,
                transition: &one.transition,
                role: Role::Both,
                actor: actor.account(),
                facts: Facts {
                    delivery: false,
                    reason: true,
                    shares: one.shares.clone(),
                },
                note: &one.reason,
                delivery: None,
                gateway: None,
                at,
            },
        )?;
    }
    Ok(())
}

/// Takes one's own proposal back.
pub fn withdraw(tx: &mut Tx, actor: &Actor, proposal: Id) -> Result<(), Fail> {
    let (order, one) = open(tx, actor, proposal)?;
    if actor.account() != Some(one.proposer) {
        return Err(ProposalRefusal::NotOwn.into());
    }
    if sql::end(tx, one.id, "withdrawn", "", actor.account())? == 0 {
        return Err(ProposalRefusal::NotOpen.into());
    }
    tell(tx, actor, &order, &one, "withdrawn")
}

fn open(tx: &mut Tx, actor: &Actor, proposal: Id) -> Result<(Loaded, Proposal), Fail> {
    let one = sql::find(tx, proposal)?.ok_or(ProposalRefusal::NotFound)?;
    let (order, role) = load_for(tx, actor, one.order).map_err(|fail| match fail {
        Fail::Refused(_) => ProposalRefusal::NotFound.into(),
        fault @ Fail::Fault(_) => fault,
    })?;
    if !matches!(role, Role::Client | Role::Provider) {
        return Err(ProposalRefusal::NotFound.into());
    }
    if one.state != "open" {
        return Err(ProposalRefusal::NotOpen.into());
    }
    Ok((order, one))
}

fn tell(tx: &mut Tx, actor: &Actor, order: &Loaded, one: &Proposal, verdict: &str) -> Result<(), Fail> {
    tx.emit(NewEvent {
        kind: "order.proposed",
        subject_kind: "order",
        subject: order.id,
        actor: actor.account(),
        data: json!({
            "proposal": one.id, "transition": one.transition, "part": one.part, "by": one.by, "verdict": verdict,
            "client": order.client, "provider": order.provider,
        }),
    })?;
    Ok(())
}
