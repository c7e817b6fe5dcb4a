//! The three steps of a refund.

use kernel::{Id, Money};
use ledger::{Account, Line, Transfer};
use serde_json::json;
use store::{Fail, Fault, NewEvent, Tx};

use super::sql::RefundRow;
use super::{RefundJob, sql};
use crate::payins::sql as payin_sql;

/// What the worker asks the gateway to send back.
#[derive(Debug, Clone)]
pub struct ToSend {
    /// The refund: the key.
    pub refund: Id,
    /// The payin it comes from.
    pub payin: Id,
    /// The gateway's own name for the payin.
    pub gateway_ref: String,
    /// The gateway.
    pub gateway: String,
    /// How much.
    pub amount: Money,
    /// How much the payin was.
    pub of: Money,
}

/// What the first step found.
#[derive(Debug, Clone)]
pub enum Prepared {
    /// To be sent.
    Send(ToSend),
    /// Already over, one way or the other.
    Over,
}

/// Step one: the refund's row, tied to the payin whose money goes back. The same job again gives the same row. Where
/// no payin has so much left, the money goes to the wallet.
pub fn prepare(tx: &mut Tx, job: &RefundJob) -> Result<Prepared, Fail> {
    if sql::find(tx, job.refund)?.is_none() {
        let payin = payin_sql::take_for_refund(tx, job.order, job.part, job.payin, job.amount())?;
        let gateway = payin.as_ref().map_or("", |payin| payin.gateway.as_str());
        sql::insert(tx, job, payin.as_ref().map(|payin| payin.id), gateway)?;
    }
    let row = sql::find(tx, job.refund)?.ok_or_else(|| Fault::broken("a refund without its row"))?;
    if row.state != "due" {
        return Ok(Prepared::Over);
    }
    let Some(payin) = row.payin else {
        failed_for_good(tx, job.refund, "no payin has so much left")?;
        return Ok(Prepared::Over);
    };
    let payin = payin_sql::find(tx, payin)?.ok_or_else(|| Fault::broken("a refund without its payin"))?;
    Ok(Prepared::Send(ToSend {
        refund: row.id,
        payin: payin.id,
        gateway_ref: payin.gateway_ref.unwrap_or_default(),
        gateway: row.gateway,
        amount: row.amount,
        of: payin.amount,
    }))
}

/// Step three: the gateway has sent it.
pub fn done(tx: &mut Tx, refund: Id, gateway_ref: &str) -> Result<(), Fail> {
    let Some(row) = sql::find(tx, refund)? else {
        return Ok(());
    };
    if sql::end(tx, refund, "done", Some(gateway_ref), "")? == 0 {
        return Ok(());
    }
    let to = Account::GatewayClearing(row.gateway.clone());
    move_on(tx, &row, to, "refund_sent", "gateway")
}

/// Step three, when the gateway will not send it, ever: the client's wallet gets it.
pub fn failed_for_good(tx: &mut Tx, refund: Id, why: &str) -> Result<(), Fail> {
    let Some(row) = sql::find(tx, refund)? else {
        return Ok(());
    };
    if sql::end(tx, refund, "wallet", None, why)? == 0 {
        return Ok(());
    }
    let to = Account::Wallet(row.account);
    move_on(tx, &row, to, "refund_wallet", "wallet")
}

fn move_on(tx: &mut Tx, row: &RefundRow, to: Account, kind: &'static str, where_to: &str) -> Result<(), Fail> {
    let lines = vec![
        Line::minus(Account::RefundDue(row.account), row.amount)?,
        Line::new(to, row.amount),
    ];
    ledger::post(
        tx,
        Transfer {
            kind,
            reference_kind: "refund",
            reference: row.id,
            lines,
            memo: String::new(),
        },
    )?;
    tx.emit(NewEvent {
        kind: "refund.done",
        subject_kind: "refund",
        subject: row.id,
        actor: None,
        data: json!({
            "order": row.order, "client": row.account, "to": where_to,
            "amount_minor": row.amount.minor(), "currency": row.amount.currency(),
        }),
    })?;
    Ok(())
}
