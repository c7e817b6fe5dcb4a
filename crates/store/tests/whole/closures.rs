//! Closures: what stays, what goes, what is noticed.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use kernel::{Id, Refusal, Status};
use store::{Fail, Fault, Options, params};

use crate::harness::{Bench, Place, note, on_both, on_both_with, places};

#[test]
fn a_refusal_leaves_nothing() {
    on_both(|bench| {
        let refused = bench.write(|tx| {
            note(tx, "gone")?;
            Err::<(), _>(Refusal::new("test-no", Status::Invalid).into())
        });
        assert_eq!(refused.unwrap_err().refusal().unwrap().code, "test-no");
        bench.write(|tx| note(tx, "kept")).unwrap();
        assert_eq!(bench.notes(), ["kept"]);
    });
}

#[test]
fn a_panic_is_a_fault_and_the_store_lives_on() {
    on_both(|bench| {
        for _ in 0..20 {
            let outcome = bench.write(|tx| {
                note(tx, "gone")?;
                if tx.now().as_micros() > 0 {
                    panic!("on purpose");
                }
                Ok(())
            });
            assert!(matches!(outcome, Err(Fail::Fault(Fault::Panic("test")))));
            let outcome = bench.read(|tx| {
                if tx.now().as_micros() > 0 {
                    panic!("on purpose")
                } else {
                    Ok(())
                }
            });
            assert!(matches!(outcome, Err(Fail::Fault(Fault::Panic("test")))));
        }
        bench.write(|tx| note(tx, "kept")).unwrap();
        assert_eq!(bench.notes(), ["kept"]);
    });
}

#[test]
fn after_a_failed_statement_nothing_of_the_closure_stays() {
    on_both(|bench| {
        let outcome = bench.write(|tx| {
            note(tx, "gone")?;
            // Somebody swallows the fault and goes on as if nothing had happened.
            assert!(tx.execute("INSERT INTO nowhere VALUES (1)", &[]).is_err());
            assert!(tx.query("SELECT 1", &[], |_| Ok(())).is_err(), "poisoned");
            Ok(())
        });
        assert!(
            matches!(outcome, Err(Fail::Fault(Fault::Database { .. }))),
            "{outcome:?}"
        );
        assert_eq!(bench.notes(), Vec::<String>::new());
        // A refusal made of a fault is a fault all the same.
        let outcome = bench.write(|tx| match tx.execute("INSERT INTO nowhere VALUES (1)", &[]) {
            Ok(_) => Ok(()),
            Err(_) => Err(Refusal::new("test-no", Status::Invalid).into()),
        });
        assert!(matches!(outcome, Err(Fail::Fault(_))));
    });
}

#[test]
fn a_read_cannot_write() {
    on_both(|bench| {
        assert!(bench.read(|tx| note(tx, "gone")).is_err());
        let sneaky = bench.read(|tx| {
            let sql = "INSERT INTO notes (id, words) VALUES (?1, ?2) RETURNING id";
            Ok(tx.query(sql, params![1i64, "gone"], |row| row.get::<i64>(0))?)
        });
        assert!(sneaky.is_err());
        assert_eq!(bench.notes(), Vec::<String>::new());
    });
}

#[test]
fn run_twice_notices_what_leaks() {
    on_both_with(
        |options| options.run_twice = true,
        |bench| {
            let counter = Arc::new(AtomicI64::new(0));
            let outcome = bench.write(move |tx| note(tx, &format!("{}", counter.fetch_add(1, Ordering::SeqCst))));
            assert!(
                matches!(outcome, Err(Fail::Fault(Fault::NotRepeatable("test")))),
                "{outcome:?}"
            );
            let first = Arc::new(AtomicI64::new(0));
            let outcome = bench.write(move |tx| {
                // Effects that are only made the first time.
                if first.swap(1, Ordering::SeqCst) == 0 {
                    note(tx, "once")
                } else {
                    Ok(())
                }
            });
            assert!(
                matches!(outcome, Err(Fail::Fault(Fault::NotRepeatable(_)))),
                "{outcome:?}"
            );
            bench.write(|tx| note(tx, "kept")).unwrap();
            assert_eq!(bench.notes(), ["kept"]);
        },
    );
}

/// The ids a closure got, and its moment.
type Run = (Vec<Id>, i64);

#[test]
fn ids_and_the_moment_repeat_when_a_closure_runs_again() {
    on_both_with(
        |options| options.run_twice = true,
        |bench| {
            let runs: Arc<Mutex<Vec<Run>>> = Arc::default();
            let seen = Arc::clone(&runs);
            bench
                .write(move |tx| {
                    let ids = vec![tx.new_id(), tx.new_id(), tx.new_id()];
                    seen.lock().unwrap().push((ids, tx.now().as_micros()));
                    Ok(())
                })
                .unwrap();
            let runs = runs.lock().unwrap().clone();
            assert_eq!(runs.len(), 2);
            assert_eq!(runs[0], runs[1]);
            assert!(runs[0].0.is_sorted() && runs[0].0[0] < runs[0].0[1]);
        },
    );
}

#[test]
fn values_come_back_as_they_went_in() {
    on_both(|bench| {
        let sql = "INSERT INTO cursors (name, seq) VALUES (?1, ?2)";
        for (place, (name, seq)) in [("引号 ' 与 ?1 — 😀", i64::MAX), ("", i64::MIN), ("a\nb", 0)]
            .into_iter()
            .enumerate()
        {
            bench.write(move |tx| Ok(tx.execute(sql, params![name, seq])?)).unwrap();
            let back = bench.read(move |tx| Ok(tx.cursor(name)?)).unwrap();
            assert_eq!(back, seq, "{place}");
        }
    });
}

#[test]
fn a_full_line_says_busy_and_what_waits_is_done() {
    for place in places() {
        let bench = Bench::open(place, |options: &mut Options| {
            options.line = 3;
            options.writers = 1;
        });
        let (started, wait_started) = mpsc::channel();
        let (release, wait_release) = mpsc::channel::<()>();
        let wait_release = Mutex::new(wait_release);
        let first = bench.store.write("slow", move |_| {
            let _ = started.send(());
            let _ = wait_release.lock().unwrap().recv();
            Ok(())
        });
        wait_started.recv().unwrap();
        let waiting: Vec<_> = (0..3)
            .map(|n| bench.store.write("next", move |tx| note(tx, &n.to_string())))
            .collect();
        let busy = bench.store.write("late", |tx| note(tx, "late")).wait();
        assert_eq!(busy.unwrap_err().refusal().unwrap().code, "store-busy");
        release.send(()).unwrap();
        first.wait().unwrap();
        waiting.into_iter().for_each(|one| one.wait().unwrap());
        assert_eq!(bench.notes(), ["0", "1", "2"]);
    }
}

#[test]
fn an_answer_nobody_waits_for_is_still_done_and_closing_finishes_the_line() {
    for place in places() {
        let bench = Bench::open(place, |_| {});
        for n in 0..50 {
            drop(bench.store.write("left", move |tx| note(tx, &n.to_string())));
        }
        let Bench { store, clock, place } = bench;
        drop(store);
        let again = Bench::open(place, |_| {});
        drop(clock);
        assert_eq!(again.notes().len(), 50);
    }
}

#[test]
fn many_writers_at_once_are_all_durable() {
    on_both(|bench| {
        let pending: Vec<_> = (0..1000)
            .map(|n| bench.store.write("note", move |tx| note(tx, &n.to_string())))
            .collect();
        for (n, one) in pending.into_iter().enumerate() {
            one.wait().unwrap_or_else(|e| panic!("{n}: {e}"));
        }
        assert_eq!(bench.notes().len(), 1000);
    });
}

#[test]
fn one_bad_closure_in_a_group_spoils_no_other() {
    on_both(|bench| {
        let pending: Vec<_> = (0..200i64)
            .map(|n| {
                bench.store.write("note", move |tx| {
                    note(tx, &n.to_string())?;
                    match n % 4 {
                        1 => Err(Refusal::new("test-no", Status::Invalid).into()),
                        2 => Ok(tx.execute("INSERT INTO nowhere VALUES (1)", &[]).map(|_| ())?),
                        3 if tx.now().as_micros() > 0 => panic!("on purpose"),
                        _ => Ok(()),
                    }
                })
            })
            .collect();
        let went: Vec<bool> = pending.into_iter().map(|one| one.wait().is_ok()).collect();
        assert!(went.iter().enumerate().all(|(n, went)| *went == (n % 4 == 0)));
        assert_eq!(bench.notes().len(), 50);
    });
}

#[test]
fn a_store_that_cannot_be_opened_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let bad = store::Location::Sqlite(folder.path().join("no/such/folder/data.db"));
    assert!(store::Store::open(&bad, Options::default()).is_err());
    std::fs::write(folder.path().join("noise.db"), vec![7u8; 9000]).unwrap();
    assert!(
        store::Store::open(
            &store::Location::Sqlite(folder.path().join("noise.db")),
            Options::default()
        )
        .is_err()
    );
    let nobody = store::Location::Postgres("postgres://nobody@127.0.0.1:1/none".into());
    assert!(store::Store::open(&nobody, Options::default()).is_err());
    drop(Place::folder());
}

#[test]
fn ids_grow_across_a_restart_although_the_clock_went_back() {
    for place in places() {
        let bench = Bench::open(place, |_| {});
        bench.clock.advance(30 * kernel::DAY);
        let late = bench.write(|tx| Ok(tx.emit(crate::events::event(1))?)).unwrap();
        let Bench { store, place, .. } = bench;
        drop(store);
        let again = Bench::open(place, |_| {});
        assert!(again.store.now() < late.made_at());
        assert!(again.write(|tx| Ok(tx.new_id())).unwrap() > late);
    }
}
