//! A gateway says that money came, or that it will not. Believed once, and only if it fits.

use ledger::{Account, Line, Transfer};
use orders::orders::{self as order, Fund, Funded};
use serde_json::json;
use store::{Fail, Fault, NewJob, Tx};

use super::{Notice, Outcome, Verdict, sql};
use crate::payins::{Payin, PayinState, announce, sql as payin_sql};

/// Settles a verified notice. Never refuses: what does not fit is written down with its verdict.
pub fn settle(tx: &mut Tx, notice: &Notice) -> Result<Verdict, Fail> {
    let payin = match notice.payin.parse() {
        Ok(id) => payin_sql::find(tx, id)?.filter(|payin| payin.gateway == notice.gateway),
        Err(_) => None,
    };
    let verdict = if sql::taken(tx, &notice.gateway, &notice.event)? {
        Verdict::Repeated
    } else {
        match &payin {
            None => Verdict::Unknown,
            Some(payin) => match misfit(payin, notice) {
                Some(verdict) => verdict,
                None => act(tx, payin, notice)?,
            },
        }
    };
    sql::insert(
        tx,
        &notice.gateway,
        Some(&notice.event),
        payin.map(|payin| payin.id),
        verdict,
        &told(notice),
    )?;
    Ok(verdict)
}

fn told(notice: &Notice) -> String {
    let outcome = if notice.outcome == Outcome::Paid {
        "paid"
    } else {
        "failed"
    };
    format!(
        "{outcome} {} {} order {} ref {}",
        notice.amount_minor, notice.currency, notice.order, notice.gateway_ref
    )
}

/// What speaks against the notice, if anything.
fn misfit(payin: &Payin, notice: &Notice) -> Option<Verdict> {
    if notice.order != payin.order.short() {
        Some(Verdict::OtherOrder)
    } else if notice.currency != payin.amount.currency().code() {
        Some(Verdict::OtherCurrency)
    } else if notice.amount_minor != payin.amount.minor() {
        Some(Verdict::OtherAmount)
    } else if matches!(payin.state, PayinState::Paid | PayinState::Returned) {
        Some(if notice.outcome == Outcome::Paid {
            Verdict::Repeated
        } else {
            Verdict::Ignored
        })
    } else if notice.outcome == Outcome::Failed && !payin.state.is_live() {
        Some(Verdict::Ignored)
    } else {
        None
    }
}

fn act(tx: &mut Tx, payin: &Payin, notice: &Notice) -> Result<Verdict, Fail> {
    match notice.outcome {
        Outcome::Failed => {
            payin_sql::end(tx, payin.id, PayinState::Failed, "")?;
            announce(tx, "payin.failed", payin.id, "failed")?;
            Ok(Verdict::Taken)
        }
        Outcome::Paid => paid(tx, payin, notice),
    }
}

/// Money is there: into escrow if the order still waits for it, otherwise on its way back.
fn paid(tx: &mut Tx, payin: &Payin, notice: &Notice) -> Result<Verdict, Fail> {
    let fund = Fund {
        order: payin.order,
        part: payin.part,
        transition: payin.transition.clone(),
        amount: payin.amount,
        gateway: payin.gateway.clone(),
    };
    let funded = order::fund(tx, &fund)?;
    let state = if funded == Funded::Held {
        PayinState::Paid
    } else {
        PayinState::Returned
    };
    if payin_sql::money_came(tx, payin.id, state, &notice.gateway_ref)? == 0 {
        return Err(Fault::broken("money came twice for one payin").into());
    }
    if funded == Funded::Held {
        announce(tx, "payin.paid", payin.id, "held")?;
        return Ok(Verdict::Taken);
    }
    send_back(tx, payin)?;
    announce(tx, "payin.paid", payin.id, "returned")?;
    Ok(Verdict::Late)
}

/// Nobody waits for this money any more: it belongs to the payer and goes back.
fn send_back(tx: &mut Tx, payin: &Payin) -> Result<(), Fail> {
    let lines = vec![
        Line::minus(Account::GatewayClearing(payin.gateway.clone()), payin.amount)?,
        Line::new(Account::RefundDue(payin.payer), payin.amount),
    ];
    let transfer = Transfer {
        kind: "payin_returned",
        reference_kind: "payin",
        reference: payin.id,
        lines,
        memo: String::new(),
    };
    ledger::post(tx, transfer)?;
    let refund = tx.new_id();
    let job = NewJob::now(
        "refund.send",
        json!({
            "refund": refund, "order": payin.order, "part": payin.part, "account": payin.payer, "payin": payin.id,
            "amount_minor": payin.amount.minor(), "currency": payin.amount.currency(), "reason": "late",
        }),
    );
    tx.enqueue(job.keyed(format!("refund:{refund}")))?;
    Ok(())
}
