//! Idempotency keys.

use kernel::{DAY, Id, Refusal, Status};
use store::{NewJob, OnceKey, Pending};

use crate::harness::{Bench, note, on_both};

fn once(scope: i64, key: &str, body: &str) -> OnceKey {
    OnceKey {
        scope: Some(Id::from_raw(scope)),
        key: key.to_owned(),
        body: body.to_owned(),
    }
}

fn send(bench: &Bench, key: OnceKey) -> Pending<String> {
    bench.store.write_once("pay", key, |tx| {
        note(tx, "paid")?;
        Ok(tx.new_id().short())
    })
}

#[test]
fn a_repeat_gets_the_first_answer() {
    on_both(|bench| {
        let first = send(bench, once(1, "k", "b")).wait().unwrap();
        assert_eq!(send(bench, once(1, "k", "b")).wait().unwrap(), first);
        assert_ne!(
            send(bench, once(2, "k", "b")).wait().unwrap(),
            first,
            "another person's key"
        );
        let other = send(bench, once(1, "k", "c")).wait().unwrap_err();
        assert_eq!(other.refusal().unwrap().code, "once-other-body");
        assert_eq!(bench.notes().len(), 2);
    });
}

#[test]
fn a_refusal_is_not_remembered() {
    on_both(|bench| {
        let refused = bench.store.write_once("pay", once(1, "k", "b"), |_| {
            Err::<String, _>(Refusal::new("test-no", Status::Invalid).into())
        });
        assert!(refused.wait().is_err());
        send(bench, once(1, "k", "b")).wait().unwrap();
        assert_eq!(bench.notes().len(), 1);
    });
}

#[test]
fn many_at_once_are_one() {
    on_both(|bench| {
        for round in 0..5 {
            let key = format!("k{round}");
            let pending: Vec<_> = (0..16).map(|_| send(bench, once(1, &key, "b"))).collect();
            let answers: Vec<String> = pending.into_iter().map(|one| one.wait().unwrap()).collect();
            assert!(answers.iter().all(|answer| *answer == answers[0]));
            assert_eq!(bench.notes().len(), round + 1);
        }
    });
}

#[test]
fn old_keys_and_done_jobs_are_forgotten() {
    on_both(|bench| {
        send(bench, once(1, "old", "b")).wait().unwrap();
        let job = bench
            .write(|tx| Ok(tx.enqueue(NewJob::now("a", serde_json::json!({})))?))
            .unwrap()
            .unwrap();
        bench
            .write(|tx| Ok(tx.enqueue(NewJob::now("waits", serde_json::json!({})))?))
            .unwrap();
        bench.write(move |tx| Ok(tx.finish_job(job)?)).unwrap();
        bench.clock.advance(DAY);
        send(bench, once(1, "new", "b")).wait().unwrap();
        let forget = || {
            bench
                .write(|tx| {
                    let before = tx.now() - DAY / 2;
                    Ok(tx.forget_before(before, 100)?)
                })
                .unwrap()
        };
        assert_eq!((forget(), forget()), (2, 0));
        send(bench, once(1, "new", "b")).wait().unwrap();
        assert_eq!(bench.notes().len(), 2);
        assert_eq!(bench.write(|tx| Ok(tx.claim_jobs("w", 9)?)).unwrap().len(), 1);
    });
}
