//! One side proposes what both have to agree on.

use std::collections::BTreeMap;

use engine::{EngineRefusal, Facts, Role, Shares};
use kernel::{Actor, Id};
use serde_json::json;
use store::{Fail, NewEvent, Tx};

use super::{Proposal, ProposalRefusal, sql};
use crate::orders::{OrderRefusal, changed, clean_reason, load_for};

/// A proposal.
#[derive(Debug, Clone, Default)]
pub struct Propose {
    /// The step.
    pub transition: String,
    /// The part; none for the whole order.
    pub part: Option<usize>,
    /// How the pots would be divided.
    pub shares: BTreeMap<usize, Shares>,
    /// Why.
    pub reason: String,
    /// The version of the order the page showed.
    pub seen_version: i64,
}

/// Puts a proposal before the other side. Refused when the engine would refuse it if the other side agreed now.
pub fn propose(tx: &mut Tx, actor: &Actor, order: Id, cmd: &Propose) -> Result<Id, Fail> {
    let (order, role) = load_for(tx, actor, order)?;
    let proposer = actor
        .account()
        .filter(|_| matches!(role, Role::Client | Role::Provider))
        .ok_or(OrderRefusal::NotFound)?;
    if order.version != cmd.seen_version {
        return Err(changed(tx, actor, &order)?.into());
    }
    let rule = order
        .process
        .transition(&cmd.transition)
        .ok_or(EngineRefusal::Unknown)?;
    if !rule.by.contains(&Role::Both) || rule.by.contains(&role) {
        return Err(ProposalRefusal::NotForBoth.into());
    }
    let reason = clean_reason(&cmd.reason, true)?;
    let facts = Facts {
        delivery: false,
        reason: true,
        shares: cmd.shares.clone(),
    };
    engine::apply(
        &order.process,
        &order.terms,
        &order.state,
        cmd.part,
        &cmd.transition,
        Role::Both,
        &facts,
        tx.now(),
    )?;
    let one = Proposal {
        id: tx.new_id(),
        order: order.id,
        part: cmd.part,
        transition: cmd.transition.clone(),
        by: role.name().to_owned(),
        proposer,
        shares: cmd.shares.clone(),
        reason,
        state: "open".to_owned(),
        answer: String::new(),
        made_at: tx.now(),
        ended_at: None,
    };
    if sql::insert(tx, &one)? == 0 {
        return Err(ProposalRefusal::AlreadyOpen.into());
    }
    tx.emit(NewEvent {
        kind: "order.proposed",
        subject_kind: "order",
        subject: order.id,
        actor: Some(proposer),
        data: json!({
            "proposal": one.id, "transition": one.transition, "part": one.part, "by": one.by, "verdict": "open",
            "client": order.client, "provider": order.provider,
        }),
    })?;
    Ok(one.id)
}
