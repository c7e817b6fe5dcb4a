//! The provider agrees or declines; the client may take the offer back before that.

use kernel::{Actor, Id, clean_text};
use store::{Fail, Tx};

use super::award::announce;
use super::{Contract, ContractRefusal, ContractState, sql};
use crate::{bids, orders, requests};

/// The provider agrees.
#[derive(Debug, Clone)]
pub struct Agree {
    /// The contract.
    pub contract: Id,
    /// The mark of the terms that were shown.
    pub fingerprint: String,
}

/// The provider says no.
#[derive(Debug, Clone)]
pub struct Decline {
    /// The contract.
    pub contract: Id,
    /// Why; may be empty.
    pub note: String,
}

/// Both have agreed now: the order begins. Answers the order.
pub fn agree(tx: &mut Tx, actor: &Actor, cmd: &Agree) -> Result<Id, Fail> {
    let mut contract = offered(tx, actor, cmd.contract, Side::Provider)?;
    if contract.fingerprint != cmd.fingerprint {
        return Err(ContractRefusal::TermsChanged.into());
    }
    let order = orders::begin(tx, &contract)?;
    contract.order = Some(order);
    close(tx, &contract, ContractState::Agreed, "")?;
    bids::decline_others(tx, contract.request, contract.bid)?;
    announce(tx, "contract.agreed", &contract, actor)?;
    orders::announce_start(tx, order, &contract, actor)?;
    Ok(order)
}

/// The provider declines; the request opens again.
pub fn decline(tx: &mut Tx, actor: &Actor, cmd: &Decline) -> Result<(), Fail> {
    let contract = offered(tx, actor, cmd.contract, Side::Provider)?;
    let note = clean_text(&cmd.note, 0, 2_000).map_err(|_| ContractRefusal::BadNote)?;
    close(tx, &contract, ContractState::Declined, &note)?;
    requests::reopen(tx, contract.request, contract.bid)?;
    Ok(announce(tx, "contract.declined", &contract, actor)?)
}

/// The client takes the offer back; the request opens again.
pub fn withdraw(tx: &mut Tx, actor: &Actor, contract: Id) -> Result<(), Fail> {
    let contract = offered(tx, actor, contract, Side::Client)?;
    close(tx, &contract, ContractState::Withdrawn, "")?;
    requests::reopen(tx, contract.request, contract.bid)?;
    Ok(announce(tx, "contract.withdrawn", &contract, actor)?)
}

/// Takes back offers that the provider left unanswered too long. Answers how many.
pub fn lapse_unanswered(tx: &mut Tx, limit: i64) -> Result<u64, Fail> {
    let before = tx.now().plus_days(-site::settings::load(tx)?.agreement_days);
    let late = sql::unanswered(tx, before, limit)?;
    for contract in &late {
        close(tx, contract, ContractState::Withdrawn, "")?;
        requests::reopen(tx, contract.request, contract.bid)?;
        announce(tx, "contract.withdrawn", contract, &Actor::System)?;
    }
    Ok(late.len() as u64)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Client,
    Provider,
}

/// The contract, if the actor is a party to it, on the side that may do this, and it still waits for an answer.
fn offered(tx: &mut Tx, actor: &Actor, id: Id, side: Side) -> Result<Contract, Fail> {
    let contract = sql::find(tx, id)?.ok_or(ContractRefusal::NotFound)?;
    let me = actor.account().ok_or(ContractRefusal::NotFound)?;
    let own = if side == Side::Client {
        contract.client
    } else {
        contract.provider
    };
    if me != contract.client && me != contract.provider {
        return Err(ContractRefusal::NotFound.into());
    }
    if me != own {
        let refusal = if side == Side::Client {
            ContractRefusal::NotClient
        } else {
            ContractRefusal::NotProvider
        };
        return Err(refusal.into());
    }
    if contract.state != ContractState::Offered {
        return Err(ContractRefusal::NotOffered.into());
    }
    Ok(contract)
}

fn close(tx: &mut Tx, contract: &Contract, state: ContractState, note: &str) -> Result<(), Fail> {
    if sql::close(tx, contract.id, state, note, contract.order)? == 0 {
        return Err(ContractRefusal::NotOffered.into());
    }
    Ok(())
}
