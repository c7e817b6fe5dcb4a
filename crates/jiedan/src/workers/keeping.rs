//! House-keeping: sealing the ledger's chain, and forgetting what nobody needs any more: run-out sessions and codes,
//! counts of people who have not asked for a while.

use std::time::Duration;

use store::Fail;
use tokio::sync::watch;

use super::{Context, Wake};

/// Postings sealed in one transaction.
const BATCH: i64 = 500;

/// Days that done jobs and the keys of sent forms are kept.
const KEPT_DAYS: i64 = 90;

/// Until it is asked to stop. Once a second at the most, since a seal may wait and a nudge comes with every commit.
pub async fn run(context: Context, stop: watch::Receiver<bool>) {
    let mut wake = Wake::new(&context.store, stop, Duration::from_secs(5));
    loop {
        if let Err(error) = once(&context).await {
            tracing::error!(%error, "keeping house");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        if !wake.next().await {
            return;
        }
    }
}

async fn once(context: &Context) -> Result<(), Fail> {
    let store = &context.store;
    while store.write("seal_ledger", |tx| ledger::seal(tx, BATCH)).await? > 0 {}
    store.write("sweep_accounts", accounts::sweep).await?;
    context.app.limits.forget_idle();
    let forget = |tx: &mut store::Tx| {
        let before = tx.now().plus_days(-KEPT_DAYS);
        Ok(tx.forget_before(before, BATCH)?)
    };
    store.write("forget_done", forget).await?;
    Ok(())
}
