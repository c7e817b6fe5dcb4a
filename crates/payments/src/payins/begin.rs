//! The client begins to pay; the worker asks the gateway for a page to pay on.

use kernel::{Actor, HOUR, Id, Money, SECOND, Timestamp};
use orders::orders as order;
use serde_json::json;
use store::{Fail, NewEvent, NewJob, Tx};

use super::{Payin, PayinState, sql};

/// How long a page to pay on stays open.
const OPEN_FOR: i64 = 2 * HOUR;

/// Begins a payment.
#[derive(Debug, Clone)]
pub struct Begin {
    /// The order.
    pub order: Id,
    /// The part whose turn it is.
    pub part: usize,
    /// The version of the order the page showed.
    pub seen_version: i64,
    /// The gateway to pay through.
    pub gateway: String,
}

/// What the worker asks the gateway to open.
#[derive(Debug, Clone)]
pub struct ToCreate {
    /// The payin: the key.
    pub payin: Id,
    /// The order.
    pub order: Id,
    /// The gateway.
    pub gateway: String,
    /// How much.
    pub amount: Money,
    /// What it is for, in words.
    pub title: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Begins to pay a part. There is one live payin for a part: beginning again gives the same one.
pub fn begin(tx: &mut Tx, actor: &Actor, cmd: &Begin) -> Result<Id, Fail> {
    let due = order::due_now(tx, actor, cmd.order, cmd.part, cmd.seen_version)?;
    if let Some(live) = sql::live_of(tx, due.order, due.part)? {
        return Ok(live);
    }
    let payin = Payin {
        id: tx.new_id(),
        order: due.order,
        part: due.part,
        transition: due.transition,
        payer: due.payer,
        gateway: cmd.gateway.clone(),
        amount: due.amount,
        state: PayinState::Begun,
        gateway_ref: None,
        pay_url: None,
        failure: String::new(),
        asks: 0,
        made_at: tx.now(),
        expires_at: tx.now() + OPEN_FOR,
        paid_at: None,
    };
    sql::insert(tx, &payin)?;
    let job = NewJob::now("payin.create", json!({ "payin": payin.id }));
    tx.enqueue(job.keyed(format!("payin.create:{}", payin.id)))?;
    Ok(payin.id)
}

/// What to ask the gateway for; none when it was asked already.
pub fn to_create(tx: &mut Tx, payin: Id) -> Result<Option<ToCreate>, Fail> {
    let Some(one) = sql::find(tx, payin)?.filter(|one| one.state == PayinState::Begun) else {
        return Ok(None);
    };
    let title = order::heading(tx, one.order)?.map_or_else(String::new, |(title, _)| title);
    Ok(Some(ToCreate {
        payin: one.id,
        order: one.order,
        gateway: one.gateway,
        amount: one.amount,
        title,
        expires_at: one.expires_at,
    }))
}

/// The gateway has opened a page: the client can pay, and we ask again in case no notice comes.
pub fn created(tx: &mut Tx, payin: Id, gateway_ref: &str, pay_url: &str) -> Result<(), Fail> {
    if sql::opened(tx, payin, gateway_ref, pay_url)? == 1 {
        let at = tx.now() + 30 * SECOND;
        let job = NewJob::now("payin.ask", json!({ "payin": payin })).at(at);
        tx.enqueue(job.keyed(format!("payin.ask:{payin}")))?;
        moved(tx, payin)?;
    }
    Ok(())
}

/// The gateway will not open a page, for good.
pub fn create_failed(tx: &mut Tx, payin: Id, why: &str) -> Result<(), Fail> {
    if sql::end(tx, payin, PayinState::Failed, why)? == 1 {
        failed_event(tx, payin, "failed")?;
    }
    Ok(())
}

/// Tells the order's followers that the payment page changed.
fn moved(tx: &mut Tx, payin: Id) -> Result<(), Fail> {
    announce(tx, "payin.opened", payin, "opened")
}

pub(crate) fn failed_event(tx: &mut Tx, payin: Id, why: &str) -> Result<(), Fail> {
    announce(tx, "payin.failed", payin, why)
}

pub(crate) fn announce(tx: &mut Tx, kind: &'static str, payin: Id, why: &str) -> Result<(), Fail> {
    let Some(one) = sql::find(tx, payin)? else {
        return Ok(());
    };
    let provider = order::parties(tx, one.order)?.map(|parties| parties.provider);
    tx.emit(NewEvent {
        kind,
        subject_kind: "payin",
        subject: payin,
        actor: None,
        data: json!({
            "order": one.order, "part": one.part, "client": one.payer, "provider": provider, "why": why,
            "amount_minor": one.amount.minor(), "currency": one.amount.currency(),
        }),
    })?;
    Ok(())
}
