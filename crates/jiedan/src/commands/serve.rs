//! `jiedan serve`: a market on a folder.

use std::sync::Arc;

use store::SystemClock;
use tokio::sync::watch;

use crate::cli::Source;
use crate::config::Config;
use crate::workers::Context;
use crate::{market, server, telling, workers};

/// Opens the market and serves it until it is asked to stop.
pub fn run(source: &Source) -> anyhow::Result<()> {
    let config = super::settings(source, None)?;
    let store = market::open(&config, Arc::new(SystemClock))?;
    let context = Context::new(store, &config, false)?;
    super::block_on(async move {
        telling::start(&config.telling)?;
        let stop = server::stop_signal()?;
        println!("The market is open at {}", config.base_url());
        open(context, &config, stop).await
    })
}

/// Pages and workers together, until `stop`.
pub async fn open(context: Context, config: &Config, stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let listener = server::bind(&config.server.listen).await?;
    let running = workers::start(&context, &stop);
    let outcome = server::serve(listener, web::router(context.app.clone()), stop).await;
    running.finish().await;
    outcome
}
