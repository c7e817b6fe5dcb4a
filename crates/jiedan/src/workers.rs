//! What runs beside the pages: following events, running clocks, doing jobs. All of it from rows, at least once.

mod clocks;
mod context;
mod events;
mod jobs;
mod keeping;
pub mod payments;
mod sending;

use std::time::Duration;

use store::Store;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use context::Context;

/// The running workers.
pub struct Running(JoinSet<()>);

impl Running {
    /// Waits until each has finished what it was at. They were asked to stop by the signal they share.
    pub async fn finish(mut self) {
        let all = async { while self.0.join_next().await.is_some() {} };
        if tokio::time::timeout(Duration::from_secs(15), all).await.is_err() {
            tracing::warn!("a worker did not finish in time; what it was at is done again at the next start");
        }
    }
}

/// Starts every worker.
pub fn start(context: &Context, stop: &watch::Receiver<bool>) -> Running {
    let mut set = JoinSet::new();
    set.spawn(events::run(context.clone(), stop.clone()));
    set.spawn(clocks::run(context.clone(), stop.clone()));
    set.spawn(jobs::run(context.clone(), stop.clone()));
    set.spawn(keeping::run(context.clone(), stop.clone()));
    let (hub, store, mut stop) = (context.app.live.clone(), context.store.clone(), stop.clone());
    set.spawn(async move {
        tokio::select! {
            () = hub.follow(store) => {}
            _ = stop.wait_for(|stopped| *stopped) => {}
        }
    });
    Running(set)
}

/// Does everything that is due at this moment, once through; for the demo's cast, which lives its past in a moment.
pub async fn settle(context: &Context) -> Result<(), store::Fail> {
    loop {
        events::once(context).await?;
        clocks::once(context).await?;
        if jobs::once(context, "cast").await? == 0 {
            return events::once(context).await;
        }
    }
}

/// Wakes at a nudge of the store, or after a while, or to stop.
struct Wake {
    nudges: watch::Receiver<u64>,
    stop: watch::Receiver<bool>,
    pause: Duration,
}

impl Wake {
    fn new(store: &Store, stop: watch::Receiver<bool>, pause: Duration) -> Self {
        Self {
            nudges: store.nudges(),
            stop,
            pause,
        }
    }

    /// Answers false when it is time to stop.
    async fn next(&mut self) -> bool {
        if *self.stop.borrow() {
            return false;
        }
        tokio::select! {
            _ = self.nudges.changed() => {}
            () = tokio::time::sleep(self.pause) => {}
            _ = self.stop.changed() => {}
        }
        !*self.stop.borrow()
    }
}
