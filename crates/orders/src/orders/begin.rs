//! Both have agreed: the order begins in the first state of its process.

use kernel::{Actor, Id};
use serde_json::json;
use store::{Fail, NewEvent, Tx};

use super::sql;
use crate::clocks;
use crate::contracts::Contract;
use crate::processes;

/// Makes the order of a contract: its parts, its first clocks. Answers its id.
pub(crate) fn begin(tx: &mut Tx, contract: &Contract) -> Result<Id, Fail> {
    let process = processes::version(tx, &contract.process_name, contract.process_version)?;
    let started = engine::start(&process, &contract.terms, tx.now())?;
    let id = tx.new_id();
    sql::insert(tx, id, contract, &started.state.state)?;
    for (part, (plan, state)) in contract.plan.iter().zip(&started.state.parts).enumerate() {
        sql::insert_part(tx, id, part, plan, state)?;
    }
    for clock in &started.clocks {
        clocks::set(tx, id, clock)?;
    }
    Ok(id)
}

/// Tells the log that the order runs.
pub(crate) fn announce_start(tx: &mut Tx, order: Id, contract: &Contract, actor: &Actor) -> Result<(), Fail> {
    tx.emit(NewEvent {
        kind: "order.started",
        subject_kind: "order",
        subject: order,
        actor: actor.account(),
        data: json!({
            "client": contract.client, "provider": contract.provider,
            "request": contract.request, "contract": contract.id,
        }),
    })?;
    Ok(())
}
