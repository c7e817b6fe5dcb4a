//! Numbers committed events and lets the followers see them: notifications, and the pages that are open right now.

use std::time::Duration;

use tokio::sync::watch;

use super::{Context, Wake};

/// Events a follower takes in one transaction.
const BATCH: i64 = 200;

/// Until it is asked to stop.
pub async fn run(context: Context, stop: watch::Receiver<bool>) {
    let mut wake = Wake::new(&context.store, stop, Duration::from_secs(1));
    loop {
        if let Err(error) = once(&context).await {
            tracing::error!(%error, "following events");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        if !wake.next().await {
            return;
        }
    }
}

/// Everything that has happened until this moment.
pub async fn once(context: &Context) -> Result<(), store::Fail> {
    while context.store.number_events().await? > 0 {}
    loop {
        let base = context.base_url.clone();
        let seen = context
            .store
            .write("notifications", move |tx| talk::notifications::run(tx, BATCH, &base))
            .await?;
        if seen == 0 {
            return Ok(());
        }
    }
}
