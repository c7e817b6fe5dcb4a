//! `jiedan doctor`: proves that the books are whole. It reads and changes nothing, beyond bringing the database to this
//! version as every command does.

use std::sync::Arc;

use ledger::{Account, AccountRow, Purpose};
use store::{Fail, Options, Store, SystemClock, Tx};

use crate::cli::Source;

/// Accounts looked at in one step.
const STEP: i64 = 500;

/// Checks the ledger, and escrow against the orders; an error says what is wrong and where.
pub fn run(source: &Source) -> anyhow::Result<()> {
    let config = super::settings(source, None)?;
    let options = Options {
        clock: Arc::new(SystemClock),
        ..Options::default()
    };
    let store = Store::open(&config.location(), options)?;
    let read = store.read("doctor", |tx| {
        Ok((ledger::verify(tx)?, ledger::trial_balance(tx)?, escrow_off(tx)?))
    });
    let (report, balance, escrow) = read.wait()?;
    for row in &balance {
        let (above, below, sum) = (row.above.shown(), row.below.shown(), row.sum.shown());
        println!(
            "{}: {} accounts, {above} above zero, {below} below, sum {sum}",
            row.sum.currency(),
            row.accounts
        );
        anyhow::ensure!(
            row.sum.minor() == 0,
            "the book does not balance in {}",
            row.sum.currency()
        );
    }
    let found = report
        .findings
        .iter()
        .map(|f| format!("{}: {}", f.what, f.at))
        .chain(escrow);
    let told: String = found.map(|line| format!("\n  - {line}")).collect();
    anyhow::ensure!(told.is_empty(), "the books are not whole:{told}");
    println!(
        "the ledger is whole: chained, balanced, nothing missing ({} transfers wait for their seal)",
        report.unsealed
    );
    println!("escrow is what the orders say");
    Ok(())
}

/// Escrow accounts that do not hold what their order says.
fn escrow_off(tx: &mut Tx) -> Result<Vec<String>, Fail> {
    let (mut off, mut after) = (Vec::new(), String::new());
    loop {
        let rows = ledger::accounts(tx, Some(Purpose::Escrow), &after, STEP)?;
        let Some(last) = rows.last() else { return Ok(off) };
        after.clone_from(&last.key);
        for row in &rows {
            off.extend(compare(tx, row)?);
        }
    }
}

fn compare(tx: &mut Tx, row: &AccountRow) -> Result<Option<String>, Fail> {
    let Account::Escrow { order, part } = row.account else {
        return Ok(None);
    };
    let said = orders::orders::pot(tx, order, part)?;
    let fits = said == Some(row.balance);
    Ok((!fits).then(|| {
        format!(
            "escrow of {}: the ledger holds {}, the order says {said:?}",
            row.key,
            row.balance.shown()
        )
    }))
}
