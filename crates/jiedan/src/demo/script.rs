//! When who does what: the deals of the cast as one list of steps, in the order of time. Pure.

use kernel::{DAY, HOUR, Timestamp};

use super::cast::{Cast, Deal, Flow};

/// One thing somebody does in a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    Submit,
    Approve,
    Bid(usize),
    Award,
    Agree,
    Fund(usize),
    Talk(usize),
    Deliver(usize),
    AskRevision(usize),
    Accept(usize),
    ProposeCancel,
    AgreeCancel,
    ClientReviews,
    ProviderReviews,
    Reply,
}

/// An act at its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    pub at: Timestamp,
    pub deal: usize,
    pub act: Act,
}

/// Every step of every deal that lies before `now`, in the order of time.
pub fn steps(cast: &Cast, now: Timestamp) -> Vec<Step> {
    let mut all: Vec<Step> = cast
        .deal
        .iter()
        .enumerate()
        .flat_map(|(place, deal)| of_deal(place, deal, now))
        .collect();
    all.retain(|step| step.at < now);
    all.sort();
    all
}

fn of_deal(place: usize, deal: &Deal, now: Timestamp) -> Vec<Step> {
    let begin = now
        .plus_days(-deal.days_ago)
        .plus(-HOUR * (3 + i64::try_from(place % 5).unwrap_or(0)));
    let mut line = Line {
        at: begin,
        deal: place,
        steps: Vec::new(),
    };
    line.now(Act::Submit);
    if deal.flow == Flow::Pending {
        return line.steps;
    }
    line.after(HOUR / 2, Act::Approve);
    for bid in 0..deal.bid.len() {
        line.after(HOUR / 3, Act::Bid(bid));
    }
    if deal.flow != Flow::Open {
        line.after(12 * HOUR, Act::Award);
        line.deal_of(deal);
    }
    line.steps
}

struct Line {
    at: Timestamp,
    deal: usize,
    steps: Vec<Step>,
}

impl Line {
    fn now(&mut self, act: Act) {
        self.steps.push(Step {
            at: self.at,
            deal: self.deal,
            act,
        });
    }

    fn after(&mut self, micros: i64, act: Act) {
        self.at = self.at.plus(micros);
        self.now(act);
    }

    /// From the offer on.
    fn deal_of(&mut self, deal: &Deal) {
        if deal.flow == Flow::Offered {
            return;
        }
        self.after(5 * HOUR, Act::Agree);
        if deal.flow == Flow::Unfunded {
            return;
        }
        let plan = Cast::plan(deal);
        for (part, (_, _, days)) in plan.iter().enumerate() {
            self.after(2 * HOUR, Act::Fund(part));
            if part == 0 {
                for word in 0..deal.talk.len() {
                    self.after(HOUR, Act::Talk(word));
                }
            }
            if self.part(deal, part, *days, part + 1 == plan.len()) {
                return;
            }
        }
        self.afterwards(deal);
    }

    /// One part after it was paid in. Answers true when the deal goes no further.
    fn part(&mut self, deal: &Deal, part: usize, days: i64, last: bool) -> bool {
        if deal.flow == Flow::SecondPart && part == 1 {
            return true;
        }
        if deal.flow == Flow::Cancelled {
            self.after(2 * DAY, Act::ProposeCancel);
            self.after(6 * HOUR, Act::AgreeCancel);
            return true;
        }
        self.after(days * DAY * 3 / 4, Act::Deliver(part));
        match deal.flow {
            Flow::Delivered => return true,
            Flow::Revising => {
                self.after(8 * HOUR, Act::AskRevision(part));
                return true;
            }
            // Silence accepts after the seven days of the contract.
            Flow::AutoAccepted if last => self.at = self.at.plus_days(7).plus(HOUR),
            _ => self.after(10 * HOUR, Act::Accept(part)),
        }
        false
    }

    fn afterwards(&mut self, deal: &Deal) {
        if deal.reviews.is_some() {
            self.after(5 * HOUR, Act::ClientReviews);
            self.after(7 * HOUR, Act::ProviderReviews);
        }
        if deal.reviews.as_ref().is_some_and(|reviews| reviews.reply.is_some()) {
            self.after(9 * HOUR, Act::Reply);
        }
    }
}
