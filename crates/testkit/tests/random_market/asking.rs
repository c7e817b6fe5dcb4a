//! Requests, bids, contracts: how an order comes about, and how people get it wrong.

use kernel::{Currency, Id, Money};
use orders::bids::{EditBid, PlaceBid, WithdrawBid};
use orders::contracts::{Agree, Award, Decline};
use orders::requests::{Save, Withdraw};

use crate::walk::{Order, Walk};

impl Walk<'_> {
    pub fn ask(&mut self) {
        let client = self.somebody();
        if self.dice.percent(8) {
            return self.take_back();
        }
        let mut content = self.market.request_content("一份随机的需求");
        match self.dice.below(12) {
            0 => content.title = "短".into(),
            1 => content.budget_max = Some(Money::new(-5, Currency::CNY)),
            2 => content.deadline = Some(self.market.now()),
            3 => content.category = Some(Id::from_raw(7)),
            4 => content.brief = "看\u{202e}反了的需求描述，二十个字以上才算是足够长的一段话。".into(),
            _ => {}
        }
        let save = Save {
            request: None,
            seen_version: 0,
            content,
        };
        if let Some(id) = self.attempt("request", move |tx| orders::requests::submit(tx, &client, &save)) {
            self.requests.push((id, client));
            self.market.approve_all();
        }
    }

    fn take_back(&mut self) {
        let Some((request, client)) = self.dice.pick(&self.requests) else {
            return;
        };
        let seen_version = self.dice.between(1, 2);
        self.attempt("withdraw request", move |tx| {
            orders::requests::withdraw(tx, &client, &Withdraw { request, seen_version })
        });
    }

    pub fn bid(&mut self) {
        let provider = self.somebody();
        if self.dice.percent(15) {
            return self.change_bid();
        }
        let Some((request, _)) = self.dice.pick_recent(&self.requests, 3) else {
            return;
        };
        let milestones: Vec<i64> = (0..self.dice.between(1, 3))
            .map(|_| self.dice.between(100, 300_000))
            .collect();
        let mut draft = self.market.bid_draft(&milestones);
        match self.dice.below(12) {
            0 => draft.price = Some(Money::new(milestones[0] + 1, Currency::CNY)),
            1 => draft.steps[0].amount = Some(Money::new(i64::MAX, Currency::CNY)),
            2 => draft.steps.clear(),
            3 => draft.steps[0].amount = Some(Money::new(100, Currency::USD)),
            _ => {}
        }
        let seen = i64::from(!self.dice.percent(5));
        let placed = self.attempt("bid", move |tx| {
            orders::bids::place(
                tx,
                &provider,
                &PlaceBid {
                    request,
                    seen_request_version: seen,
                    draft: draft.clone(),
                },
            )
        });
        if let Some(bid) = placed {
            self.bids.push((bid, request, provider));
        }
    }

    fn change_bid(&mut self) {
        let Some((bid, _, provider)) = self.dice.pick_recent(&self.bids, 8) else {
            return;
        };
        let seen_version = self.dice.between(1, 2);
        if self.dice.percent(50) {
            let draft = self.market.bid_draft(&[self.dice.between(100, 90_000)]);
            self.attempt("edit bid", move |tx| {
                orders::bids::edit(
                    tx,
                    &provider,
                    &EditBid {
                        bid,
                        seen_version,
                        draft: draft.clone(),
                    },
                )
            });
        } else {
            self.attempt("withdraw bid", move |tx| {
                orders::bids::withdraw(tx, &provider, &WithdrawBid { bid, seen_version })
            });
        }
    }

    pub fn award(&mut self) {
        let Some((bid, request, _)) = self.dice.pick_recent(&self.bids, 5) else {
            return;
        };
        let owner = self
            .requests
            .iter()
            .find(|(id, _)| *id == request)
            .map(|(_, client)| *client);
        let client = if self.dice.percent(5) {
            self.somebody()
        } else {
            owner.unwrap()
        };
        let stale = self.dice.percent(5);
        let awarded = self.attempt("award", move |tx| {
            let fingerprint = orders::contracts::preview(tx, &client, bid)?.fingerprint;
            let fingerprint = if stale { "stale".to_owned() } else { fingerprint };
            orders::contracts::award(tx, &client, &Award { bid, fingerprint })
        });
        if let Some(contract) = awarded {
            self.contracts.push((contract, client));
        }
    }

    pub fn answer_contract(&mut self) {
        let Some((contract, client)) = self.dice.pick_recent(&self.contracts, 2) else {
            return;
        };
        let found = self
            .market
            .read(move |tx| orders::contracts::find_for(tx, &client, contract))
            .unwrap()
            .unwrap()
            .contract;
        let provider = *self
            .people
            .iter()
            .find(|one| one.account() == Some(found.provider))
            .unwrap();
        let actor = if self.dice.percent(5) {
            self.somebody()
        } else {
            provider
        };
        match self.dice.below(12) {
            0 => {
                let decline = Decline {
                    contract,
                    note: "没有时间".into(),
                };
                self.attempt("decline contract", move |tx| {
                    orders::contracts::decline(tx, &actor, &decline)
                });
            }
            1 => {
                self.attempt("withdraw contract", move |tx| {
                    orders::contracts::withdraw(tx, &client, contract)
                });
            }
            _ => {
                let agree = Agree {
                    contract,
                    fingerprint: found.fingerprint,
                };
                let agreed = self.attempt("agree", move |tx| orders::contracts::agree(tx, &actor, &agree));
                if let Some(id) = agreed {
                    // What both were shown when they agreed: nothing else may come of it.
                    let shown = self.market.order(&client, id).table;
                    self.tables.insert(id, shown);
                    self.orders.push(Order { id, client, provider });
                }
            }
        }
    }
}
