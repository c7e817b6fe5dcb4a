//! The job queue: leased, tried again, put aside, never done by two at once.

use std::collections::BTreeSet;

use kernel::{Id, MINUTE, SECOND};
use serde_json::json;
use store::{JobState, NewJob};

use crate::harness::{Bench, on_both};

fn claim(bench: &Bench, most: i64) -> Vec<store::Job> {
    bench.write(move |tx| Ok(tx.claim_jobs("worker", most)?)).unwrap()
}

fn queue(bench: &Bench, job: NewJob) -> Option<Id> {
    bench.write(move |tx| Ok(tx.enqueue(job.clone())?)).unwrap()
}

#[test]
fn a_job_is_leased_and_comes_back_when_its_worker_dies() {
    on_both(|bench| {
        let id = queue(bench, NewJob::now("a", json!({ "x": 1 }))).unwrap();
        let job = claim(bench, 9).remove(0);
        assert_eq!(
            (job.id, job.kind.as_str(), job.attempt, &job.payload),
            (id, "a", 1, &json!({ "x": 1 }))
        );
        assert!(claim(bench, 9).is_empty());
        bench.clock.advance(2 * MINUTE + 1);
        assert_eq!(claim(bench, 9)[0].attempt, 2);
        bench.write(move |tx| Ok(tx.finish_job(id)?)).unwrap();
        bench.clock.advance(10 * MINUTE);
        assert!(claim(bench, 9).is_empty());
    });
}

#[test]
fn a_failed_job_waits_longer_each_time_and_is_dead_in_the_end() {
    on_both(|bench| {
        let mut new = NewJob::now("a", json!({}));
        new.max_attempts = 3;
        let id = queue(bench, new).unwrap();
        let mut last_pause = 0;
        for attempt in 1..=3 {
            let job = claim(bench, 1).remove(0);
            assert_eq!(job.attempt, attempt);
            let state = bench.write(move |tx| Ok(tx.fail_job(&job, "不行", false)?)).unwrap();
            assert_eq!(
                state,
                if attempt == 3 {
                    JobState::Dead
                } else {
                    JobState::Waiting
                }
            );
            let mut pause = 0;
            while attempt < 3 && pause < 1000 {
                bench.clock.advance(SECOND);
                pause += 1;
                let due = bench.read(|tx| {
                    let now = tx.now();
                    Ok(tx.query(
                        "SELECT id FROM jobs WHERE state = 'waiting' AND run_at <= ?1",
                        store::params![now],
                        |r| r.get::<Id>(0),
                    )?)
                });
                if !due.unwrap().is_empty() {
                    break;
                }
            }
            assert!(
                attempt == 3 || pause > last_pause,
                "{attempt}: {pause} after {last_pause}"
            );
            last_pause = pause;
        }
        bench.clock.advance(1000 * MINUTE);
        assert!(claim(bench, 9).is_empty());
        assert!(bench.write(move |tx| tx.retry_job(id)).unwrap());
        assert!(
            !bench.write(move |tx| tx.retry_job(id)).unwrap(),
            "it is not dead any more"
        );
        assert_eq!(claim(bench, 9)[0].attempt, 1);
    });
}

#[test]
fn a_job_that_can_never_work_is_dead_at_once() {
    on_both(|bench| {
        queue(bench, NewJob::now("a", json!({}))).unwrap();
        let job = claim(bench, 1).remove(0);
        let state = bench.write(move |tx| Ok(tx.fail_job(&job, "never", true)?)).unwrap();
        assert_eq!(state, JobState::Dead);
    });
}

#[test]
fn a_key_waits_once_and_may_come_again_when_done() {
    on_both(|bench| {
        let keyed = || NewJob::now("a", json!({})).keyed("k");
        let first = queue(bench, keyed()).unwrap();
        assert_eq!(queue(bench, keyed()), None);
        assert!(queue(bench, NewJob::now("a", json!({})).keyed("other")).is_some());
        assert!(queue(bench, NewJob::now("a", json!({}))).is_some());
        bench.write(move |tx| Ok(tx.finish_job(first)?)).unwrap();
        assert!(queue(bench, keyed()).is_some());
        // Many at once: one of them.
        let pending: Vec<_> = (0..40)
            .map(|_| {
                bench
                    .store
                    .write("key", |tx| Ok(tx.enqueue(NewJob::now("a", json!({})).keyed("many"))?))
            })
            .collect();
        assert_eq!(pending.into_iter().filter_map(|one| one.wait().unwrap()).count(), 1);
    });
}

#[test]
fn a_dead_job_may_be_retried_while_its_key_waits_again() {
    on_both(|bench| {
        let first = queue(bench, NewJob::now("a", json!({})).keyed("k")).unwrap();
        let job = claim(bench, 1).remove(0);
        bench.write(move |tx| Ok(tx.fail_job(&job, "never", true)?)).unwrap();
        assert!(queue(bench, NewJob::now("a", json!({})).keyed("k")).is_some());
        assert!(bench.write(move |tx| tx.retry_job(first)).unwrap());
        assert_eq!(claim(bench, 9).len(), 2);
    });
}

#[test]
fn a_job_for_later_waits_for_its_time() {
    on_both(|bench| {
        let later = bench.store.now().plus(MINUTE);
        queue(bench, NewJob::now("a", json!({})).at(later)).unwrap();
        assert!(claim(bench, 9).is_empty());
        bench.clock.advance(MINUTE);
        assert_eq!(claim(bench, 9).len(), 1);
    });
}

#[test]
fn no_job_is_claimed_by_two() {
    on_both(|bench| {
        bench
            .write(|tx| {
                for n in 0..200 {
                    tx.enqueue(NewJob::now("a", json!({ "n": n })))?;
                }
                Ok(())
            })
            .unwrap();
        let mut all = Vec::new();
        for _ in 0..20 {
            let pending: Vec<_> = (0..8)
                .map(|_| bench.store.write("claim", |tx| Ok(tx.claim_jobs("w", 7)?)))
                .collect();
            // One that lost every try of its claim claims nothing; the next round does.
            all.extend(
                pending
                    .into_iter()
                    .filter_map(|one| one.wait().ok())
                    .flatten()
                    .map(|job| job.id),
            );
        }
        let distinct: BTreeSet<Id> = all.iter().copied().collect();
        assert_eq!((all.len(), distinct.len()), (200, 200));
    });
}
