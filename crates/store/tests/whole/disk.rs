//! A disk that runs full: faults, no corruption, and everything works again when there is room.

use std::collections::BTreeSet;
use std::process::Command;

use store::{Location, Options, Store, params};

use crate::harness::{Bench, Place, note};

/// Pages of 4 KiB the database may grow to, set on the writer's own connection.
fn allow(bench: &Bench, pages: i64) {
    let sql = format!("PRAGMA max_page_count = {pages}");
    bench
        .write(move |tx| Ok(tx.query(&sql, &[], |row| row.get::<i64>(0))?))
        .unwrap();
}

#[test]
fn a_full_disk_is_a_fault_and_room_heals_it() {
    let bench = Bench::open(Place::folder(), |_| {});
    allow(&bench, 300);
    let long = "长".repeat(2000);
    let mut kept = 0;
    let mut full = 0;
    for _ in 0..60 {
        let pending: Vec<_> = (0..10)
            .map(|_| {
                let long = long.clone();
                bench.store.write("fill", move |tx| {
                    note(tx, &long)?;
                    note(tx, "short")
                })
            })
            .collect();
        for one in pending {
            match one.wait() {
                Ok(()) => kept += 1,
                Err(fail) => {
                    assert!(fail.to_string().contains("full"), "{fail}");
                    full += 1;
                }
            }
        }
    }
    assert!(kept > 0 && full > 0, "{kept} kept, {full} refused");
    assert_eq!(
        bench.notes().len(),
        kept * 2,
        "what was acknowledged is there, and nothing else"
    );
    allow(&bench, 1_000_000);
    bench.write(move |tx| note(tx, "room again")).unwrap();
    assert_eq!(bench.notes().len(), kept * 2 + 1);
    let sound: String = bench
        .read(|tx| Ok(tx.query_one("PRAGMA integrity_check", &[], |row| row.get(0))?))
        .unwrap();
    assert_eq!(sound, "ok");
}

/// Where the child below finds its data.
const PLACE: &str = "JIEDAN_TEST_FULL_PLACE";

/// Not a test by itself: the other one starts this binary again, with a limit on the size of its files.
#[test]
fn child_whose_files_may_not_grow() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let store = Store::open(&Location::Sqlite(place.into()), Options::default()).unwrap();
    let long = "长".repeat(500);
    for _ in 0..400 {
        let words = long.clone();
        let wrote = store.write("fill", move |tx| {
            let id = tx.new_id();
            tx.execute("INSERT INTO notes (id, words) VALUES (?1, ?2)", params![id, &words])?;
            Ok(id)
        });
        match wrote.wait() {
            Ok(id) => println!("\nack {}", id.raw()),
            Err(_) => println!("\nfull"),
        }
    }
    let notes: i64 = store
        .read("count", |tx| {
            Ok(tx.query_one("SELECT COUNT(*) FROM notes", &[], |row| row.get(0))?)
        })
        .wait()
        .unwrap();
    println!("\nreads {notes}");
}

/// Here the disk runs full in the middle of a commit, which the page limit above never shows.
#[test]
fn a_commit_that_cannot_be_written_is_not_acknowledged() {
    let bench = Bench::open(Place::folder(), |_| {});
    let Location::Sqlite(path) = bench.place.location() else {
        return;
    };
    let Bench { store, place, .. } = bench;
    drop(store);
    let heard = Command::new("sh")
        // The signal that comes with the limit is ignored, so that writing answers with an error, as a full disk does.
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 1500; exec \"$0\" --exact disk::child_whose_files_may_not_grow --nocapture",
        ])
        .arg(std::env::current_exe().unwrap())
        .env(PLACE, path)
        .output()
        .unwrap();
    let heard = String::from_utf8(heard.stdout).unwrap();
    let acknowledged: BTreeSet<i64> = heard
        .lines()
        .filter_map(|line| line.strip_prefix("ack ")?.parse().ok())
        .collect();
    let full = heard.lines().filter(|line| *line == "full").count();
    assert!(
        !acknowledged.is_empty() && full > 0,
        "{} acknowledged, {full} refused",
        acknowledged.len()
    );
    assert!(
        heard.contains(&format!("reads {}", acknowledged.len())),
        "reading goes on: {}",
        acknowledged.len()
    );
    let again = Bench::open(place, |_| {});
    let ids: BTreeSet<i64> = again
        .read(|tx| Ok(tx.query("SELECT id FROM notes", &[], |row| row.get(0))?))
        .unwrap()
        .into_iter()
        .collect();
    assert_eq!(ids, acknowledged, "what was acknowledged, and nothing else");
    again.write(|tx| note(tx, "room again")).unwrap();
    let sound: String = again
        .read(|tx| Ok(tx.query_one("PRAGMA integrity_check", &[], |row| row.get(0))?))
        .unwrap();
    assert_eq!(sound, "ok");
}
