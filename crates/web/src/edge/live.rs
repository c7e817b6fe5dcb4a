//! Live pages: one WebSocket for each open page, which says *that* something changed, never what. The page fetches its
//! own regions again with its own session, so nothing can be seen here that could not be seen there.
//!
//! The hub turns events into topics (`account:…`, `order:…`, `request:…`, `thread:…`) for the sockets of this process.
//! It is not a queue: who was away, or fell behind, is told to look again.

mod socket;
mod topics;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use store::{Event, Store};
use tokio::sync::broadcast;

use crate::App;

/// Changes a slow socket may fall behind before it is told to look again.
const BACKLOG: usize = 1024;
/// Sockets of this process.
const SOCKETS_MAX: usize = 10_000;
/// Sockets of one account or, for visitors, one address.
const SOCKETS_EACH: usize = 24;
/// Events read at once.
const BATCH: i64 = 500;
/// A nudge that was missed costs at most this.
const POLL: Duration = Duration::from_secs(2);
/// Pages are told only when the notices of an event are written too, unless that takes longer than this.
const PATIENCE: Duration = Duration::from_millis(600);

/// Something changed: whom it concerns, in no order.
#[derive(Clone, Debug)]
struct Change {
    kind: String,
    topics: Vec<String>,
}

/// Whose sockets are counted together.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Holder {
    Account(i64),
    Address(IpAddr),
}

/// Tells open pages what changed. Cheap to clone; one for each process.
#[derive(Clone)]
pub struct Hub {
    changes: broadcast::Sender<Arc<Change>>,
    seats: Arc<Mutex<HashMap<Holder, usize>>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self::new()
    }
}

impl Hub {
    /// A hub nobody listens to yet.
    pub fn new() -> Self {
        Self {
            changes: broadcast::channel(BACKLOG).0,
            seats: Arc::default(),
        }
    }

    /// Tells every page that listens to one of the topics of these events.
    pub fn publish_events(&self, events: &[Event]) {
        for event in events {
            let topics = topics::of(event);
            if !topics.is_empty() {
                // Nobody listening is no error.
                let _ = self.changes.send(Arc::new(Change {
                    kind: topics::kind(event),
                    topics,
                }));
            }
        }
    }

    /// How many pages are open.
    pub fn open_sockets(&self) -> usize {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    /// Follows the store's events from now on. Runs until it is dropped; the program spawns it once.
    pub async fn follow(self, store: Store) {
        let mut nudges = store.nudges();
        let mut at = latest(&store).await;
        loop {
            // Either there is news, or it is time to look anyway.
            let _ = tokio::time::timeout(POLL, nudges.changed()).await;
            at = self.catch_up(&store, at).await;
        }
    }

    async fn catch_up(&self, store: &Store, mut at: i64) -> i64 {
        loop {
            let Some(events) = told(store, at).await else { return at };
            let Some(last) = events.last() else { return at };
            at = last.seq;
            self.publish_events(&events);
        }
    }

    /// A seat for one more socket of this holder, while there are any.
    fn sit(&self, holder: Holder) -> Option<Seat> {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = seats.values().sum();
        let own = seats.entry(holder.clone()).or_default();
        if all >= SOCKETS_MAX || *own >= SOCKETS_EACH {
            return None;
        }
        *own += 1;
        Some(Seat {
            seats: self.seats.clone(),
            holder,
        })
    }
}

/// Held while a socket is open.
struct Seat {
    seats: Arc<Mutex<HashMap<Holder, usize>>>,
    holder: Holder,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = seats.get_mut(&self.holder) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                seats.remove(&self.holder);
            }
        }
    }
}

/// The newest event there is.
async fn latest(store: &Store) -> i64 {
    loop {
        let read = store.read("live_start", |tx| {
            Ok(tx.events_before(i64::MAX, 1)?.first().map_or(0, |e| e.seq))
        });
        match read.await {
            Ok(seq) => return seq,
            Err(fail) => tracing::warn!(%fail, "live pages wait for the store"),
        }
        tokio::time::sleep(POLL).await;
    }
}

/// The next events, once their notices are written or have kept us waiting long enough. Nothing when the store cannot
/// answer: the next nudge asks again.
async fn told(store: &Store, at: i64) -> Option<Vec<Event>> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let read = store.read("live_events", move |tx| {
            Ok((tx.events_after(at, BATCH)?, tx.cursor(::talk::notifications::FOLLOWER)?))
        });
        let (events, noticed) = read
            .await
            .inspect_err(|fail| tracing::warn!(%fail, "live pages missed a turn"))
            .ok()?;
        if events.last().is_none_or(|last| last.seq <= noticed) || tokio::time::Instant::now() >= deadline {
            return Some(events);
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// The address of this part of the edge.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/live", get(socket::connect))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_counted_and_given_back() {
        let hub = Hub::new();
        let seats: Vec<Seat> = (0..SOCKETS_EACH).filter_map(|_| hub.sit(Holder::Account(1))).collect();
        assert_eq!(seats.len(), SOCKETS_EACH);
        assert!(hub.sit(Holder::Account(1)).is_none());
        assert!(hub.sit(Holder::Account(2)).is_some());
        drop(seats);
        assert_eq!(hub.open_sockets(), 0);
        assert!(hub.sit(Holder::Account(1)).is_some());
    }
}
