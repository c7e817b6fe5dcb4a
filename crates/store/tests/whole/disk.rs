//! A disk that runs full: faults, no corruption, and everything works again when there is room.

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
