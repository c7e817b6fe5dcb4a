//! A fault at every statement: nothing of the closure stays, and the next one goes through.

use kernel::Id;
use serde_json::json;
use store::{Fail, NewEvent, NewJob, Tx, params};

use crate::harness::{Bench, note, on_both, on_both_with};

/// Six statements of every kind.
fn work(tx: &mut Tx) -> Result<(), Fail> {
    note(tx, "one")?;
    tx.execute("INSERT INTO counters (name, value) VALUES (?1, 1)", params!["c"])?;
    tx.emit(NewEvent {
        kind: "test.done",
        subject_kind: "test",
        subject: Id::from_raw(1),
        actor: None,
        data: json!({}),
    })?;
    tx.enqueue(NewJob::now("a", json!({})).keyed("k"))?;
    let found: i64 = tx.query_one("SELECT COUNT(*) FROM notes", &[], |row| row.get(0))?;
    tx.set_cursor("f", found)?;
    Ok(())
}

const STATEMENTS: u64 = 6;

fn rows(bench: &Bench) -> i64 {
    let sql = "SELECT (SELECT COUNT(*) FROM notes) + (SELECT COUNT(*) FROM counters) + (SELECT COUNT(*) FROM events) \
               + (SELECT COUNT(*) FROM jobs) + (SELECT COUNT(*) FROM cursors)";
    bench
        .read(move |tx| Ok(tx.query_one(sql, &[], |row| row.get(0))?))
        .unwrap()
}

fn at_every_statement(bench: &Bench) {
    for at in 1..=STATEMENTS {
        bench.store.inject_fault_at(at);
        let outcome = bench.write(work);
        assert!(matches!(outcome, Err(Fail::Fault(_))), "statement {at}: {outcome:?}");
        assert_eq!(rows(bench), 0, "statement {at}");
    }
    bench.store.inject_fault_at(STATEMENTS + 1);
    bench.write(work).unwrap();
    assert_eq!(rows(bench), 5);
}

#[test]
fn a_fault_at_any_statement_leaves_nothing() {
    on_both(at_every_statement);
}

#[test]
fn the_same_when_closures_run_twice() {
    on_both_with(|options| options.run_twice = true, at_every_statement);
}

#[test]
fn a_fault_amid_a_group_leaves_the_others_whole() {
    on_both(|bench| {
        for at in 1..=3 {
            bench.store.inject_fault_at(at);
            let pending: Vec<_> = (0..20)
                .map(|_| {
                    bench.store.write("w", |tx| {
                        note(tx, "a")?;
                        note(tx, "b")?;
                        note(tx, "c")
                    })
                })
                .collect();
            let went = pending.into_iter().map(|one| one.wait()).filter(Result::is_ok).count();
            assert_eq!(went, 19);
        }
        assert_eq!(bench.notes().len(), 3 * 19 * 3);
    });
}
