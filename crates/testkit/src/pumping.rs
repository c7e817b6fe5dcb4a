//! What the program's workers do, in this thread: events get their numbers and reach followers, clocks that ran out
//! fire, jobs run. Outside services are stood in for.

use kernel::Id;
use store::{Fail, Job};

use crate::Market;
use crate::gateway::Answer;

/// Rounds after which a market that never comes to rest is taken for broken.
const ROUNDS: usize = 500;
/// The address of the pages, for letters.
const BASE_URL: &str = "http://market.example";

impl Market {
    /// Works until nothing is left to do at this moment.
    pub fn pump(&self) {
        for _ in 0..ROUNDS {
            let work = self.number() + self.follow() + self.clocks() + self.run_jobs();
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
        let followed = self.write(|tx| talk::notifications::run(tx, 100, BASE_URL));
        count(followed.expect("followers take every event"))
    }

    /// What time alone brings about.
    fn clocks(&self) -> i64 {
        let fired = self.write(|tx| orders::clocks::run_due(tx, 50)).expect("clocks fire");
        let reminded = self
            .write(|tx| orders::clocks::run_reminders(tx, 50))
            .expect("reminders go out");
        self.write(|tx| orders::contracts::lapse_unanswered(tx, 50))
            .expect("offers lapse");
        let closed = self
            .write(|tx| orders::requests::close_expired(tx, 50))
            .expect("requests close");
        let opened = self.write(trust::reviews::open_due).expect("reviews open");
        count(usize::try_from(fired + reminded + closed).unwrap_or(usize::MAX) + opened)
    }

    /// Does the jobs that are due. Answers how many there were.
    pub fn run_jobs(&self) -> i64 {
        let claimed = self
            .write(|tx| Ok(tx.claim_jobs("testkit", 20)?))
            .expect("jobs are claimed");
        for job in &claimed {
            self.run(job)
                .unwrap_or_else(|fail| panic!("job {} {}: {fail}", job.kind, job.payload));
            let id = job.id;
            self.write(move |tx| Ok(tx.finish_job(id)?))
                .expect("a job is put down as done");
        }
        count(claimed.len())
    }

    /// One job, with the outside stood in for. The same three steps as the program's: a transaction, the call, a
    /// transaction.
    fn run(&self, job: &Job) -> Result<(), Fail> {
        match job.kind.as_str() {
            site::outgoing::JOB => {
                let id = id_of(job, "id");
                self.write(move |tx| Ok(site::outgoing::mark_sent(tx, id)?)).map(|_| ())
            }
            "payin.create" => self.create_payin(id_of(job, "payin")),
            "payin.ask" => self.ask_payin(id_of(job, "payin")),
            "refund.send" => self.send_refund(job),
            talk::notifications::UNREAD_JOB => {
                let payload = job.payload.clone();
                self.write(move |tx| talk::notifications::remind_unread(tx, &payload, BASE_URL))
            }
            // A test's own.
            _ => Ok(()),
        }
    }

    fn create_payin(&self, payin: Id) -> Result<(), Fail> {
        let Some(ask) = self.write(move |tx| payments::payins::to_create(tx, payin))? else {
            return Ok(());
        };
        let reference = self.gateway.open(&ask);
        self.write(move |tx| payments::payins::created(tx, payin, &reference, "http://gateway.example/pay"))
    }

    fn ask_payin(&self, payin: Id) -> Result<(), Fail> {
        let Some(ask) = self.write(move |tx| payments::payins::to_ask(tx, payin))? else {
            return Ok(());
        };
        match self.gateway.answer(&ask) {
            Answer::Told(notice) => {
                self.tell(notice);
                Ok(())
            }
            Answer::Closed => self.write(move |tx| payments::payins::closed(tx, payin)),
            Answer::Nothing => self.write(move |tx| payments::payins::asked(tx, payin)),
        }
    }

    fn send_refund(&self, job: &Job) -> Result<(), Fail> {
        let refund: payments::refunds::RefundJob =
            serde_json::from_value(job.payload.clone()).expect("a refund's job says what it carries");
        let id = refund.refund;
        match self.write(move |tx| payments::refunds::prepare(tx, &refund))? {
            payments::refunds::Prepared::Over => Ok(()),
            payments::refunds::Prepared::Send(send) => {
                let reference = self.gateway.refund(&send);
                self.write(move |tx| payments::refunds::done(tx, id, &reference))
            }
        }
    }

    /// Every event so far, as `kind`, in order; numbers what waits first.
    pub fn event_kinds(&self) -> Vec<String> {
        while self.number() > 0 {}
        let events = self
            .read(|tx| Ok(tx.events_after(0, 100_000)?))
            .expect("events can be read");
        events.into_iter().map(|event| event.kind).collect()
    }
}

fn id_of(job: &Job, field: &str) -> Id {
    let id = job.payload[field].as_str().and_then(|id| id.parse().ok());
    id.unwrap_or_else(|| panic!("job {} carries {}", job.kind, job.payload))
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
