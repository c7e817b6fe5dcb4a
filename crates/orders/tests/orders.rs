//! Orders from contract to ending, on both engines: what each step does to the money, and what is refused.

use std::collections::BTreeMap;

use engine::Shares;
use kernel::{Actor, DAY, HOUR, Id, MINUTE};
use ledger::Account;
use orders::contracts::{self, Agree, Award, Decline};
use orders::orders::{self as order, Fire};
use orders::proposals::{self, Answer, Propose};
use testkit::{Market, code, on_both};

fn id(actor: &Actor) -> Id {
    actor.account().expect("a person")
}

fn state(market: &Market, actor: &Actor, order: Id, part: usize) -> String {
    market.order(actor, order).parts[part].state.name.clone()
}

fn escrow(market: &Market, order: Id, part: i64) -> i64 {
    market.balance(Account::Escrow { order, part })
}

fn fire(market: &Market, actor: &Actor, order: Id, cmd: Fire) -> Result<order::Fired, store::Fail> {
    let actor = *actor;
    market.write(move |tx| order::fire(tx, &actor, order, &cmd))
}

/// A step on the version that is current, with nothing but its name.
fn bare(market: &Market, actor: &Actor, order: Id, transition: &str) -> Fire {
    let seen_version = market.order(actor, order).version;
    Fire {
        transition: transition.to_owned(),
        part: Some(0),
        seen_version,
        ..Fire::default()
    }
}

fn propose(
    market: &Market,
    actor: &Actor,
    order: Id,
    transition: &str,
    part: Option<usize>,
    shares: &[(usize, i64, i64)],
) -> Result<Id, store::Fail> {
    let seen_version = market.order(actor, order).version;
    let shares: BTreeMap<_, _> = shares
        .iter()
        .map(|(part, to_client_minor, to_provider_minor)| {
            (
                *part,
                Shares {
                    to_client_minor: *to_client_minor,
                    to_provider_minor: *to_provider_minor,
                },
            )
        })
        .collect();
    let (actor, cmd) = (
        *actor,
        Propose {
            transition: transition.to_owned(),
            part,
            shares,
            reason: "双方商量好了".to_owned(),
            seen_version,
        },
    );
    market.write(move |tx| proposals::propose(tx, &actor, order, &cmd))
}

fn answer(market: &Market, actor: &Actor, proposal: Id, agree: bool) -> Result<(), store::Fail> {
    let (actor, cmd) = (
        *actor,
        Answer {
            proposal,
            agree,
            note: String::new(),
        },
    );
    market.write(move |tx| proposals::answer(tx, &actor, &cmd))
}

#[test]
fn two_milestones_are_funded_delivered_accepted_and_paid() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[200_000, 100_000]);
        assert_eq!(
            code(&market.begin_payin(&client, order, 1)),
            "order-not-payable",
            "the second milestone waits for its turn"
        );
        market.fund(&client, order, 0);
        assert_eq!(escrow(market, order, 0), 200_000);
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        market.step(&client, order, Some(0), "accept").expect("accepted");
        assert_eq!(
            (escrow(market, order, 0), market.wallet(id(&provider))),
            (0, 180_000),
            "less ten percent"
        );
        market.fund(&client, order, 1);
        market
            .step(&provider, order, Some(0), "deliver")
            .expect_err("the first milestone has ended");
        market.step(&provider, order, Some(1), "deliver").expect("delivered");
        let fired = market.step(&client, order, Some(1), "accept").expect("accepted");
        assert!(fired.completed);
        assert_eq!(
            (market.wallet(id(&provider)), market.balance(Account::Revenue)),
            (270_000, 30_000)
        );
        let page = market.order(&provider, order);
        assert_eq!((page.state.name.as_str(), page.choices.len()), ("completed", 0));
        assert_eq!(page.moves.len(), 6);
        let account = id(&provider);
        assert_eq!(
            market
                .read(move |tx| order::finished_count(tx, account))
                .expect("counted"),
            1
        );
        let kinds = market.event_kinds();
        for kind in [
            "contract.offered",
            "contract.agreed",
            "order.started",
            "payin.paid",
            "order.moved",
            "order.completed",
        ] {
            assert!(kinds.iter().any(|k| k == kind), "{kind}");
        }
    });
}

#[test]
fn revisions_are_counted_and_bounded_by_the_contract() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        for version in 1..=3_i64 {
            market.step(&provider, order, Some(0), "deliver").expect("delivered");
            assert_eq!(
                market.order(&client, order).moves.last().and_then(|m| m.delivery),
                Some(version)
            );
            market
                .step(&client, order, Some(0), "ask_revision")
                .expect("asked for a revision");
        }
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        let refused = market.step(&client, order, Some(0), "ask_revision");
        assert_eq!(code(&refused), "engine-used-up");
        assert_eq!(state(market, &client, order, 0), "delivered");
        assert_eq!(escrow(market, order, 0), 100_000);
    });
}

#[test]
fn an_empty_delivery_and_a_missing_reason_are_refused() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        for note in ["", "  \n "] {
            let cmd = Fire {
                note: note.to_owned(),
                ..bare(market, &provider, order, "deliver")
            };
            assert_eq!(code(&fire(market, &provider, order, cmd)), "order-empty-delivery");
        }
        let hidden = Fire {
            note: "看\u{202e}这里".to_owned(),
            ..bare(market, &provider, order, "deliver")
        };
        assert_eq!(code(&fire(market, &provider, order, hidden)), "order-bad-note");
        assert_eq!(
            code(&fire(market, &client, order, bare(market, &client, order, "dispute"))),
            "order-no-reason"
        );
        assert_eq!(state(market, &client, order, 0), "funded");
    });
}

#[test]
fn silence_after_delivery_accepts_to_the_minute() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        let announced = market.order(&client, order).table.parts[0]
            .silent_end
            .expect("silence ends it");
        market.advance(7 * DAY - MINUTE);
        market.pump();
        assert_eq!(state(market, &client, order, 0), "delivered");
        market.advance(3 * HOUR);
        let late = market.step(&client, order, Some(0), "ask_revision");
        assert_eq!(code(&late), "engine-too-late", "what was announced happens");
        market.pump();
        let page = market.order(&client, order);
        assert_eq!(page.parts[0].state.name, "released");
        assert_eq!(
            (page.moves.last().map(|m| m.at), page.ended_at),
            (Some(announced), Some(announced))
        );
        assert_eq!(market.wallet(id(&provider)), 90_000);
        market.pump();
        assert_eq!(market.order(&client, order).moves.len(), 3, "once");
    });
}

#[test]
fn reminders_go_out_before_a_clock_fires() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        let reminders = || {
            market
                .event_kinds()
                .iter()
                .filter(|kind| *kind == "order.reminder")
                .count()
        };
        market.pump();
        assert_eq!(reminders(), 0);
        market.advance(3 * DAY + 13 * HOUR);
        market.pump();
        assert_eq!(reminders(), 1, "half way");
        market.advance(3 * DAY);
        market.pump();
        assert_eq!(reminders(), 2, "a day before");
        market.pump();
        assert_eq!(reminders(), 2);
    });
}

#[test]
fn what_is_never_delivered_is_refunded() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        assert_eq!(market.held_at_gateway(), 100_000);
        market.advance_days(5 + 14);
        market.pump();
        assert_eq!(state(market, &client, order, 0), "refunded");
        assert_eq!(market.order(&client, order).state.name, "cancelled");
        assert_eq!(
            (
                market.wallet(id(&provider)),
                market.balance(Account::RefundDue(id(&client)))
            ),
            (0, 0)
        );
        assert_eq!(market.held_at_gateway(), 0, "it went back the way it came");
    });
}

#[test]
fn an_unfunded_order_lapses_and_costs_nobody_anything() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000, 50_000]);
        market.advance_days(7);
        market.pump();
        assert_eq!(state(market, &client, order, 0), "void");
        market.advance_days(7);
        market.pump();
        assert_eq!(market.order(&provider, order).state.name, "cancelled");
        assert_eq!(market.wallet(id(&provider)), 0);
    });
}

#[test]
fn both_cancel_with_shares_that_must_add_up() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000, 50_000]);
        market.fund(&client, order, 0);
        let alone = fire(
            market,
            &client,
            order,
            Fire {
                part: None,
                reason: "不做了".to_owned(),
                ..bare(market, &client, order, "cancel_by_agreement")
            },
        );
        assert_eq!(code(&alone), "order-needs-both");
        for wrong in [(0, 60_000, 50_000), (0, -1, 100_001), (0, 0, 0)] {
            assert_eq!(
                code(&propose(market, &client, order, "cancel_by_agreement", None, &[wrong])),
                "engine-shares-sum"
            );
        }
        assert_eq!(
            code(&propose(market, &client, order, "cancel_by_agreement", None, &[])),
            "engine-needs-shares"
        );
        let proposal = propose(
            market,
            &client,
            order,
            "cancel_by_agreement",
            None,
            &[(0, 60_000, 40_000)],
        )
        .expect("proposed");
        let twice = propose(
            market,
            &provider,
            order,
            "cancel_by_agreement",
            None,
            &[(0, 0, 100_000)],
        );
        assert_eq!(code(&twice), "proposal-already-open");
        assert_eq!(code(&answer(market, &client, proposal, true)), "proposal-own");
        assert_eq!(escrow(market, order, 0), 100_000, "nothing moved yet");
        answer(market, &provider, proposal, true).expect("agreed");
        market.pump();
        assert_eq!(market.order(&client, order).state.name, "cancelled");
        assert_eq!(
            (market.wallet(id(&provider)), market.held_at_gateway()),
            (36_000, 40_000)
        );
        assert_eq!(code(&answer(market, &provider, proposal, true)), "proposal-not-open");
    });
}

#[test]
fn a_proposal_lapses_when_its_part_moves_on() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        let proposal = propose(market, &provider, order, "settle", Some(0), &[(0, 50_000, 50_000)]).expect("proposed");
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        assert_eq!(code(&answer(market, &client, proposal, true)), "proposal-not-open");
        let again = propose(market, &provider, order, "settle", Some(0), &[(0, 50_000, 50_000)]).expect("proposed");
        answer(market, &client, again, false).expect("refused");
        assert_eq!(escrow(market, order, 0), 100_000);
    });
}

#[test]
fn a_dispute_is_ruled_by_staff_with_a_record() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&client, order, Some(0), "dispute").expect("disputed");
        let staff = market.staff();
        let shares = BTreeMap::from([(
            0,
            Shares {
                to_client_minor: 30_000,
                to_provider_minor: 70_000,
            },
        )]);
        let ruling = |reason: &str| Fire {
            reason: reason.to_owned(),
            shares: shares.clone(),
            ..bare(market, &staff, order, "rule")
        };
        assert_eq!(
            code(&fire(market, &client, order, ruling("我说了算"))),
            "engine-not-yours"
        );
        assert_eq!(code(&fire(market, &staff, order, ruling(""))), "order-no-reason");
        fire(market, &staff, order, ruling("已交付大部分工作")).expect("ruled");
        market.pump();
        assert_eq!(
            (market.wallet(id(&provider)), market.held_at_gateway()),
            (63_000, 70_000)
        );
        let records = market
            .read(move |tx| Ok(site::audit::of(tx, "order", order, 10)?))
            .expect("read");
        assert_eq!(records.iter().filter(|record| record.act == "order.rule").count(), 1);
    });
}

#[test]
fn a_dispute_that_nobody_settles_is_halved() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "dispute").expect("disputed");
        market.advance_days(60);
        market.pump();
        assert_eq!(state(market, &client, order, 0), "split");
        assert_eq!(
            (market.wallet(id(&provider)), market.held_at_gateway()),
            (45_000, 50_000)
        );
    });
}

#[test]
fn stale_and_doubled_steps_change_nothing() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        let accept = bare(market, &client, order, "accept");
        fire(market, &client, order, accept.clone()).expect("accepted");
        let again = fire(market, &client, order, accept).expect_err("the page is stale");
        let refusal = again.refusal().expect("a refusal");
        assert_eq!(refusal.code, "order-changed");
        assert!(
            refusal
                .args
                .iter()
                .any(|(_, arg)| *arg == kernel::Arg::Text("验收并付款".to_owned())),
            "says what changed: {refusal:?}"
        );
        assert_eq!(market.wallet(id(&provider)), 90_000, "paid once");
    });
}

#[test]
fn strangers_find_nothing() {
    on_both(|market| {
        let (client, provider, stranger) = (
            market.client("需求方"),
            market.provider("服务方"),
            market.client("路人"),
        );
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        let cmd = bare(market, &provider, order, "give_back");
        assert_eq!(code(&fire(market, &stranger, order, cmd.clone())), "order-not-found");
        assert_eq!(
            code(&fire(market, &stranger, Id::from_raw(7), cmd)),
            "order-not-found",
            "the same as none at all"
        );
        let seen = market
            .read(move |tx| Ok(order::find_for(tx, &stranger, order)?.is_some()))
            .expect("read");
        assert!(!seen);
        let proposal = propose(market, &client, order, "settle", Some(0), &[(0, 100_000, 0)]).expect("proposed");
        assert_eq!(code(&answer(market, &stranger, proposal, true)), "proposal-not-found");
        let wrong_side = bare(market, &client, order, "give_back");
        assert_eq!(code(&fire(market, &client, order, wrong_side)), "engine-not-yours");
        let own_accept = bare(market, &provider, order, "accept");
        assert_eq!(code(&fire(market, &provider, order, own_accept)), "engine-not-yours");
        assert_eq!(escrow(market, order, 0), 100_000);
    });
}

#[test]
fn a_contract_is_agreed_only_on_the_terms_that_were_seen() {
    on_both(|market| {
        let (client, provider, stranger) = (
            market.client("需求方"),
            market.provider("服务方"),
            market.provider("别人"),
        );
        let request = market.open_request(&client, "品牌标志设计");
        let bid = market.bid(&provider, request, &[100_000]);
        let stale = Award {
            bid,
            fingerprint: "something else".to_owned(),
        };
        assert_eq!(
            code(&market.write(move |tx| contracts::award(tx, &client, &stale))),
            "contract-terms-changed"
        );
        let seen = market
            .read(move |tx| Ok(contracts::preview(tx, &client, bid)?.fingerprint))
            .expect("previewed");
        market.set("acceptance_days", "10");
        let late = Award { bid, fingerprint: seen };
        assert_eq!(
            code(&market.write(move |tx| contracts::award(tx, &client, &late))),
            "contract-terms-changed",
            "a setting changed in between"
        );
        let contract = market.award(&client, bid);
        let wrong = Agree {
            contract,
            fingerprint: "x".to_owned(),
        };
        assert_eq!(
            code(&market.write(move |tx| contracts::agree(tx, &provider, &wrong))),
            "contract-terms-changed"
        );
        let own = Agree {
            contract,
            fingerprint: "x".to_owned(),
        };
        assert_eq!(
            code(&market.write(move |tx| contracts::agree(tx, &client, &own))),
            "contract-not-provider"
        );
        let other = Agree {
            contract,
            fingerprint: "x".to_owned(),
        };
        assert_eq!(
            code(&market.write(move |tx| contracts::agree(tx, &stranger, &other))),
            "contract-not-found"
        );
        let order = market.agree(&provider, contract);
        assert_eq!(market.order(&client, order).table.parts.len(), 1);
        market.set("acceptance_days", "3");
        let page = market.order(&client, order);
        assert_eq!(
            page.terms.value(&page.process, 0, "acceptance_days"),
            10 * DAY,
            "the contract keeps its own"
        );
    });
}

#[test]
fn a_declined_or_withdrawn_contract_opens_the_request_again() {
    on_both(|market| {
        let (client, provider, second) = (
            market.client("需求方"),
            market.provider("服务方"),
            market.provider("第二位"),
        );
        let request = market.open_request(&client, "品牌标志设计");
        let (first, other) = (
            market.bid(&provider, request, &[100_000]),
            market.bid(&second, request, &[90_000]),
        );
        let contract = market.award(&client, first);
        let decline = Decline {
            contract,
            note: "排期满了".to_owned(),
        };
        market
            .write(move |tx| contracts::decline(tx, &provider, &decline))
            .expect("declined");
        let contract = market.award(&client, other);
        market
            .write(move |tx| contracts::withdraw(tx, &client, contract))
            .expect("withdrawn");
        assert_eq!(
            code(&market.write(move |tx| contracts::withdraw(tx, &client, contract))),
            "contract-not-offered"
        );
    });
}

#[test]
fn an_offer_that_nobody_answers_lapses() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let request = market.open_request(&client, "品牌标志设计");
        let bid = market.bid(&provider, request, &[100_000]);
        let contract = market.award(&client, bid);
        let lapse = || market.write(|tx| contracts::lapse_unanswered(tx, 10)).expect("looked");
        assert_eq!(lapse(), 0);
        market.advance_days(60);
        assert_eq!((lapse(), lapse()), (1, 0));
        let found = market
            .read(move |tx| contracts::find_for(tx, &provider, contract))
            .expect("read")
            .expect("still to be seen");
        assert_eq!(found.contract.state, contracts::ContractState::Withdrawn);
    });
}
