//! Lives the cast's past: the clock jumps from step to step, and between the steps the market works as it always does.

use std::sync::Arc;

use anyhow::Context as _;
use kernel::{HOUR, Timestamp};
use store::{Clock, ManualClock, SystemClock};

use super::acts::Stage;
use super::cast::Cast;
use super::script;
use crate::config::Config;
use crate::market;
use crate::workers::{self, Context};

/// The longest jump of the clock: what it lets run out is late by that at the most.
const JUMP: i64 = 2 * HOUR;

/// Puts the cast and its deals into a fresh market. The gateway must be running.
pub fn live(config: &Config, cast: &Cast) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let steps = script::steps(cast, now);
    let begin = steps.first().map_or(now, |step| step.at).plus_days(-3);
    let clock = Arc::new(ManualClock::new(begin));
    let store = market::open(config, clock.clone())?;
    let context = Context::new(store, config, true)?;
    crate::commands::block_on(async move {
        let mut stage = Stage::set(context.clone(), clock.clone(), cast.clone())
            .await
            .context("the cast")?;
        for step in steps {
            run_until(&context, &clock, step.at).await?;
            let title = &cast.deal[step.deal].title;
            stage
                .play(step)
                .await
                .with_context(|| format!("{title}: {:?}", step.act))?;
            workers::settle(&context).await?;
        }
        run_until(&context, &clock, now).await
    })
}

async fn run_until(context: &Context, clock: &ManualClock, at: Timestamp) -> anyhow::Result<()> {
    loop {
        let left = at.since(clock.now());
        if left <= 0 {
            return Ok(());
        }
        clock.advance(left.min(JUMP));
        workers::settle(context).await?;
    }
}
