//! `jiedan doctor`: proves that the books are whole. It reads and changes nothing.

use std::sync::Arc;

use store::SystemClock;

use crate::cli::Source;
use crate::market;

/// Checks the ledger; an error says what is wrong and where.
pub fn run(source: &Source) -> anyhow::Result<()> {
    let config = super::settings(source, None)?;
    let store = market::open(&config, Arc::new(SystemClock))?;
    let read = store.read("doctor", |tx| Ok((ledger::verify(tx)?, ledger::trial_balance(tx)?)));
    let (report, balance) = read.wait()?;
    for row in &balance {
        println!(
            "{}: {} accounts, {} above zero, {} below, sum {}",
            row.sum.currency(),
            row.accounts,
            row.above.shown(),
            row.below.shown(),
            row.sum.shown()
        );
        anyhow::ensure!(
            row.sum.minor() == 0,
            "the book does not balance in {}",
            row.sum.currency()
        );
    }
    let told: String = report
        .findings
        .iter()
        .map(|f| format!("\n  - {}: {}", f.what, f.at))
        .collect();
    anyhow::ensure!(report.is_clean(), "the ledger is not whole:{told}");
    println!(
        "the ledger is whole: chained, balanced, nothing missing ({} transfers wait for their seal)",
        report.unsealed
    );
    Ok(())
}
