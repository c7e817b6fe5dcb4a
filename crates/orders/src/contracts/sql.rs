//! Every statement on contracts.

use engine::Terms;
use kernel::{Id, Timestamp};
use store::{Fault, Row, Tx, params};

use super::{Contract, ContractState, PlanPart};

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|e| Fault::Shape(format!("stored JSON: {e}")))
}

fn read(row: &Row) -> Result<Contract, Fault> {
    let terms: Terms = json(&row.get::<String>(9)?)?;
    let plan: Vec<PlanPart> = json(&row.get::<String>(10)?)?;
    Ok(Contract {
        id: row.get(0)?,
        request: row.get(1)?,
        bid: row.get(2)?,
        client: row.get(3)?,
        provider: row.get(4)?,
        title: row.get(5)?,
        brief: row.get(6)?,
        process_name: row.get(7)?,
        process_version: row.get(8)?,
        terms,
        plan,
        fingerprint: row.get(11)?,
        total: row.money(12, 13)?,
        state: ContractState::from_word(&row.get::<String>(14)?),
        note: row.get(15)?,
        client_agreed_at: row.get(16)?,
        provider_agreed_at: row.get(17)?,
        ended_at: row.get(18)?,
        order: row.get(19)?,
    })
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<Contract>, Fault> {
    let sql = "SELECT id, request_id, bid_id, client_id, provider_id, title, brief, process_name, process_version, terms, plan, fingerprint, total_minor, currency, state, note, client_agreed_at, provider_agreed_at, ended_at, order_id FROM contracts WHERE id = ?1";
    tx.query_opt(sql, params![id], read)
}

/// Offers made before a moment and not answered, the oldest first.
pub(super) fn unanswered(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<Vec<Contract>, Fault> {
    let sql = "SELECT id, request_id, bid_id, client_id, provider_id, title, brief, process_name, process_version, terms, plan, fingerprint, total_minor, currency, state, note, client_agreed_at, provider_agreed_at, ended_at, order_id FROM contracts WHERE state = 'offered' AND made_at <= ?1 ORDER BY made_at, id LIMIT ?2";
    tx.query(sql, params![before, limit], read)
}

pub(super) fn live_of_request(tx: &mut Tx, request: Id) -> Result<Option<Id>, Fault> {
    let sql = "SELECT id FROM contracts WHERE request_id = ?1 AND state IN ('offered', 'agreed')";
    tx.query_opt(sql, params![request], |row| row.get(0))
}

pub(super) fn insert(tx: &mut Tx, contract: &Contract, outcomes: &str) -> Result<(), Fault> {
    let broken = |e: serde_json::Error| Fault::broken(e.to_string());
    let terms = serde_json::to_string(&contract.terms).map_err(broken)?;
    let plan = serde_json::to_string(&contract.plan).map_err(broken)?;
    let sql = "INSERT INTO contracts (id, request_id, bid_id, client_id, provider_id, title, brief, process_name, process_version, terms, plan, outcomes, fingerprint, total_minor, currency, state, note, client_agreed_at, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 'offered', '', ?16, ?16)";
    let c = contract;
    tx.execute(
        sql,
        params![
            c.id,
            c.request,
            c.bid,
            c.client,
            c.provider,
            &c.title,
            &c.brief,
            &c.process_name,
            c.process_version,
            terms,
            plan,
            outcomes,
            &c.fingerprint,
            c.total.minor(),
            c.total.currency(),
            c.client_agreed_at
        ],
    )?;
    Ok(())
}

/// Ends the offer; no row when it was no longer an offer.
pub(super) fn close(tx: &mut Tx, id: Id, state: ContractState, note: &str, order: Option<Id>) -> Result<u64, Fault> {
    let now = tx.now();
    let agreed: Option<Timestamp> = (state == ContractState::Agreed).then_some(now);
    let sql = "UPDATE contracts SET state = ?2, note = ?3, ended_at = ?4, provider_agreed_at = ?5, order_id = ?6 WHERE id = ?1 AND state = 'offered'";
    tx.execute(sql, params![id, state.word(), note, now, agreed, order])
}
