//! The audit at the end of every test market.

use store::Store;

/// Seals what waits, then checks that every currency sums to zero and that every row of the book holds.
pub(crate) fn audit(store: &Store) {
    while store
        .write("test_seal", |tx| ledger::seal(tx, 500))
        .wait()
        .expect("the ledger seals")
        > 0
    {}
    let (trial, report) = store
        .read("test_audit", |tx| Ok((ledger::trial_balance(tx)?, ledger::verify(tx)?)))
        .wait()
        .expect("the ledger can be read");
    for row in &trial {
        assert_eq!(row.sum.minor(), 0, "the trial balance is off: {trial:?}");
    }
    assert!(report.is_clean(), "the ledger does not hold: {:?}", report.findings);
}
