//! A gateway that stands in for the real ones: it keeps its own book, and says what a test tells it to say. What it
//! holds for us must be what our ledger thinks it holds.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use kernel::{Id, Money};
use payments::notices::{Notice, Outcome, Verdict};
use payments::payins::{Asking, ToCreate};
use payments::refunds::ToSend;

use crate::Market;

/// The gateway's name in test markets.
pub const GATEWAY: &str = "sandbox";

/// Where a payment stands at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Open,
    Paid,
    Failed,
    Closed,
}

struct Page {
    order: Id,
    amount: Money,
    stand: Stand,
}

/// The gateway's own book.
#[derive(Default)]
pub(crate) struct Gateway {
    pages: RefCell<BTreeMap<Id, Page>>,
    refunded: RefCell<BTreeMap<Id, i64>>,
    refunds: RefCell<BTreeSet<Id>>,
}

impl Gateway {
    /// Opens a page to pay on; the same payin again is the same page.
    pub(crate) fn open(&self, ask: &ToCreate) -> String {
        let page = Page {
            order: ask.order,
            amount: ask.amount,
            stand: Stand::Open,
        };
        self.pages.borrow_mut().entry(ask.payin).or_insert(page);
        format!("gw-{}", ask.payin)
    }

    /// What it answers when it is asked; closes what is over and still unpaid.
    pub(crate) fn answer(&self, ask: &Asking) -> Answer {
        let mut pages = self.pages.borrow_mut();
        let Some(page) = pages.get_mut(&ask.payin) else {
            return Answer::Nothing;
        };
        match page.stand {
            Stand::Paid => Answer::Told(notice(ask.payin, page, Outcome::Paid, "asked")),
            Stand::Failed => Answer::Told(notice(ask.payin, page, Outcome::Failed, "asked")),
            Stand::Open if ask.over => {
                page.stand = Stand::Closed;
                Answer::Closed
            }
            Stand::Closed => Answer::Closed,
            Stand::Open => Answer::Nothing,
        }
    }

    /// Sends money back, once for each key.
    pub(crate) fn refund(&self, send: &ToSend) -> String {
        if self.refunds.borrow_mut().insert(send.refund) {
            let pages = self.pages.borrow();
            let page = pages
                .get(&send.payin)
                .expect("a refund is of a payment the gateway knows");
            assert_eq!(page.stand, Stand::Paid, "a refund of what was never paid");
            let mut refunded = self.refunded.borrow_mut();
            let sum = refunded.entry(send.payin).or_default();
            *sum += send.amount.minor();
            assert!(*sum <= page.amount.minor(), "more goes back than was paid");
        }
        format!("gwr-{}", send.refund)
    }

    /// What it holds for us, in minor units.
    pub(crate) fn holds(&self) -> i64 {
        let paid: i64 = self
            .pages
            .borrow()
            .values()
            .filter(|p| p.stand == Stand::Paid)
            .map(|p| p.amount.minor())
            .sum();
        paid - self.refunded.borrow().values().sum::<i64>()
    }
}

/// What the gateway answers.
pub(crate) enum Answer {
    Told(Notice),
    Closed,
    Nothing,
}

fn notice(payin: Id, page: &Page, outcome: Outcome, way: &str) -> Notice {
    Notice {
        gateway: GATEWAY.to_owned(),
        event: format!("{way}-{payin}-{outcome:?}"),
        payin: payin.short(),
        order: page.order.short(),
        gateway_ref: format!("gw-{payin}"),
        amount_minor: page.amount.minor(),
        currency: page.amount.currency().code().to_owned(),
        outcome,
    }
}

impl Market {
    /// The client pays at the gateway. Answers the notice that it sends, which a test delivers with [`Market::tell`]:
    /// now, twice, late or never. Nothing when the page is closed.
    pub fn pay_at_gateway(&self, payin: Id) -> Option<Notice> {
        self.end_at_gateway(payin, Stand::Paid, Outcome::Paid)
    }

    /// The client gives up at the gateway. Answers the notice that it sends.
    pub fn fail_at_gateway(&self, payin: Id) -> Option<Notice> {
        self.end_at_gateway(payin, Stand::Failed, Outcome::Failed)
    }

    fn end_at_gateway(&self, payin: Id, stand: Stand, outcome: Outcome) -> Option<Notice> {
        let mut pages = self.gateway.pages.borrow_mut();
        let page = pages.get_mut(&payin).filter(|page| page.stand == Stand::Open)?;
        page.stand = stand;
        Some(notice(payin, page, outcome, "event"))
    }

    /// Delivers a verified notice.
    pub fn tell(&self, notice: Notice) -> Verdict {
        self.write(move |tx| payments::notices::settle(tx, &notice))
            .expect("a notice is settled or written down")
    }

    /// What the gateway holds for us by its own book, in minor units.
    pub fn held_at_gateway(&self) -> i64 {
        self.gateway.holds()
    }
}
