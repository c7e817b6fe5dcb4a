//! The store itself: opening it, handing closures to its threads, closing it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use kernel::{Id, IdSource, Refusal, Status, Timestamp};
use tokio::sync::watch;

use crate::queue::Queue;
use crate::work::{Closure, Pending, Work};
use crate::{Clock, Fail, Fault, SystemClock, Tx, postgres_engine, sqlite_engine};

/// Where the data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file; made if it is not there.
    Sqlite(PathBuf),
    /// A connection string, `postgres://user@host:port/database`, or its key=value form. The connection is not encrypted
    /// yet: reach the server over a local socket, a private network or a tunnel. `sslmode=require` is refused, not ignored.
    Postgres(String),
}

/// Which engine holds the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// One file beside the program.
    Sqlite,
    /// A server.
    Postgres,
}

/// How a store is opened.
#[derive(Clone)]
pub struct Options {
    /// This node's number, 0–1023: part of every id it makes.
    pub node: u16,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Runs every write closure twice, the first time rolled back, and compares what was written. For tests.
    pub run_twice: bool,
    /// Threads that answer reads.
    pub readers: usize,
    /// Threads that write, on PostgreSQL; SQLite always has one.
    pub writers: usize,
    /// How many closures may wait in each line before the store says it is busy.
    pub line: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            node: 0,
            clock: Arc::new(SystemClock),
            run_twice: false,
            readers: 4,
            writers: 8,
            line: 4096,
        }
    }
}

/// What the database threads share.
pub(crate) struct Shared {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) run_twice: bool,
    pub(crate) reads: Queue,
    pub(crate) writes: Queue,
    pub(crate) nudge: watch::Sender<u64>,
    pub(crate) fail_at: AtomicU64,
    ids: Mutex<IdSource>,
}

impl Shared {
    pub(crate) fn make_id(&self, now: Timestamp) -> Id {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).next(now)
    }

    /// New ids go on after this one, which is in the database already.
    pub(crate) fn resume_ids(&self, newest: i64) {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.resume_after(Id::from_raw(newest));
    }

    /// Tells followers that there are new events or jobs.
    pub(crate) fn nudge(&self) {
        self.nudge.send_modify(|n| *n += 1);
    }

    /// The statement at which the next write shall fail; asked once, then forgotten.
    pub(crate) fn take_fail_at(&self) -> Option<u64> {
        match self.fail_at.swap(0, Ordering::SeqCst) {
            0 => None,
            at => Some(at),
        }
    }
}

struct Inner {
    shared: Arc<Shared>,
    kind: EngineKind,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shared.reads.close();
        self.shared.writes.close();
        let threads = std::mem::take(self.threads.get_mut().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A database thread never panics on a closure's account; if it did, its work was answered as closed.
            let _ = thread.join();
        }
    }
}

/// A market's data. Cheap to clone; closed when the last clone is dropped, after what waits is done.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl Store {
    /// Opens a store, migrating it to this version. Faults: unreachable, or written by a version this one does not know.
    pub fn open(location: &Location, options: Options) -> Result<Self, Fault> {
        let shared = Arc::new(Shared {
            clock: options.clock.clone(),
            run_twice: options.run_twice,
            reads: Queue::new(options.line),
            writes: Queue::new(options.line),
            nudge: watch::channel(0).0,
            fail_at: AtomicU64::new(0),
            ids: Mutex::new(IdSource::new(options.node)),
        });
        let (kind, threads) = match location {
            Location::Sqlite(path) => (EngineKind::Sqlite, sqlite_engine::start(path, &options, &shared)?),
            Location::Postgres(url) => (EngineKind::Postgres, postgres_engine::start(url, &options, &shared)?),
        };
        Ok(Self {
            inner: Arc::new(Inner {
                shared,
                kind,
                threads: Mutex::new(threads),
            }),
        })
    }

    /// Which engine this is.
    pub fn engine(&self) -> EngineKind {
        self.inner.kind
    }

    /// The present moment by the store's clock. Use cases ask their transaction instead.
    pub fn now(&self) -> Timestamp {
        self.inner.shared.clock.now()
    }

    /// Runs a closure that writes. Answered after the commit is durable.
    pub fn write<T, F>(&self, name: &'static str, run: F) -> Pending<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
    {
        self.line_up(&self.inner.shared.writes, Closure::boxed(name, run))
    }

    /// Runs a closure that only reads, on one snapshot.
    pub fn read<T, F>(&self, name: &'static str, run: F) -> Pending<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
    {
        self.line_up(&self.inner.shared.reads, Closure::boxed(name, run))
    }

    /// Changes whenever a commit brought events or jobs; for followers and workers.
    pub fn nudges(&self) -> watch::Receiver<u64> {
        self.inner.shared.nudge.subscribe()
    }

    /// Lets the `statement`-th statement of the next write closure fail. For fault tests.
    pub fn inject_fault_at(&self, statement: u64) {
        self.inner.shared.fail_at.store(statement, Ordering::SeqCst);
    }

    fn line_up<T: Send + 'static>(&self, queue: &Queue, (work, pending): (Box<dyn Work>, Pending<T>)) -> Pending<T> {
        match queue.push(work) {
            Ok(()) => pending,
            Err(_) => Pending::ready(Err(Fail::from(Refusal::new("store-busy", Status::Busy)))),
        }
    }
}
