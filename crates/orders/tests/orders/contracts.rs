//! From award to agreement: only on the terms that were seen, declined, withdrawn, or never answered.

use kernel::DAY;
use orders::contracts::{self, Agree, Award, Decline};
use testkit::{code, on_both};

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
