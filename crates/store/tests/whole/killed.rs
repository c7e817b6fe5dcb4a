//! The process is killed under load: what it acknowledged is there, whole; what it did not is there whole or not at all.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use kernel::Id;
use store::{Location, Options, Store, params};

use crate::harness::{Bench, Place, places};

const PLACE: &str = "JIEDAN_TEST_CHILD_PLACE";

/// Not a test by itself: the other one starts this binary again with a place in its environment, and kills it.
#[test]
fn child_that_is_killed() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let location = if place.starts_with("postgres") {
        Location::Postgres(place)
    } else {
        Location::Sqlite(place.into())
    };
    let store = Store::open(
        &location,
        Options {
            node: 5,
            ..Options::default()
        },
    )
    .unwrap();
    let mut out = std::io::stdout();
    loop {
        let pending: Vec<_> = (0..25).map(|_| store.write("pair", pair)).collect();
        for one in pending {
            let id: Id = one.wait().unwrap();
            writeln!(out, "ack {}", id.raw()).unwrap();
        }
        out.flush().unwrap();
    }
}

/// Two rows that belong together.
fn pair(tx: &mut store::Tx) -> Result<Id, store::Fail> {
    let (first, second) = (tx.new_id(), tx.new_id());
    tx.execute(
        "INSERT INTO notes (id, words) VALUES (?1, ?2)",
        params![first, second.short()],
    )?;
    tx.execute(
        "INSERT INTO notes (id, words) VALUES (?1, ?2)",
        params![second, first.short()],
    )?;
    Ok(first)
}

fn run_and_kill(place: &Place, acknowledgements: usize) -> BTreeSet<i64> {
    let name = match place.location() {
        Location::Sqlite(path) => path.to_string_lossy().into_owned(),
        Location::Postgres(url) => url,
    };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::child_that_is_killed", "--nocapture"])
        .env(PLACE, name)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = BTreeSet::new();
    let read = |line: String, acknowledged: &mut BTreeSet<i64>| {
        if let Some(id) = line.split("ack ").nth(1).and_then(|id| id.trim().parse().ok()) {
            acknowledged.insert(id);
        }
    };
    while acknowledged.len() < acknowledgements {
        let line = lines.next().expect("the child writes until it is killed").unwrap();
        read(line, &mut acknowledged);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it had still said before it died counts as well; a line that was cut off does not.
    let rest: Vec<String> = lines.map_while(Result::ok).collect();
    let whole = rest.len().saturating_sub(1);
    rest.into_iter()
        .take(whole)
        .for_each(|line| read(line, &mut acknowledged));
    acknowledged
}

#[test]
fn nothing_acknowledged_is_lost() {
    for place in places() {
        let mut bench = Bench::open(place, |_| {});
        let mut acknowledged = BTreeSet::new();
        for round in 1..=3 {
            let Bench { store, clock, place } = bench;
            drop((store, clock));
            acknowledged.extend(run_and_kill(&place, 150 * round));
            bench = Bench::open(place, |_| {});
            let rows: Vec<(Id, String)> = bench
                .read(|tx| Ok(tx.query("SELECT id, words FROM notes", &[], |row| Ok((row.get(0)?, row.get(1)?)))?))
                .unwrap();
            let ids: BTreeSet<i64> = rows.iter().map(|(id, _)| id.raw()).collect();
            let lost = acknowledged.difference(&ids).count();
            assert_eq!(lost, 0, "{lost} of {} acknowledged are lost", acknowledged.len());
            let halves = rows
                .iter()
                .filter(|(_, other)| !ids.contains(&other.parse::<Id>().unwrap().raw()))
                .count();
            assert_eq!(halves, 0, "half a transaction");
        }
    }
}
