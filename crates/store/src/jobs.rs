//! The job queue: work that is done after a commit, at least once, from rows. Leased, tried again with growing
//! pauses, and put aside as dead when its tries are used up, for the operator to see and retry.

use kernel::{Id, MINUTE, SECOND, Timestamp};

use crate::{Fail, Fault, Row, Tx, params};

/// How long a claimed job belongs to its worker before another may take it.
const LEASE: i64 = 2 * MINUTE;

/// A job to be queued.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// What is to be done, such as `mail.send`.
    pub kind: &'static str,
    /// What it needs, as JSON.
    pub payload: serde_json::Value,
    /// Not before this moment; `None` means now.
    pub run_at: Option<Timestamp>,
    /// A job with the same key that is not done yet (it waits, or runs right now) is not queued again. Meant for work
    /// that one key names once, such as one letter; not for "look again", which a running job might miss.
    pub key: Option<String>,
    /// Tries before it is dead.
    pub max_attempts: i64,
}

impl NewJob {
    /// A job to be run now, with 10 tries.
    pub const fn now(kind: &'static str, payload: serde_json::Value) -> Self {
        Self {
            kind,
            payload,
            run_at: None,
            key: None,
            max_attempts: 10,
        }
    }

    /// The same, not before `at`.
    #[must_use]
    pub const fn at(mut self, at: Timestamp) -> Self {
        self.run_at = Some(at);
        self
    }

    /// The same, not queued again while one with this key waits.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Waits for its time, or for its next try.
    Waiting,
    /// Done.
    Done,
    /// All tries used up, or refused for good: the operator decides.
    Dead,
}

impl JobState {
    /// The word in the row.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }
}

/// A job as the operator sees it.
#[derive(Debug, Clone)]
pub struct JobView {
    /// Its id.
    pub id: Id,
    /// What is to be done.
    pub kind: String,
    /// What it needs, as JSON text.
    pub payload: String,
    /// Where it stands.
    pub state: String,
    /// Not before this moment.
    pub run_at: Timestamp,
    /// Tries so far.
    pub attempts: i64,
    /// Tries before it is dead.
    pub max_attempts: i64,
    /// What went wrong at the last try.
    pub last_error: Option<String>,
    /// When it was queued.
    pub made_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
}

fn read_view(row: &Row) -> Result<JobView, Fault> {
    Ok(JobView {
        id: row.get(0)?,
        kind: row.get(1)?,
        payload: row.get(2)?,
        state: row.get(3)?,
        run_at: row.get(4)?,
        attempts: row.get(5)?,
        max_attempts: row.get(6)?,
        last_error: row.get(7)?,
        made_at: row.get(8)?,
        done_at: row.get(9)?,
    })
}

/// A job a worker has claimed.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its id.
    pub id: Id,
    /// What is to be done.
    pub kind: String,
    /// What it needs.
    pub payload: serde_json::Value,
    /// Which try this is, from 1.
    pub attempt: i64,
    /// Tries before it is dead.
    pub max_attempts: i64,
}

fn read_job(row: &Row) -> Result<Job, Fault> {
    let payload: String = row.get(2)?;
    let payload = serde_json::from_str(&payload).map_err(|e| Fault::Shape(format!("job payload: {e}")))?;
    Ok(Job {
        id: row.get(0)?,
        kind: row.get(1)?,
        payload,
        attempt: row.get(3)?,
        max_attempts: row.get(4)?,
    })
}

impl Tx<'_> {
    /// Queues a job; it is seen after the commit. Answers nothing when one with its key already waits.
    pub fn enqueue(&mut self, job: NewJob) -> Result<Option<Id>, Fault> {
        let (id, now) = (self.new_id(), self.now());
        let sql = "INSERT INTO jobs (id, kind, job_key, payload, run_at, max_attempts, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                   ON CONFLICT (job_key) WHERE state = 'waiting' DO NOTHING";
        let run_at = job.run_at.unwrap_or(now);
        let added = self.execute(
            sql,
            params![
                id,
                job.kind,
                job.key,
                job.payload.to_string(),
                run_at,
                job.max_attempts,
                now
            ],
        )?;
        self.nudges = true;
        Ok((added == 1).then_some(id))
    }

    /// Claims up to `most` jobs that are due, for two minutes, under the worker's name.
    pub fn claim_jobs(&mut self, worker: &str, most: i64) -> Result<Vec<Job>, Fault> {
        let (now, sql) = (self.now(), self.dialect().claim_jobs());
        self.query(sql, params![worker, now + LEASE, most, now], read_job)
    }

    /// Puts a job down as done.
    pub fn finish_job(&mut self, id: Id) -> Result<(), Fault> {
        let now = self.now();
        self.execute(
            "UPDATE jobs SET state = 'done', done_at = ?2, last_error = NULL WHERE id = ?1",
            params![id, now],
        )?;
        Ok(())
    }

    /// Puts a job back for its next try, or down as dead when its tries are used up or `for_good` is set.
    pub fn fail_job(&mut self, job: &Job, error: &str, for_good: bool) -> Result<JobState, Fault> {
        let dead = for_good || job.attempt >= job.max_attempts;
        let state = if dead { JobState::Dead } else { JobState::Waiting };
        let pause = (5 * SECOND).saturating_mul(1 << job.attempt.clamp(0, 12));
        let (run_at, short) = (self.now() + pause, error.chars().take(500).collect::<String>());
        let sql = "UPDATE jobs SET state = ?2, run_at = ?3, lease_until = 0, last_error = ?4 WHERE id = ?1";
        self.execute(sql, params![job.id, state.word(), run_at, short])?;
        Ok(state)
    }

    /// Jobs in one state, newest first, older than `before`, at most `limit`; for the operator's page.
    pub fn jobs(&mut self, state: JobState, before: Option<Id>, limit: i64) -> Result<Vec<JobView>, Fault> {
        let sql = "SELECT id, kind, payload, state, run_at, attempts, max_attempts, last_error, made_at, done_at FROM jobs \
                   WHERE state = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
        let before = before.map_or(i64::MAX, Id::raw);
        self.query(sql, params![state.word(), before, limit], read_view)
    }

    /// How many jobs stand in a state; counts no further than 1,000.
    pub fn count_jobs(&mut self, state: JobState) -> Result<i64, Fault> {
        let sql = "SELECT COUNT(*) FROM (SELECT id FROM jobs WHERE state = ?1 LIMIT 1000) AS some_jobs";
        self.query_one(sql, params![state.word()], |row| row.get(0))
    }

    /// Gives a dead job its tries back, now. Answers whether there was one.
    pub fn retry_job(&mut self, id: Id) -> Result<bool, Fail> {
        let now = self.now();
        let sql = "UPDATE jobs SET state = 'waiting', attempts = 0, run_at = ?2, lease_until = 0, job_key = NULL WHERE id = ?1 AND state = 'dead'";
        let touched = self.execute(sql, params![id, now])?;
        self.nudges = true;
        Ok(touched == 1)
    }
}
