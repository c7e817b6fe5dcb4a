//! What the payment page and the operator's list show.

use kernel::{Actor, Id, Locale};
use orders::orders as order;
use store::{Fail, Tx};

use super::{Payin, sql};
use crate::refunds::{self, RefundView};

/// A payin with what its page says.
#[derive(Debug, Clone)]
pub struct PayinPage {
    /// The payin.
    pub payin: Payin,
    /// The order's title.
    pub title: String,
    /// What went back of it.
    pub refunds: Vec<RefundView>,
}

/// The payin, if the reader pays it or works for the operator.
pub fn find_for(tx: &mut Tx, actor: &Actor, id: Id) -> Result<Option<PayinPage>, Fail> {
    let Some(payin) = sql::find(tx, id)? else {
        return Ok(None);
    };
    if actor.account() != Some(payin.payer) && !actor.is_staff() {
        return Ok(None);
    }
    let title = order::heading(tx, payin.order)?.map_or_else(String::new, |(title, _)| title);
    let refunds = refunds::of_payin(tx, id)?;
    Ok(Some(PayinPage { payin, title, refunds }))
}

/// The language of the payer.
pub fn payer_locale(tx: &mut Tx, payin: Id) -> Result<Locale, Fail> {
    let Some(payin) = sql::find(tx, payin)? else {
        return Ok(Locale::default());
    };
    Ok(accounts::people::card(tx, payin.payer)?.map_or_else(Locale::default, |person| person.locale))
}

/// The live payin of a part, if there is one.
pub fn live_of(tx: &mut Tx, order: Id, part: usize) -> Result<Option<Id>, Fail> {
    Ok(sql::live_of(tx, order, part)?)
}

/// Every payin for the operator, newest first.
pub fn operator_list(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<Payin>, Fail> {
    Ok(sql::list(tx, before, limit)?)
}
