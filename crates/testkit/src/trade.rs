//! A trade, step by step, for tests that begin in the middle of one.

use kernel::{Actor, Currency, Id, Money};
use orders::bids::{BidDraft, PlaceBid, StepDraft};
use orders::contracts::{Agree, Award};
use orders::inspections::{Decide, Verdict};
use orders::orders::{Fire, Fired, OrderPage};
use orders::requests::{Content, Save};
use payments::payins::Begin;
use store::Fail;

use crate::Market;
use crate::gateway::GATEWAY;

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

impl Market {
    /// What a sound request says.
    pub fn request_content(&self, title: &str) -> Content {
        let categories = self
            .read(|tx| Ok(catalog::categories::tree(tx)?))
            .expect("categories can be read");
        let category = categories
            .iter()
            .find_map(|branch| branch.children.first())
            .map(|category| category.id);
        Content {
            title: title.to_owned(),
            brief: "我们需要一套完整的品牌标志，包括图形、字体和使用规范，请附上过往作品。".to_owned(),
            category,
            budget_min: Some(yuan(10_000)),
            budget_max: Some(yuan(500_000)),
            deadline: Some(self.now().plus_days(10)),
            wish_days: Some(14),
            ..Content::default()
        }
    }

    /// A request that is open for bids, approved by staff if the market inspects.
    pub fn open_request(&self, client: &Actor, title: &str) -> Id {
        let (client, content) = (*client, self.request_content(title));
        let save = Save {
            request: None,
            seen_version: 0,
            content,
        };
        let id = self
            .write(move |tx| orders::requests::submit(tx, &client, &save))
            .expect("a request is submitted");
        self.approve_all();
        id
    }

    /// Staff approve whatever waits.
    pub fn approve_all(&self) {
        let operator = self.staff();
        let waiting = self
            .read(|tx| Ok(orders::inspections::queue(tx, None, 100)?))
            .expect("staff see the queue");
        for one in waiting {
            let decide = Decide {
                inspection: one.id,
                seen_version: one.version,
                verdict: Verdict::Approve,
            };
            self.write(move |tx| orders::inspections::decide(tx, &operator, &decide))
                .expect("staff approve");
        }
    }

    /// What a sound bid says: milestones of so many minor units, five days each.
    pub fn bid_draft(&self, milestones: &[i64]) -> BidDraft {
        let step = |(place, minor): (usize, &i64)| StepDraft {
            title: format!("第 {} 阶段", place + 1),
            amount: Some(yuan(*minor)),
            days: Some(5),
        };
        BidDraft {
            price: Some(yuan(milestones.iter().sum())),
            days: Some(5 * i64::try_from(milestones.len()).unwrap_or(1)),
            letter: "我做过二十多套品牌标志，附上三个案例，可以马上开始。".to_owned(),
            steps: milestones.iter().enumerate().map(step).collect(),
        }
    }

    /// A bid on a request.
    pub fn bid(&self, provider: &Actor, request: Id, milestones: &[i64]) -> Id {
        let provider = *provider;
        let draft = self.bid_draft(milestones);
        let placed = self.write(move |tx| {
            let seen = orders::requests::load(tx, request)?.map_or(0, |request| request.version);
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
        placed.expect("a bid is placed")
    }

    /// The contract on a bid, offered by the client.
    pub fn award(&self, client: &Actor, bid: Id) -> Id {
        let client = *client;
        let awarded = self.write(move |tx| {
            let fingerprint = orders::contracts::preview(tx, &client, bid)?.fingerprint;
            orders::contracts::award(tx, &client, &Award { bid, fingerprint })
        });
        awarded.expect("a bid is awarded")
    }

    /// The order of a contract, once the provider has agreed.
    pub fn agree(&self, provider: &Actor, contract: Id) -> Id {
        let provider = *provider;
        let agreed = self.write(move |tx| {
            let page = orders::contracts::find_for(tx, &provider, contract)?;
            let fingerprint = page.map(|page| page.contract.fingerprint).unwrap_or_default();
            orders::contracts::agree(tx, &provider, &Agree { contract, fingerprint })
        });
        agreed.expect("the provider agrees")
    }

    /// An order that both have agreed on; nothing is paid yet.
    pub fn running_order(&self, client: &Actor, provider: &Actor, milestones: &[i64]) -> Id {
        let request = self.open_request(client, "品牌标志设计");
        let bid = self.bid(provider, request, milestones);
        let contract = self.award(client, bid);
        self.agree(provider, contract)
    }

    /// The workroom as a party sees it.
    pub fn order(&self, actor: &Actor, order: Id) -> OrderPage {
        let actor = *actor;
        let page = self
            .read(move |tx| orders::orders::find_for(tx, &actor, order))
            .expect("the workroom can be read");
        page.expect("the actor is a party to the order")
    }

    /// The client pays for a part, and the gateway says so.
    pub fn fund(&self, client: &Actor, order: Id, part: usize) {
        let payin = self.begin_payin(client, order, part).expect("a payment begins");
        self.run_jobs();
        let notice = self.pay_at_gateway(payin).expect("the gateway's page is open");
        self.tell(notice);
    }

    /// The client begins to pay for a part.
    pub fn begin_payin(&self, client: &Actor, order: Id, part: usize) -> Result<Id, Fail> {
        let client = *client;
        let seen_version = self.order(&client, order).version;
        let begin = Begin {
            order,
            part,
            seen_version,
            gateway: GATEWAY.to_owned(),
        };
        self.write(move |tx| payments::payins::begin(tx, &client, &begin))
    }

    /// Somebody takes a step, with whatever words it may need.
    pub fn step(&self, actor: &Actor, order: Id, part: Option<usize>, transition: &str) -> Result<Fired, Fail> {
        let seen_version = self.order(actor, order).version;
        let fire = Fire {
            transition: transition.to_owned(),
            part,
            seen_version,
            note: "请看附件里的说明。".to_owned(),
            reason: "理由写在这里。".to_owned(),
            ..Fire::default()
        };
        let actor = *actor;
        self.write(move |tx| orders::orders::fire(tx, &actor, order, &fire))
    }
}
