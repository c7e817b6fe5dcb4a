//! The test market itself: it opens, moves, restarts and audits on each engine.

use kernel::{Currency, Id, Money};
use ledger::{Account, Line, Transfer};
use store::{NewEvent, NewJob};

#[test]
fn a_market_opens_restarts_and_keeps_its_people() {
    testkit::on_both(|market| {
        let client = market.client("张三").account().unwrap();
        market.restart();
        let provider = market.provider("李四").account().unwrap();
        assert!(provider > client);
        let name = market
            .read(move |tx| Ok(accounts::people::card(tx, client)?))
            .unwrap()
            .unwrap()
            .name;
        assert_eq!(name, "张三");
        assert!(market.operator().is_staff());
        market.pump();
        assert_eq!(
            market
                .event_kinds()
                .iter()
                .filter(|kind| *kind == "account.joined")
                .count(),
            3
        );
    });
}

#[test]
fn settings_change_with_history_audit_and_event() {
    testkit::on_both(|market| {
        let (staff, stranger) = (market.operator(), market.client("张三"));
        let change = move |actor, key: &'static str, value: &'static str, reason: &'static str| {
            market.write(move |tx| site::settings::change(tx, &actor, key, value, reason))
        };
        assert_eq!(
            testkit::code(&change(stranger, "acceptance_days", "5", "因为")),
            "setting-not-staff"
        );
        assert_eq!(
            testkit::code(&change(staff, "acceptance", "5", "因为")),
            "setting-unknown"
        );
        assert_eq!(
            testkit::code(&change(staff, "acceptance_days", "0", "因为")),
            "setting-misfit"
        );
        assert_eq!(
            testkit::code(&change(staff, "acceptance_days", "5", " ")),
            "setting-no-reason"
        );
        assert_eq!(
            testkit::code(&change(staff, "min_price_minor", "1000000000", "因为")),
            "setting-prices-crossed"
        );
        change(staff, "acceptance_days", "5", "春节").unwrap();
        change(staff, "acceptance_days", "6", "春节后").unwrap();
        let (days, history, audit) = market
            .read(|tx| {
                let days = site::settings::load(tx)?.acceptance_days;
                Ok((
                    days,
                    site::settings::history(tx, "acceptance_days")?,
                    site::audit::list(tx, None, 1)?,
                ))
            })
            .unwrap();
        assert_eq!(days, 6);
        assert_eq!(
            history.iter().map(|v| v.value.as_str()).collect::<Vec<_>>(),
            ["6", "5", "7"]
        );
        assert_eq!(
            (audit[0].before.to_string(), audit[0].after.to_string()),
            (r#"{"acceptance_days":"5"}"#.into(), r#"{"acceptance_days":"6"}"#.into())
        );
        assert_eq!(audit[0].actor, staff.account());
        assert_eq!(
            market.event_kinds().last().map(String::as_str),
            Some("settings.changed")
        );
    });
}

#[test]
fn installing_twice_changes_nothing() {
    testkit::on_both(|market| {
        let versions = || {
            market
                .read(|tx| Ok((site::legal::versions_of_now(tx)?, site::settings::load(tx)?)))
                .unwrap()
        };
        market.set("revisions", "5");
        let before = versions();
        market.write(|tx| site::install(tx, &site::Pack::general())).unwrap();
        assert_eq!(versions(), before);
        assert_eq!(before.0.len(), 3);
        assert_eq!(before.1.revisions, 5);
    });
}

#[test]
fn letters_are_rows_first_and_sent_once() {
    testkit::on_both(|market| {
        let id = market
            .write(|tx| {
                let message = site::Outgoing {
                    channel: site::Channel::Mail,
                    to: "a@example.com".into(),
                    locale: kernel::Locale::ZhCn,
                    kind: "test".into(),
                    subject: "你好".into(),
                    body: "正文".into(),
                };
                Ok(site::outgoing::send(tx, message)?)
            })
            .unwrap();
        let state = || {
            market
                .read(move |tx| Ok(site::outgoing::find(tx, id)?))
                .unwrap()
                .unwrap()
                .state
        };
        assert_eq!(state(), site::outgoing::SendState::Waiting);
        market.pump();
        assert_eq!(state(), site::outgoing::SendState::Sent);
        assert!(!market.write(move |tx| Ok(site::outgoing::mark_sent(tx, id)?)).unwrap());
        market
            .write(move |tx| Ok(site::outgoing::mark_failed(tx, id, "late")?))
            .unwrap();
        assert_eq!(state(), site::outgoing::SendState::Sent);
    });
}

#[test]
fn transfers_from_many_sides_at_once_are_all_in_the_book() {
    testkit::on_both(|market| {
        let store = market.store();
        let pending: Vec<_> = (0..200)
            .map(|n| {
                store.write("post", move |tx| {
                    let lines = vec![
                        Line::new(Account::clearing("sandbox"), Money::new(-10, Currency::CNY)),
                        Line::new(Account::Wallet(Id::from_raw(1 + n % 16)), Money::new(9, Currency::CNY)),
                        Line::new(Account::Revenue, Money::new(1, Currency::CNY)),
                    ];
                    let (kind, memo) = ("payin", String::new());
                    tx.emit(NewEvent {
                        kind: "t",
                        subject_kind: "t",
                        subject: Id::from_raw(1),
                        actor: None,
                        data: serde_json::json!({}),
                    })?;
                    tx.enqueue(NewJob::now("t", serde_json::json!({})))?;
                    ledger::post(
                        tx,
                        Transfer {
                            kind,
                            reference_kind: "t",
                            reference: Id::from_raw(1),
                            lines,
                            memo,
                        },
                    )
                })
            })
            .collect();
        for one in pending {
            one.wait().unwrap();
        }
        assert_eq!(market.balance(Account::Revenue), 200);
        assert_eq!(market.balance(Account::clearing("sandbox")), -2000);
        market.pump();
        market.audit();
        assert_eq!(market.balance(Account::Revenue), 200);
    });
}

#[test]
#[should_panic(expected = "the ledger does not hold")]
fn a_book_that_was_written_to_behind_our_back_fails_its_test() {
    let market = testkit::Market::sqlite();
    market
        .write(|tx| Ok(tx.execute("INSERT INTO ledger_balances VALUES ('wallet:x', 'CNY', 5)", &[])?))
        .unwrap();
}
