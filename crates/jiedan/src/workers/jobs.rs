//! Takes jobs from the queue and does them: at least once each, a few at a time.

use std::time::Duration;

use store::{Job, JobState, Store};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Context, Wake, payments, sending};

/// Jobs at work at one time.
const AT_ONCE: i64 = 8;
/// A job that takes longer is given up and tried again; shorter than its lease, so that nobody else has it yet.
const LONGEST: Duration = Duration::from_secs(100);

/// Why a job did not go through.
#[derive(Debug)]
pub struct JobError {
    /// What happened, for the operator.
    pub message: String,
    /// Trying again cannot help.
    pub for_good: bool,
}

impl JobError {
    /// Worth another try.
    pub fn again(message: impl std::fmt::Display) -> Self {
        Self {
            message: message.to_string(),
            for_good: false,
        }
    }

    /// Not worth another try.
    pub fn for_good(message: impl std::fmt::Display) -> Self {
        Self {
            message: message.to_string(),
            for_good: true,
        }
    }
}

impl From<store::Fail> for JobError {
    fn from(fail: store::Fail) -> Self {
        Self::again(fail)
    }
}

/// Until it is asked to stop; then what was begun is finished.
pub async fn run(context: Context, stop: watch::Receiver<bool>) {
    let worker = format!("node-{}", context.node);
    let mut wake = Wake::new(&context.store, stop, Duration::from_secs(1));
    loop {
        match once(&context, &worker).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "claiming jobs"),
        }
        if !wake.next().await {
            return;
        }
    }
}

/// Does the jobs that are due at this moment, a few of them. Answers how many there were.
pub async fn once(context: &Context, worker: &str) -> Result<usize, store::Fail> {
    let name = worker.to_owned();
    let jobs = context
        .store
        .write("claim_jobs", move |tx| Ok(tx.claim_jobs(&name, AT_ONCE)?))
        .await?;
    let count = jobs.len();
    let mut at_work = JoinSet::new();
    for job in jobs {
        let context = context.clone();
        at_work.spawn(async move { settle(&context, job).await });
    }
    while at_work.join_next().await.is_some() {}
    Ok(count)
}

/// Does a job and writes down how it ended.
async fn settle(context: &Context, job: Job) {
    let outcome = tokio::time::timeout(LONGEST, perform(context, &job)).await;
    let outcome = outcome.unwrap_or_else(|_| Err(JobError::again("took too long")));
    metrics::counter!("jiedan_jobs_total", "kind" => job.kind.clone(), "ok" => outcome.is_ok().to_string())
        .increment(1);
    if let Err(error) = write_down(&context.store, job, outcome).await {
        tracing::error!(%error, "a job's end could not be written down; it is done again when its lease ends");
    }
}

async fn perform(context: &Context, job: &Job) -> Result<(), JobError> {
    match job.kind.as_str() {
        "outgoing.send" => sending::run(context, job).await,
        kind if kind.starts_with("payin.") || kind.starts_with("refund.") => payments::run(context, job).await,
        talk::notifications::UNREAD_JOB => unread(context, job).await,
        kind => Err(JobError::for_good(format!("no worker knows jobs of the kind {kind}"))),
    }
}

async fn unread(context: &Context, job: &Job) -> Result<(), JobError> {
    let (payload, base) = (job.payload.clone(), context.base_url.clone());
    let mailed = context.store.write("remind_unread", move |tx| {
        talk::notifications::remind_unread(tx, &payload, &base)
    });
    Ok(mailed.await?)
}

async fn write_down(store: &Store, job: Job, outcome: Result<(), JobError>) -> Result<(), store::Fail> {
    let id = job.id;
    match outcome {
        Ok(()) => store.write("finish_job", move |tx| Ok(tx.finish_job(id)?)).await,
        Err(error) => {
            tracing::warn!(
                kind = job.kind,
                attempt = job.attempt,
                message = error.message,
                "a job failed"
            );
            let state = store
                .write("fail_job", move |tx| {
                    Ok(tx.fail_job(&job, &error.message, error.for_good)?)
                })
                .await?;
            if state == JobState::Dead {
                tracing::error!(job = %id, "a job is dead: see the operator's page of jobs");
            }
            Ok(())
        }
    }
}
