//! The client accepts a bid after seeing every ending: the contract is offered to the provider.

use std::sync::Arc;

use engine::{OutcomeTable, Process, Terms};
use kernel::{Actor, Id};
use serde_json::json;
use store::{Fail, Fault, NewEvent, Tx};

use super::{Contract, ContractRefusal, ContractState, PlanPart, rules, sql};
use crate::bids::{self, AwardableBid};
use crate::processes;

/// What the client sees before accepting a bid.
pub struct Preview {
    /// The bid.
    pub bid: AwardableBid,
    /// The process it would run on.
    pub process: Arc<Process>,
    /// The terms it would freeze.
    pub terms: Terms,
    /// The milestones.
    pub plan: Vec<PlanPart>,
    /// Every ending, as if both agreed now.
    pub table: OutcomeTable,
    /// The mark to bring along with [`Award`].
    pub fingerprint: String,
}

/// Accepts a bid.
#[derive(Debug, Clone)]
pub struct Award {
    /// The bid.
    pub bid: Id,
    /// The mark of the outcome table that was shown.
    pub fingerprint: String,
}

/// What accepting this bid would mean. Refusals: not the actor's request, no longer open.
pub fn preview(tx: &mut Tx, actor: &Actor, bid: Id) -> Result<Preview, Fail> {
    let bid = bids::for_award(tx, actor, bid)?;
    let settings = site::settings::load(tx)?;
    let process = processes::current(tx, processes::TENDER)?;
    let terms = rules::terms(&process, &settings, &bid);
    let plan = rules::plan(&bid);
    let started = engine::start(&process, &terms, tx.now())?;
    let table = engine::outcomes(&process, &terms, &started.state, tx.now());
    let fingerprint = rules::fingerprint(&process, &terms, &plan);
    Ok(Preview {
        bid,
        process,
        terms,
        plan,
        table,
        fingerprint,
    })
}

/// Offers the contract. Refused when the terms are not those the client saw.
pub fn award(tx: &mut Tx, actor: &Actor, cmd: &Award) -> Result<Id, Fail> {
    let seen = preview(tx, actor, cmd.bid)?;
    if seen.fingerprint != cmd.fingerprint {
        return Err(ContractRefusal::TermsChanged.into());
    }
    let contract = contract_from(tx, &seen)?;
    let outcomes = serde_json::to_string(&seen.table).map_err(|e| Fault::broken(e.to_string()))?;
    sql::insert(tx, &contract, &outcomes)?;
    crate::requests::mark_awarded(tx, contract.request, contract.bid)?;
    announce(tx, "contract.offered", &contract, actor)?;
    Ok(contract.id)
}

fn contract_from(tx: &mut Tx, seen: &Preview) -> Result<Contract, Fault> {
    let (id, now, bid) = (tx.new_id(), tx.now(), &seen.bid);
    let total: i64 = seen.plan.iter().map(|part| part.amount_minor).sum();
    Ok(Contract {
        id,
        request: bid.request,
        bid: bid.bid,
        client: bid.client,
        provider: bid.provider,
        title: bid.title.clone(),
        brief: bid.brief.clone(),
        process_name: seen.process.name().to_owned(),
        process_version: i64::from(seen.process.version()),
        terms: seen.terms.clone(),
        plan: seen.plan.clone(),
        fingerprint: seen.fingerprint.clone(),
        total: kernel::Money::new(total, bid.currency),
        state: ContractState::Offered,
        note: String::new(),
        client_agreed_at: now,
        provider_agreed_at: None,
        ended_at: None,
        order: None,
    })
}

/// Tells the log what became of a contract.
pub(super) fn announce(tx: &mut Tx, kind: &'static str, contract: &Contract, actor: &Actor) -> Result<(), Fault> {
    tx.emit(NewEvent {
        kind,
        subject_kind: "contract",
        subject: contract.id,
        actor: actor.account(),
        data: json!({
            "client": contract.client, "provider": contract.provider,
            "request": contract.request, "bid": contract.bid, "order": contract.order,
        }),
    })?;
    Ok(())
}
