//! Closures that meet on the same rows: each counts once, and tries are bounded.

use kernel::{Refusal, Status};
use store::params;

use crate::harness::{Bench, Place, note, on_both};

#[test]
fn a_counter_everyone_wants_counts_everyone() {
    on_both(|bench| {
        let sql = "INSERT INTO counters (name, value) VALUES ('c', 0)";
        bench.write(move |tx| Ok(tx.execute(sql, &[])?)).unwrap();
        let pending: Vec<_> = (0..120)
            .map(|_| {
                bench.store.write("count", |tx| {
                    let value: i64 =
                        tx.query_one("SELECT value FROM counters WHERE name = 'c'", &[], |row| row.get(0))?;
                    tx.execute("UPDATE counters SET value = ?1 WHERE name = 'c'", params![value + 1])?;
                    Ok(())
                })
            })
            .collect();
        // A loser that used up its tries is told so; then it has not counted.
        let went = pending.into_iter().map(|one| one.wait()).filter(Result::is_ok).count();
        let value: i64 = bench
            .read(|tx| Ok(tx.query_one("SELECT value FROM counters WHERE name = 'c'", &[], |row| row.get(0))?))
            .unwrap();
        assert_eq!(value, i64::try_from(went).unwrap());
        assert!(went >= 100, "only {went} of 120 went through");
    });
}

#[test]
fn nobody_takes_the_last_one_twice() {
    on_both(|bench| {
        bench
            .write(|tx| Ok(tx.execute("INSERT INTO counters (name, value) VALUES ('left', 5)", &[])?))
            .unwrap();
        let pending: Vec<_> = (0..60)
            .map(|n: i64| {
                bench.store.write("take", move |tx| {
                    // Written badly on purpose: reads, decides, and writes elsewhere. Only serializability saves it.
                    let sql = "SELECT COUNT(*) FROM notes WHERE words = 'taken'";
                    let taken: i64 = tx.query_one(sql, &[], |row| row.get(0))?;
                    if taken >= 5 {
                        return Err(Refusal::new("test-gone", Status::Conflict).into());
                    }
                    tx.execute("INSERT INTO notes (id, words) VALUES (?1, 'taken')", params![n])?;
                    Ok(())
                })
            })
            .collect();
        let went = pending.into_iter().map(|one| one.wait()).filter(Result::is_ok).count();
        assert_eq!((went, bench.notes().len()), (5, 5));
    });
}

#[test]
fn two_that_lock_in_a_circle_both_get_through() {
    on_both(|bench| {
        let sql = "INSERT INTO counters (name, value) VALUES ('a', 0), ('b', 0)";
        bench.write(move |tx| Ok(tx.execute(sql, &[])?)).unwrap();
        let pending: Vec<_> = (0..12)
            .map(|n| {
                bench.store.write("circle", move |tx| {
                    let names = if n % 2 == 0 { ["a", "b"] } else { ["b", "a"] };
                    for name in names {
                        tx.execute("UPDATE counters SET value = value + 1 WHERE name = ?1", params![name])?;
                    }
                    Ok(())
                })
            })
            .collect();
        let went = i64::try_from(pending.into_iter().map(|one| one.wait()).filter(Result::is_ok).count()).unwrap();
        let sums: Vec<i64> = bench
            .read(|tx| Ok(tx.query("SELECT value FROM counters", &[], |row| row.get(0))?))
            .unwrap();
        assert_eq!(sums, [went, went]);
        assert!(went >= 8, "only {went} of 12 went through");
    });
}

#[test]
fn connections_the_server_cuts_are_made_anew() {
    let Some(place) = Place::on_server() else { return };
    let bench = Bench::open(place, |_| {});
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for round in 0..5 {
        let pending: Vec<_> = (0..8)
            .map(|n| bench.store.write("note", move |tx| note(tx, &format!("{round} {n}"))))
            .collect();
        for one in pending {
            one.wait().unwrap();
        }
        bench.place.behind(cut);
        assert_eq!(bench.notes().len(), 8 * (round + 1));
    }
    // Cut while they are at it: what went through is there, what did not says so, and nothing counts twice.
    let pending: Vec<_> = (0..200)
        .map(|n| bench.store.write("note", move |tx| note(tx, &n.to_string())))
        .collect();
    bench.place.behind(cut);
    let went = pending.into_iter().map(|one| one.wait()).filter(Result::is_ok).count();
    let there = bench.notes().len() - 40;
    assert!(went >= 150 && there >= went, "{went} went through, {there} are there");
    assert!(
        there - went <= 16,
        "a commit whose answer was lost may be there, {} are",
        there - went
    );
}
