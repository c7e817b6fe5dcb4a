//! Steps of running orders: offered ones, forbidden ones, agreed ones, rulings, words and reviews.

use std::collections::BTreeMap;

use engine::{Choice, Role, Shares};
use kernel::{Actor, Id};
use orders::orders::{Fire, OrderPage};
use orders::proposals::{Answer, Propose};
use talk::threads::SendMessage;
use trust::reviews::{Hat, WriteReview};

use crate::walk::{Order, Walk};

const TRANSITIONS: [&str; 9] = [
    "accept",
    "deliver",
    "expire",
    "split_half",
    "rule",
    "settle",
    "give_back",
    "cancel_by_agreement",
    "fund",
];

impl Walk<'_> {
    /// An order that still runs, seldom one that has ended.
    fn some_order(&mut self) -> Option<Order> {
        let running: Vec<Order> = self
            .orders
            .iter()
            .filter(|order| !self.ended.contains(&order.id))
            .cloned()
            .collect();
        if self.dice.percent(95) {
            self.dice.pick(&running)
        } else {
            self.dice.pick(&self.orders)
        }
    }

    fn page(&mut self, actor: &Actor, order: Id) -> Option<OrderPage> {
        let actor = *actor;
        let page = self
            .market
            .read(move |tx| orders::orders::find_for(tx, &actor, order))
            .unwrap();
        if page.as_ref().is_some_and(|page| page.ended_at.is_some()) {
            self.ended.insert(order);
        }
        page
    }

    pub fn work(&mut self) {
        let Some(order) = self.some_order() else { return };
        let actor = self.party(&order);
        let Some(page) = self.page(&actor, order.id) else {
            assert!(
                ![order.client, order.provider].contains(&actor),
                "a party does not see its own order"
            );
            return self.count("not there");
        };
        if self.dice.percent(8) {
            return self.mistake(&actor, &page);
        }
        // Quarrels and cancellations are rarer than work.
        let rare = |choice: &Choice| {
            matches!(choice.transition.as_str(), "dispute" | "decline" | "give_back") || choice.by == Role::Both
        };
        let keep_rare = self.dice.percent(10);
        let choices: Vec<Choice> = page
            .choices
            .iter()
            .filter(|one| keep_rare || !rare(one))
            .cloned()
            .collect();
        let Some(choice) = self.dice.pick(&choices) else { return };
        match choice.by {
            Role::Gateway => self.begin_to_pay(&order, choice.part.unwrap()),
            Role::Both => self.propose(&actor, &page, &choice),
            _ => self.take(&actor, &page, &choice),
        }
    }

    fn take(&mut self, actor: &Actor, page: &OrderPage, choice: &Choice) {
        let fire = Fire {
            transition: choice.transition.clone(),
            part: choice.part,
            seen_version: page.version,
            note: "请看说明。".into(),
            reason: "理由如下。".into(),
            shares: self.shares(choice),
            ..Fire::default()
        };
        let (actor, order) = (*actor, page.id);
        self.attempt(&format!("step {}", choice.transition), move |tx| {
            orders::orders::fire(tx, &actor, order, &fire)
        });
    }

    /// Something the page does not offer, or not like this.
    fn mistake(&mut self, actor: &Actor, page: &OrderPage) {
        let mut fire = Fire {
            transition: self.dice.pick(&TRANSITIONS).unwrap().to_owned(),
            part: Some(self.dice.below(page.parts.len() + 1)),
            seen_version: page.version,
            ..Fire::default()
        };
        match self.dice.below(5) {
            0 => fire.seen_version -= 1,
            1 => fire.note = "\u{202e}".into(),
            2 => fire.part = None,
            3 => fire.transition = "不存在".into(),
            _ => {
                let much = Shares {
                    to_client_minor: i64::MAX,
                    to_provider_minor: 1,
                };
                fire.shares = BTreeMap::from([(0, much)]);
            }
        }
        let (actor, order) = (*actor, page.id);
        self.attempt("step by mistake", move |tx| {
            orders::orders::fire(tx, &actor, order, &fire)
        });
    }

    /// Shares that add up, mostly.
    fn shares(&mut self, choice: &Choice) -> BTreeMap<usize, Shares> {
        let asked: Vec<(usize, i64)> = choice
            .moves
            .iter()
            .filter_map(|one| Some((one.part, one.shares_of?)))
            .collect();
        let share = |(part, pot): (usize, i64)| {
            let to_client_minor = self.dice.between(0, pot);
            let off = i64::from(self.dice.percent(5));
            (
                part,
                Shares {
                    to_client_minor,
                    to_provider_minor: pot - to_client_minor + off,
                },
            )
        };
        asked.into_iter().map(share).collect()
    }

    fn propose(&mut self, actor: &Actor, page: &OrderPage, choice: &Choice) {
        let propose = Propose {
            transition: choice.transition.clone(),
            part: choice.part,
            shares: self.shares(choice),
            reason: "这样双方都合适。".into(),
            seen_version: page.version,
        };
        let (actor, id) = (*actor, page.id);
        let made = self.attempt("propose", move |tx| {
            orders::proposals::propose(tx, &actor, id, &propose)
        });
        let order = self.orders.iter().find(|order| order.id == id).cloned();
        self.proposals
            .extend(made.zip(order).map(|(proposal, order)| (order, proposal, actor)));
    }

    pub fn answer_proposal(&mut self) {
        let Some((order, proposal, proposer)) = self.dice.pick_recent(&self.proposals, 3) else {
            return;
        };
        let other = if proposer == order.client {
            order.provider
        } else {
            order.client
        };
        let actor = if self.dice.percent(90) {
            other
        } else {
            self.party(&order)
        };
        if self.dice.percent(8) {
            self.attempt("withdraw proposal", move |tx| {
                orders::proposals::withdraw(tx, &actor, proposal)
            });
        } else {
            let answer = Answer {
                proposal,
                agree: self.dice.percent(75),
                note: String::new(),
            };
            let name = if answer.agree {
                "agree to proposal"
            } else {
                "refuse proposal"
            };
            self.attempt(name, move |tx| orders::proposals::answer(tx, &actor, &answer));
        }
    }

    /// Staff rule where there is something to rule.
    pub fn rule(&mut self) {
        let staff = self.market.staff();
        for order in self.orders.clone().into_iter().rev().take(12) {
            let id = order.id;
            let page = self
                .market
                .read(move |tx| orders::orders::operator_view(tx, &staff, id))
                .unwrap()
                .unwrap();
            if let Some(choice) = self.dice.pick(&page.choices) {
                return self.take(&staff, &page, &choice);
            }
        }
    }

    pub fn talk_or_review(&mut self) {
        let Some(order) = self.dice.pick(&self.orders) else {
            return;
        };
        let actor = self.party(&order);
        let id = order.id;
        if self.dice.percent(40) {
            self.attempt("message", move |tx| {
                let thread = talk::threads::open_for(tx, &actor, "order", id, None)?;
                talk::threads::send(
                    tx,
                    &actor,
                    &SendMessage {
                        thread,
                        body: "进展如何？".into(),
                        files: Vec::new(),
                    },
                )
            });
            return;
        }
        let about = if actor == order.client {
            Hat::Provider
        } else {
            Hat::Client
        };
        let mark = self.dice.between(1, 6);
        self.attempt("review", move |tx| {
            let policy = trust::reviews::policy(tx)?;
            let marks = policy
                .about(about)
                .map(|dimension| (dimension.code.clone(), mark))
                .collect();
            let review = WriteReview {
                order: id,
                marks,
                body: "合作愉快，沟通顺畅。".into(),
                private_note: String::new(),
            };
            trust::reviews::write(tx, &actor, &review)
        });
    }
}
