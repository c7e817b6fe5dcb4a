//! The walk: who and what there is, and which step comes next.

use std::collections::{BTreeMap, BTreeSet};

use engine::OutcomeTable;
use kernel::{Actor, DAY, HOUR, Id, MINUTE};
use payments::notices::Notice;
use store::{Fail, Tx};
use testkit::Market;

use crate::dice::Dice;

/// An order and the outcome table that was drawn when it began.
#[derive(Clone)]
pub struct Order {
    pub id: Id,
    pub client: Actor,
    pub provider: Actor,
}

pub struct Walk<'m> {
    pub market: &'m Market,
    pub dice: Dice,
    pub people: Vec<Actor>,
    pub requests: Vec<(Id, Actor)>,
    pub bids: Vec<(Id, Id, Actor)>,
    pub contracts: Vec<(Id, Actor)>,
    pub orders: Vec<Order>,
    pub proposals: Vec<(Order, Id, Actor)>,
    /// Orders that were seen to have ended.
    pub ended: BTreeSet<Id>,
    pub tables: BTreeMap<Id, OutcomeTable>,
    pub payins: Vec<Id>,
    /// Notices the gateway has made: delivered, not yet, or never.
    pub notices: Vec<Notice>,
    /// What happened, by name: how often.
    pub counts: BTreeMap<String, usize>,
}

impl<'m> Walk<'m> {
    pub fn new(market: &'m Market, seed: u64) -> Self {
        let mut walk = Self {
            market,
            dice: Dice::new(seed),
            people: Vec::new(),
            requests: Vec::new(),
            bids: Vec::new(),
            contracts: Vec::new(),
            orders: Vec::new(),
            proposals: Vec::new(),
            ended: BTreeSet::new(),
            tables: BTreeMap::new(),
            payins: Vec::new(),
            notices: Vec::new(),
            counts: BTreeMap::new(),
        };
        market.set("dispute_days", "10");
        for _ in 0..4 {
            walk.join();
        }
        walk
    }

    pub fn step(&mut self) {
        match self.dice.below(100) {
            0..1 => self.join(),
            1..6 => self.ask(),
            6..16 => self.bid(),
            16..26 => self.award(),
            26..32 => self.answer_contract(),
            32..72 => self.work(),
            72..75 => self.answer_proposal(),
            75..77 => self.rule(),
            77..82 => self.gateway(),
            82..85 => self.tell_again(),
            85..86 => self.tell_late(),
            86..89 => self.talk_or_review(),
            89..97 => self.time(),
            97..98 => self.change_settings(),
            98..99 => self.restart(),
            _ => self.market.pump(),
        }
    }

    /// Does something that may be refused. What went through and what was refused is counted; a fault ends the test.
    pub fn attempt<T, F>(&mut self, name: &str, run: F) -> Option<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
    {
        let outcome = self.market.write(run);
        self.note(name, outcome)
    }

    pub fn note<T>(&mut self, name: &str, outcome: Result<T, Fail>) -> Option<T> {
        match outcome {
            Ok(done) => {
                self.count(name);
                Some(done)
            }
            Err(Fail::Refused(refusal)) => {
                self.count(&format!("refused {}", refusal.code));
                None
            }
            Err(Fail::Fault(fault)) => panic!("{name}: {fault}"),
        }
    }

    pub fn count(&mut self, name: &str) {
        *self.counts.entry(name.to_owned()).or_default() += 1;
    }

    pub fn somebody(&mut self) -> Actor {
        self.dice.pick(&self.people).unwrap()
    }

    /// One of the two, seldom a stranger, seldom nobody.
    pub fn party(&mut self, order: &Order) -> Actor {
        match self.dice.below(50) {
            0 => self.somebody(),
            1 => Actor::Visitor,
            place if place % 2 == 0 => order.client,
            _ => order.provider,
        }
    }

    fn join(&mut self) {
        if self.people.len() < 14 {
            self.people.push(self.market.client("众人"));
        }
    }

    fn time(&mut self) {
        let steps = [
            MINUTE,
            5 * MINUTE,
            HOUR,
            HOUR,
            5 * HOUR,
            5 * HOUR,
            10 * HOUR,
            DAY,
            2 * DAY,
            6 * DAY,
        ];
        let step = self.dice.pick(&steps).unwrap();
        self.market.advance(step);
        // Sometimes somebody is quicker than the workers.
        if self.dice.percent(75) {
            self.market.pump();
        }
    }

    fn restart(&mut self) {
        self.market.restart();
        self.count("restart");
    }

    /// What changes for new contracts must not change running ones.
    fn change_settings(&mut self) {
        let staff = self.market.staff();
        let (key, value) = match self.dice.below(4) {
            0 => ("provider_fee_bp", self.dice.between(0, 2500)),
            1 => ("client_fee_bp", self.dice.between(0, 500)),
            2 => ("acceptance_days", self.dice.between(0, 12)),
            _ => ("revisions", self.dice.between(0, 4)),
        };
        self.attempt("setting", move |tx| {
            site::settings::change(tx, &staff, key, &value.to_string(), "试一试")
        });
    }
}
