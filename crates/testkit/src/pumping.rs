//! What the program's workers do, in this thread: events get their numbers and reach followers, clocks that ran out
//! fire, jobs run. Outside services are stood in for.

use store::{Event, Fail, Job, Tx};

use crate::Market;

/// Rounds after which a market that never comes to rest is taken for broken.
const ROUNDS: usize = 200;

impl Market {
    /// Works until nothing is left to do at this moment.
    pub fn pump(&self) {
        for _ in 0..ROUNDS {
            let work = self.number() + self.follow() + self.clocks() + self.jobs();
            if work == 0 {
                return;
            }
        }
        panic!("the market does not come to rest");
    }

    fn number(&self) -> i64 {
        self.store().number_events().wait().expect("events are numbered")
    }

    fn follow(&self) -> i64 {
        let followed = self.write(|tx| {
            let seen = tx.cursor("testkit")?;
            let events = tx.events_after(seen, 100)?;
            let Some(last) = events.last() else { return Ok(0) };
            follow(tx, &events)?;
            tx.set_cursor("testkit", last.seq)?;
            Ok(i64::try_from(events.len()).unwrap_or(i64::MAX))
        });
        followed.expect("followers take every event")
    }

    fn clocks(&self) -> i64 {
        self.write(clocks).expect("clocks fire")
    }

    fn jobs(&self) -> i64 {
        let claimed = self.write(|tx| Ok(tx.claim_jobs("testkit", 20)?)).expect("jobs are claimed");
        for job in &claimed {
            self.run(job);
        }
        i64::try_from(claimed.len()).unwrap_or(i64::MAX)
    }

    fn run(&self, job: &Job) {
        let job = job.clone();
        let outcome = self.write(move |tx| {
            run_job(tx, &job)?;
            tx.finish_job(job.id)?;
            Ok(())
        });
        outcome.expect("a job runs");
    }

    /// Every event so far, as `kind`, in order; numbers what waits first.
    pub fn event_kinds(&self) -> Vec<String> {
        self.number();
        let events = self.read(|tx| Ok(tx.events_after(0, 100_000)?)).expect("events can be read");
        events.into_iter().map(|event| event.kind).collect()
    }
}

/// Everything that follows events.
fn follow(_tx: &mut Tx, _events: &[Event]) -> Result<(), Fail> {
    Ok(())
}

/// Everything that time alone brings about.
fn clocks(_tx: &mut Tx) -> Result<i64, Fail> {
    Ok(0)
}

/// Jobs whose outside is stood in for. A kind nobody knows here is taken as done.
fn run_job(tx: &mut Tx, job: &Job) -> Result<(), Fail> {
    if job.kind == site::outgoing::JOB
        && let Some(id) = job.payload["id"].as_str().and_then(|id| id.parse().ok())
    {
        site::outgoing::mark_sent(tx, id)?;
    }
    Ok(())
}
