//! A database of another version is refused, not guessed at.

use store::{Fault, Location, Options, Store};

use crate::harness::{Bench, places};

fn reopen(bench: Bench, sql: &str) -> Result<Store, Fault> {
    let Bench { store, place, .. } = bench;
    drop(store);
    place.behind(sql);
    Store::open(&place.location(), Options::default())
}

#[test]
fn a_newer_database_is_refused() {
    for place in places() {
        let sql = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (999, 'future', '2030-01-01T00:00:00Z', '1')";
        let outcome = reopen(Bench::open(place, |_| {}), sql);
        assert!(matches!(outcome, Err(Fault::Migration(_))));
    }
}

#[test]
fn a_database_whose_history_was_changed_is_refused() {
    for place in places() {
        let sql = "UPDATE refinery_schema_history SET checksum = '1' WHERE version = 1";
        assert!(matches!(
            reopen(Bench::open(place, |_| {}), sql),
            Err(Fault::Migration(_))
        ));
    }
}

#[test]
fn opening_again_changes_nothing_and_two_may_open_at_once() {
    for place in places() {
        let bench = Bench::open(place, |_| {});
        let location: Location = bench.place.location();
        let threads: Vec<_> = (0..3)
            .map(|node| {
                let location = location.clone();
                std::thread::spawn(move || {
                    Store::open(
                        &location,
                        Options {
                            node,
                            ..Options::default()
                        },
                    )
                    .map(drop)
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap().unwrap();
        }
    }
}

#[test]
fn two_that_open_an_empty_place_at_once_both_find_a_whole_database() {
    for place in places() {
        let location = place.location();
        let threads: Vec<_> = (0..3)
            .map(|node| {
                let location = location.clone();
                std::thread::spawn(move || {
                    Store::open(
                        &location,
                        Options {
                            node,
                            ..Options::default()
                        },
                    )
                    .map(drop)
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap().unwrap();
        }
    }
}
