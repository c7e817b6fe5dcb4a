//! What the contract page shows.

use std::sync::Arc;

use engine::{OutcomeTable, Process};
use kernel::{Actor, Id, Timestamp};
use store::{Fail, Tx};

use super::{Contract, ContractState, sql};
use crate::orders::Side;
use crate::processes;

/// A contract with everything its page says.
pub struct ContractPage {
    /// The contract.
    pub contract: Contract,
    /// The side of the reader; none for the operator's staff.
    pub side: Option<Side>,
    /// The process it runs on.
    pub process: Arc<Process>,
    /// Every ending, as if it began now; once it runs, as it began.
    pub table: OutcomeTable,
    /// Until when the provider may answer; none once it is answered.
    pub answer_by: Option<Timestamp>,
    /// The name of the client.
    pub client_name: String,
    /// The name of the provider.
    pub provider_name: String,
}

/// The contract, if the reader is a party to it or works for the operator.
pub fn find_for(tx: &mut Tx, actor: &Actor, id: Id) -> Result<Option<ContractPage>, Fail> {
    let Some(contract) = sql::find(tx, id)? else {
        return Ok(None);
    };
    let side = Side::of(actor, contract.client, contract.provider);
    if side.is_none() && !actor.is_staff() {
        return Ok(None);
    }
    let process = processes::version(tx, &contract.process_name, contract.process_version)?;
    let from = contract.provider_agreed_at.or(contract.ended_at).unwrap_or(tx.now());
    let started = engine::start(&process, &contract.terms, from)?;
    let table = engine::outcomes(&process, &contract.terms, &started.state, from);
    let days = site::settings::load(tx)?.agreement_days;
    let answer_by = (contract.state == ContractState::Offered).then(|| contract.client_agreed_at.plus_days(days));
    let client_name = crate::orders::name_of(tx, contract.client)?;
    let provider_name = crate::orders::name_of(tx, contract.provider)?;
    Ok(Some(ContractPage {
        contract,
        side,
        process,
        table,
        answer_by,
        client_name,
        provider_name,
    }))
}

/// The offered or agreed contract of a request, if there is one.
pub fn of_request(tx: &mut Tx, request: Id) -> Result<Option<Id>, Fail> {
    Ok(sql::live_of_request(tx, request)?)
}
