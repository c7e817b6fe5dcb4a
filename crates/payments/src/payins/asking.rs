//! When no notice comes, we ask: after half a minute, then less and less often, until the page to pay on closes.

use kernel::{HOUR, Id, MINUTE, Timestamp};
use serde_json::json;
use store::{Fail, NewJob, Tx};

use super::begin::failed_event;
use super::{PayinState, sql};

/// A payin the gateway is to be asked about.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The payin: the key.
    pub payin: Id,
    /// The gateway.
    pub gateway: String,
    /// Whether its time is up: if it is not paid, the gateway is told to close it.
    pub over: bool,
}

/// What to ask; none when it is settled.
pub fn to_ask(tx: &mut Tx, payin: Id) -> Result<Option<Asking>, Fail> {
    let now = tx.now();
    let one = sql::find(tx, payin)?.filter(|one| one.state == PayinState::Waiting);
    Ok(one.map(|one| Asking {
        payin: one.id,
        gateway: one.gateway,
        over: one.expires_at <= now,
    }))
}

/// The gateway knows nothing new: ask again later.
pub fn asked(tx: &mut Tx, payin: Id) -> Result<(), Fail> {
    let Some(one) = sql::find(tx, payin)?.filter(|one| one.state == PayinState::Waiting) else {
        return Ok(());
    };
    sql::count_ask(tx, payin)?;
    let at = next_ask(tx.now(), one.asks).min(one.expires_at.max(tx.now() + MINUTE));
    let job = NewJob::now("payin.ask", json!({ "payin": payin })).at(at);
    // The job that runs now still holds the key: the number of the ask keeps the next one apart.
    tx.enqueue(job.keyed(format!("payin.ask:{payin}:{}", one.asks + 1)))?;
    Ok(())
}

const fn pause(asks: i64) -> i64 {
    match asks {
        0 => 2 * MINUTE,
        1 => 10 * MINUTE,
        2 => 30 * MINUTE,
        _ => HOUR,
    }
}

fn next_ask(now: Timestamp, asks: i64) -> Timestamp {
    now + pause(asks)
}

/// The gateway has closed it unpaid.
pub fn closed(tx: &mut Tx, payin: Id) -> Result<(), Fail> {
    if sql::end(tx, payin, PayinState::Expired, "")? == 1 {
        failed_event(tx, payin, "expired")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_grow_rarer() {
        let now = Timestamp::from_micros(0);
        let pauses: Vec<_> = (0..5).map(|asks| next_ask(now, asks).as_micros() / MINUTE).collect();
        assert_eq!(pauses, [2, 10, 30, 60, 60]);
    }
}
