//! The book on a real store: balance, refusal, the chain, and every kind of tampering.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::sync::Arc;

use kernel::{Currency, Id, Money};
use ledger::{Account, Line, Transfer};
use proptest::prelude::*;
use rusqlite::Connection;
use store::{Fail, Location, Options, Store};

const CNY: Currency = Currency::CNY;

fn yuan(minor: i64) -> Money {
    Money::new(minor, CNY)
}

fn open(dir: &tempfile::TempDir) -> Store {
    let options = Options {
        run_twice: true,
        ..Options::default()
    };
    Store::open(&Location::Sqlite(dir.path().join("m.db")), options).unwrap()
}

fn wallet(n: i64) -> Account {
    Account::Wallet(Id::from_raw(n))
}

fn escrow(n: i64) -> Account {
    Account::Escrow {
        order: Id::from_raw(n),
        part: 1,
    }
}

fn moves(kind: &'static str, lines: &[(Account, i64)]) -> Transfer {
    let lines = lines
        .iter()
        .map(|(account, minor)| Line::new(account.clone(), yuan(*minor)))
        .collect();
    Transfer {
        kind,
        reference_kind: "order",
        reference: Id::from_raw(9),
        lines,
        memo: String::new(),
    }
}

fn post(store: &Store, transfer: Transfer) -> Result<Id, Fail> {
    store.write("post", move |tx| ledger::post(tx, transfer.clone())).wait()
}

/// A payment into escrow, released less a commission.
fn trade(store: &Store) {
    post(
        store,
        moves("payin", &[(Account::clearing("sandbox"), -1000), (escrow(5), 1000)]),
    )
    .unwrap();
    post(
        store,
        moves(
            "release",
            &[(escrow(5), -1000), (wallet(7), 900), (Account::Revenue, 100)],
        ),
    )
    .unwrap();
}

fn balance(store: &Store, account: Account) -> i64 {
    store
        .read("balance", move |tx| Ok(ledger::balance(tx, &account, CNY)?.minor()))
        .wait()
        .unwrap()
}

fn seal(store: &Store) -> i64 {
    store.write("seal", |tx| ledger::seal(tx, 100)).wait().unwrap()
}

fn findings(store: &Store) -> Vec<&'static str> {
    let report = store.read("verify", |tx| Ok(ledger::verify(tx)?)).wait().unwrap();
    report.findings.iter().map(|f| f.what).collect()
}

#[test]
fn a_trade_is_on_every_account_before_and_after_its_seal() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    trade(&store);
    let check = || {
        assert_eq!(balance(&store, escrow(5)), 0);
        assert_eq!(balance(&store, wallet(7)), 900);
        assert_eq!(balance(&store, Account::Revenue), 100);
        assert_eq!(balance(&store, Account::clearing("sandbox")), -1000);
        assert_eq!(findings(&store), Vec::<&str>::new());
        let trial = store.read("trial", |tx| Ok(ledger::trial_balance(tx)?)).wait().unwrap();
        assert_eq!(
            trial
                .iter()
                .map(|row| (row.above.minor(), row.below.minor(), row.sum.minor()))
                .collect::<Vec<_>>(),
            [(1000, -1000, 0)]
        );
    };
    check();
    assert_eq!((seal(&store), seal(&store)), (2, 0));
    check();
    trade(&store);
    assert_eq!(balance(&store, Account::Revenue), 200);
}

#[test]
fn lists_and_statements_show_what_was_posted() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    trade(&store);
    trade(&store);
    seal(&store);
    trade(&store);
    let lines = store
        .read("statement", |tx| Ok(ledger::statement(tx, &wallet(7), None, 2)?))
        .wait()
        .unwrap();
    assert_eq!(
        lines
            .iter()
            .map(|l| (l.amount.minor(), l.balance_after.map(|b| b.minor())))
            .collect::<Vec<_>>(),
        [(900, Some(2700)), (900, Some(1800))]
    );
    let last = lines[1].id;
    let older = store
        .read("statement", move |tx| {
            Ok(ledger::statement(tx, &wallet(7), Some(last), 9)?)
        })
        .wait()
        .unwrap();
    assert_eq!(older.len(), 1);
    let first = store
        .read("accounts", |tx| Ok(ledger::accounts(tx, None, "", 2)?))
        .wait()
        .unwrap();
    let after = first[1].key.clone();
    let rest = store
        .read("accounts", move |tx| Ok(ledger::accounts(tx, None, &after, 9)?))
        .wait()
        .unwrap();
    let all: Vec<(String, i64)> = first
        .into_iter()
        .chain(rest)
        .map(|a| (a.account.key(), a.balance.minor()))
        .collect();
    assert_eq!(
        all,
        [
            ("clearing:sandbox".to_owned(), -3000),
            (escrow(5).key(), 0),
            ("revenue".to_owned(), 300),
            (wallet(7).key(), 2700)
        ]
    );
    let transfers = store
        .read("transfers", |tx| Ok(ledger::transfers(tx, None, 3)?))
        .wait()
        .unwrap();
    assert_eq!(
        transfers
            .iter()
            .map(|t| (t.kind.as_str(), t.seal, t.postings.len()))
            .collect::<Vec<_>>(),
        [("release", None, 3), ("payin", None, 2), ("release", Some(4), 3)]
    );
}

#[test]
fn nobody_goes_below_zero() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    trade(&store);
    let refused = post(
        &store,
        moves("payout", &[(wallet(7), -901), (Account::clearing("sandbox"), 901)]),
    );
    assert_eq!(
        refused.unwrap_err().refusal().map(|r| r.code),
        Some("ledger-not-enough")
    );
    let broken = post(&store, moves("release", &[(escrow(5), -1), (wallet(7), 1)]));
    assert!(matches!(broken, Err(Fail::Fault(store::Fault::Broken(_)))));
    let off = post(
        &store,
        moves("payin", &[(Account::clearing("sandbox"), -5), (wallet(7), 4)]),
    );
    assert!(matches!(off, Err(Fail::Fault(store::Fault::Broken(_)))));
    assert_eq!(balance(&store, wallet(7)), 900);
    assert_eq!(findings(&store), Vec::<&str>::new());
}

#[test]
fn the_schema_refuses_to_change_or_remove_what_was_posted() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    trade(&store);
    seal(&store);
    for table in ["ledger_accounts", "ledger_transfers", "ledger_postings", "ledger_seals"] {
        for sql in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET {} = {}", first_column(table), first_column(table)),
        ] {
            let statement = sql.clone();
            let outcome = store.write("tamper", move |tx| Ok(tx.execute(&statement, &[])?)).wait();
            assert!(outcome.unwrap_err().to_string().contains("append-only"), "{sql}");
        }
    }
}

fn first_column(table: &str) -> &'static str {
    match table {
        "ledger_accounts" => "account_key",
        "ledger_seals" => "seq",
        _ => "id",
    }
}

/// Somebody with the file and without the program: drops the triggers, then runs `sql`.
fn tamper(dir: &tempfile::TempDir, sql: &str) {
    let conn = Connection::open(dir.path().join("m.db")).unwrap();
    for table in ["accounts", "transfers", "postings", "seals"] {
        conn.execute_batch(&format!(
            "DROP TRIGGER ledger_{table}_kept_u; DROP TRIGGER ledger_{table}_kept_d;"
        ))
        .unwrap();
    }
    conn.execute_batch(sql).unwrap();
}

#[test]
fn every_tampering_is_found() {
    let last = "(SELECT MAX(id) FROM ledger_postings)";
    let cases = [
        ("UPDATE ledger_postings SET amount_minor = 901 WHERE amount_minor = 900".to_owned(), "changed"),
        (format!("UPDATE ledger_postings SET at = at + 1 WHERE id = {last}"), "changed"),
        ("UPDATE ledger_transfers SET memo = 'x' WHERE kind = 'release'".to_owned(), "changed"),
        ("UPDATE ledger_postings SET balance_after = 7 WHERE balance_after = 900".to_owned(), "changed"),
        ("UPDATE ledger_postings SET account_key = 'wallet:other' WHERE amount_minor = 900".to_owned(), "posting without an account"),
        ("DELETE FROM ledger_postings WHERE amount_minor = 100".to_owned(), "changed"),
        ("DELETE FROM ledger_transfers WHERE kind = 'release'".to_owned(), "sealed transfer is missing"),
        ("DELETE FROM ledger_seals WHERE seq = 1".to_owned(), "gap in the chain"),
        ("DELETE FROM ledger_seals WHERE seq = 2".to_owned(), "transfer outside of the chain"),
        ("UPDATE ledger_seals SET hash = 'ab' WHERE seq = 1".to_owned(), "changed"),
        ("UPDATE ledger_balances SET amount_minor = 901 WHERE amount_minor = 900".to_owned(), "balance does not follow from the postings"),
        ("UPDATE ledger_balances SET amount_minor = 101 WHERE account_key = 'revenue'".to_owned(), "balance does not follow from the postings"),
        ("DELETE FROM ledger_balances WHERE amount_minor = 900".to_owned(), "balance does not follow from the postings"),
        ("INSERT INTO ledger_transfers VALUES (1, 1, 'gift', 'order', 1, '')".to_owned(), "transfer outside of the chain"),
        ("INSERT INTO ledger_postings VALUES (1, 1, 0, 'revenue', 'CNY', 5, NULL, 1)".to_owned(), "posting without a transfer"),
        ("INSERT INTO ledger_postings SELECT 1, id, 9, 'revenue', 'CNY', 5, NULL, 1 FROM ledger_transfers WHERE kind = 'payin'".to_owned(), "transfer does not balance"),
        ("INSERT INTO ledger_balances VALUES ('wallet:x', 'CNY', 5)".to_owned(), "balance without postings"),
        ("INSERT INTO ledger_unsealed VALUES (1)".to_owned(), "waiting for a seal without a transfer"),
        ("DELETE FROM ledger_accounts WHERE account_key = 'revenue'".to_owned(), "posting without an account"),
    ];
    for (sql, expected) in cases {
        let dir = tempfile::tempdir().unwrap();
        let store = open(&dir);
        trade(&store);
        seal(&store);
        assert_eq!(findings(&store), Vec::<&str>::new());
        tamper(&dir, &sql);
        let found = findings(&store);
        assert!(found.contains(&expected), "{sql}: {found:?}");
    }
}

#[test]
fn an_unsealed_row_that_was_changed_is_found_too() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    trade(&store);
    tamper(
        &dir,
        "UPDATE ledger_postings SET amount_minor = 901 WHERE amount_minor = 900",
    );
    let found = findings(&store);
    assert!(
        found.contains(&"transfer does not balance") && found.contains(&"balance does not follow from the postings"),
        "{found:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn random_transfers_keep_the_book_balanced(steps in prop::collection::vec((0usize..6, 0usize..6, -500i64..500, any::<bool>()), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        let store = open(&dir);
        let all = Arc::new([wallet(1), wallet(2), escrow(3), Account::RefundDue(Id::from_raw(1)), Account::Revenue, Account::clearing("sandbox")]);
        let mut model = [0i64; 6];
        for (from, to, amount, sealed) in steps {
            let mut next = model;
            next[from] -= amount;
            next[to] += amount;
            let passes = from != to && amount != 0 && next[..4].iter().all(|held| *held >= 0);
            let outcome = post(&store, moves("step", &[(all[from].clone(), -amount), (all[to].clone(), amount)]));
            if from != to {
                prop_assert_eq!(outcome.is_ok(), passes);
            } else {
                next = model;
            }
            if outcome.is_ok() { model = next; }
            if sealed { seal(&store); }
        }
        for (account, held) in all.iter().zip(model) {
            prop_assert_eq!(balance(&store, account.clone()), held);
        }
        prop_assert_eq!(findings(&store), Vec::<&str>::new());
    }
}
