//! Lets time do what was agreed: order clocks, reminders, offers nobody answered, deadlines of requests, windows of
//! reviews.

use std::time::Duration;

use store::Fail;
use tokio::sync::watch;

use super::{Context, Wake};

/// How many of each are taken in one transaction.
const BATCH: i64 = 50;

/// Until it is asked to stop. Looks once a second: a clock is late by that at the most.
pub async fn run(context: Context, stop: watch::Receiver<bool>) {
    let mut wake = Wake::new(&context.store, stop, Duration::from_secs(1));
    loop {
        if let Err(error) = once(&context).await {
            tracing::error!(%error, "running clocks");
        }
        if !wake.next().await {
            return;
        }
    }
}

/// Everything that is due at this moment.
pub async fn once(context: &Context) -> Result<(), Fail> {
    let store = &context.store;
    while store
        .write("run_due_clocks", |tx| orders::clocks::run_due(tx, BATCH))
        .await?
        > 0
    {}
    while store
        .write("run_reminders", |tx| orders::clocks::run_reminders(tx, BATCH))
        .await?
        > 0
    {}
    while store
        .write("lapse_offers", |tx| orders::contracts::lapse_unanswered(tx, BATCH))
        .await?
        > 0
    {}
    while store
        .write("close_expired_requests", |tx| {
            orders::requests::close_expired(tx, BATCH)
        })
        .await?
        > 0
    {}
    while store.write("open_due_reviews", trust::reviews::open_due).await? > 0 {}
    Ok(())
}
