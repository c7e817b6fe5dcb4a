//! The event log: one order, no gaps, nothing passed over.

use std::collections::BTreeSet;
use std::sync::{Mutex, mpsc};

use kernel::Id;
use store::{NewEvent, Tx};

use crate::harness::{on_both, places};

pub fn event(n: i64) -> NewEvent {
    let data = serde_json::json!({ "n": n });
    NewEvent {
        kind: "test.happened",
        subject_kind: "test",
        subject: Id::from_raw(n),
        actor: None,
        data,
    }
}

fn emit(tx: &mut Tx, n: i64) -> Result<Id, store::Fail> {
    Ok(tx.emit(event(n))?)
}

#[test]
fn followers_see_every_event_once_and_in_order() {
    on_both(|bench| {
        let pending: Vec<_> = (0..300)
            .map(|n| bench.store.write("emit", move |tx| emit(tx, n)))
            .collect();
        let mut seen: Vec<i64> = Vec::new();
        let mut subjects = BTreeSet::new();
        let mut follow = || {
            while bench.store.number_events().wait().unwrap() > 0 {}
            let after = seen.last().copied().unwrap_or(0);
            for event in bench.read(move |tx| Ok(tx.events_after(after, 1000)?)).unwrap() {
                assert!(subjects.insert(event.subject), "twice");
                seen.push(event.seq);
            }
        };
        for (place, one) in pending.into_iter().enumerate() {
            if place % 30 == 0 {
                follow();
            }
            one.wait().unwrap();
        }
        follow();
        assert_eq!(seen, (1..=300).collect::<Vec<_>>());
        assert_eq!(subjects.len(), 300);
    });
}

#[test]
fn a_slow_transaction_is_not_passed_over() {
    for place in places() {
        let bench = crate::harness::Bench::open(place, |_| {});
        if bench.store.engine() == store::EngineKind::Sqlite {
            // One writer: there is no slow transaction beside a fast one.
            continue;
        }
        let (started, wait_started) = mpsc::channel();
        let (release, wait_release) = mpsc::channel::<()>();
        let wait_release = Mutex::new(wait_release);
        let slow = bench.store.write("slow", move |tx| {
            let id = emit(tx, 1)?;
            let _ = started.send(());
            let _ = wait_release.lock().unwrap().recv();
            Ok(id)
        });
        wait_started.recv().unwrap();
        bench.write(|tx| emit(tx, 2)).unwrap();
        assert_eq!(bench.store.number_events().wait().unwrap(), 1);
        release.send(()).unwrap();
        drop(release);
        slow.wait().unwrap();
        assert_eq!(bench.store.number_events().wait().unwrap(), 1);
        let subjects = bench.read(|tx| Ok(tx.events_after(0, 10)?)).unwrap();
        let order: Vec<(i64, i64)> = subjects.iter().map(|e| (e.seq, e.subject.raw())).collect();
        assert_eq!(
            order,
            [(1, 2), (2, 1)],
            "the slow one comes after what was already read"
        );
    }
}

#[test]
fn cursors_move_with_what_their_follower_did() {
    on_both(|bench| {
        assert_eq!(bench.read(|tx| Ok(tx.cursor("f")?)).unwrap(), 0);
        bench.write(|tx| Ok(tx.set_cursor("f", 7)?)).unwrap();
        bench.write(|tx| Ok(tx.set_cursor("f", 9)?)).unwrap();
        assert_eq!(bench.read(|tx| Ok((tx.cursor("f")?, tx.cursor("g")?))).unwrap(), (9, 0));
    });
}

#[test]
fn a_commit_with_events_nudges_and_a_refusal_does_not() {
    on_both(|bench| {
        let mut nudges = bench.store.nudges();
        nudges.borrow_and_update();
        let refused = bench.write(|tx| {
            emit(tx, 1)?;
            Err::<(), _>(kernel::Refusal::new("test-no", kernel::Status::Invalid).into())
        });
        assert!(refused.is_err() && !nudges.has_changed().unwrap());
        bench.write(|tx| emit(tx, 1)).unwrap();
        assert!(nudges.has_changed().unwrap());
    });
}
