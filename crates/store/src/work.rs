//! A closure on its way to a database thread, and the answer on its way back.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use crate::tx::{IdFeed, Tx};
use crate::{Fail, Fault};

/// A unit of work without its types.
pub(crate) trait Work: Send {
    fn name(&self) -> &'static str;
    /// Ids already handed out to this closure, kept between runs.
    fn ids(&mut self) -> IdFeed;
    fn keep_ids(&mut self, ids: IdFeed);
    /// Runs the closure once. `Ok` when its writes should stay.
    fn run(&mut self, tx: &mut Tx) -> Result<(), Fault>;
    /// Answers the caller: what the closure said, or the fault that overrules it.
    fn finish(self: Box<Self>, fault: Option<Fault>);
}

pub(crate) struct Closure<T, F> {
    name: &'static str,
    run: F,
    ids: IdFeed,
    said: Option<Result<T, Fail>>,
    answer: oneshot::Sender<Result<T, Fail>>,
}

impl<T, F> Closure<T, F>
where
    T: Send + 'static,
    F: Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
{
    pub(crate) fn boxed(name: &'static str, run: F) -> (Box<dyn Work>, Pending<T>) {
        let (answer, wait) = oneshot::channel();
        (
            Box::new(Self {
                name,
                run,
                ids: IdFeed::default(),
                said: None,
                answer,
            }),
            Pending { wait },
        )
    }
}

impl<T, F> Work for Closure<T, F>
where
    T: Send + 'static,
    F: Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn ids(&mut self) -> IdFeed {
        std::mem::take(&mut self.ids)
    }

    fn keep_ids(&mut self, ids: IdFeed) {
        self.ids = ids;
    }

    fn run(&mut self, tx: &mut Tx) -> Result<(), Fault> {
        let said = catch_unwind(AssertUnwindSafe(|| (self.run)(tx)));
        let said = said.map_err(|_| Fault::Panic(self.name))?;
        if let Some(fault) = tx.take_poison() {
            return Err(fault);
        }
        let outcome = match &said {
            Ok(_) => Ok(()),
            Err(Fail::Fault(fault)) => Err(fault.clone()),
            Err(Fail::Refused(_)) => Err(Fault::Closed),
        };
        self.said = Some(said);
        outcome
    }

    fn finish(self: Box<Self>, fault: Option<Fault>) {
        let answer = match (self.said, fault) {
            // A refusal stands on its own: its writes were rolled back, which is all it asked for.
            (Some(Err(Fail::Refused(refusal))), _) => Err(Fail::Refused(refusal)),
            (_, Some(fault)) => Err(Fail::Fault(fault)),
            (Some(said), None) => said,
            (None, None) => Err(Fail::Fault(Fault::Closed)),
        };
        // Nobody waits any more (a closed connection): the work is done all the same.
        let _ = self.answer.send(answer);
    }
}

/// An answer that is on its way: `.await` it, or `.wait()` outside of async code.
#[must_use = "the work is done either way, but whether it went through is only known by waiting"]
pub struct Pending<T> {
    wait: oneshot::Receiver<Result<T, Fail>>,
}

impl<T> Pending<T> {
    pub(crate) fn ready(answer: Result<T, Fail>) -> Self {
        let (send, wait) = oneshot::channel();
        let _ = send.send(answer);
        Self { wait }
    }

    /// Waits on this thread. Must not be called from an async worker.
    pub fn wait(self) -> Result<T, Fail> {
        self.wait.blocking_recv().unwrap_or(Err(Fail::Fault(Fault::Closed)))
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Fail>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.wait)
            .poll(cx)
            .map(|got| got.unwrap_or(Err(Fail::Fault(Fault::Closed))))
    }
}
