//! The rating: a Bayesian mean in whole numbers, so that it is the same on every machine and can be done again by hand.
//!
//! A mark is in thousandths (4.25 is 4250), a weight in thousandths of an ordinary review.
//!
//! ```text
//! weight = value × recency × repeat × linked            each in thousandths; the product is rounded down once
//! rating = (prior × prior_weight + Σ mark × weight) ÷ (prior_weight + Σ weight)     rounded half up
//! ```
//!
//! - value: by the worth of the order, in steps of the policy.
//! - recency: halves every half-life, a straight line in between, never below the floor.
//! - repeat: one person's newest review counts whole, the one before half, then a quarter …: however often one
//!   reviewer comes back, together they count less than two.
//! - linked: a reviewer linked to the reviewed person counts a fraction.
//!
//! Fewer than `reviewers_min` different reviewers: the rating shows at most `few_cap`. Linked reviewers are not counted
//! as different ones.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{AccountId, DAY, Money, Timestamp};

use super::RatingRules;

/// Thousandths in one.
pub const ONE: i64 = 1000;

/// A published review, as far as the rating looks at it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Who wrote it.
    pub author: AccountId,
    /// The mean of its marks, in thousandths.
    pub mark: i64,
    /// What the order was worth.
    pub value: Money,
    /// When it was written.
    pub at: Timestamp,
    /// Whether its author is linked to the reviewed person.
    pub linked: bool,
}

/// Why a review counts what it counts; thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weight {
    /// By the worth of the order.
    pub value: i64,
    /// By age.
    pub recency: i64,
    /// By how often the same person reviewed.
    pub repeat: i64,
    /// By being linked.
    pub linked: i64,
}

impl Weight {
    /// What the review counts altogether.
    pub fn total(&self) -> i64 {
        let product =
            i128::from(self.value) * i128::from(self.recency) * i128::from(self.repeat) * i128::from(self.linked);
        i64::try_from(product / i128::from(ONE.pow(3))).unwrap_or(i64::MAX)
    }
}

/// A rating and how it came about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rating {
    /// The number, in thousandths; the prior when there is no review.
    pub shown: i64,
    /// What it would be without the cap for few reviewers.
    pub uncapped: i64,
    /// Different reviewers who are not linked.
    pub reviewers: i64,
    /// One weight for each fact, in the order of the facts.
    pub weights: Vec<Weight>,
}

impl Rating {
    /// Whether the cap for few reviewers lowered it.
    pub const fn is_capped(&self) -> bool {
        self.shown < self.uncapped
    }
}

/// The rating these facts make at `now`. The order of the facts does not matter.
pub fn rate(rules: &RatingRules, facts: &[Fact], now: Timestamp) -> Rating {
    let weights = weights(rules, facts, now);
    let mut sum = i128::from(rules.prior) * i128::from(rules.prior_weight);
    let mut count = i128::from(rules.prior_weight);
    for (fact, weight) in facts.iter().zip(&weights) {
        sum += i128::from(fact.mark) * i128::from(weight.total());
        count += i128::from(weight.total());
    }
    let uncapped = half_up(sum, count).unwrap_or(rules.prior);
    let reviewers: BTreeSet<AccountId> = facts.iter().filter(|f| !f.linked).map(|f| f.author).collect();
    let reviewers = i64::try_from(reviewers.len()).unwrap_or(i64::MAX);
    let shown = if reviewers < rules.reviewers_min {
        uncapped.min(rules.few_cap)
    } else {
        uncapped
    };
    Rating {
        shown,
        uncapped,
        reviewers,
        weights,
    }
}

/// The weighted mean alone, without a prior; nothing when nothing weighs.
pub fn mean(marks: impl IntoIterator<Item = (i64, i64)>) -> Option<i64> {
    let (mut sum, mut count) = (0_i128, 0_i128);
    for (mark, weight) in marks {
        sum += i128::from(mark) * i128::from(weight);
        count += i128::from(weight);
    }
    half_up(sum, count)
}

fn half_up(sum: i128, count: i128) -> Option<i64> {
    (count > 0).then(|| i64::try_from((2 * sum + count).div_euclid(2 * count)).unwrap_or(i64::MAX))
}

fn weights(rules: &RatingRules, facts: &[Fact], now: Timestamp) -> Vec<Weight> {
    let mut newest_first: Vec<usize> = (0..facts.len()).collect();
    newest_first.sort_by_key(|&i| (std::cmp::Reverse(facts[i].at), facts[i].mark, facts[i].value.minor()));
    let mut seen: BTreeMap<AccountId, u32> = BTreeMap::new();
    let mut weights = vec![
        Weight {
            value: 0,
            recency: 0,
            repeat: 0,
            linked: 0
        };
        facts.len()
    ];
    for i in newest_first {
        let fact = &facts[i];
        let before = seen.entry(fact.author).or_default();
        weights[i] = Weight {
            value: value(rules, fact.value),
            recency: recency(rules, now.since(fact.at)),
            repeat: ONE.checked_shr(*before).unwrap_or(0),
            linked: if fact.linked { rules.linked } else { ONE },
        };
        *before += 1;
    }
    weights
}

fn value(rules: &RatingRules, worth: Money) -> i64 {
    let unit = 10_i64.saturating_pow(worth.currency().exponent());
    let whole = worth.minor().max(0) / unit;
    rules
        .value
        .iter()
        .rev()
        .find(|step| step.from <= whole)
        .map_or(ONE, |step| step.weight)
}

fn recency(rules: &RatingRules, age: i64) -> i64 {
    let half_life = i128::from(rules.half_life_days) * i128::from(DAY);
    let age = i128::from(age.max(0));
    let halvings = u32::try_from(age / half_life).unwrap_or(u32::MAX);
    let high = ONE.checked_shr(halvings).unwrap_or(0);
    // A straight line from this halving to the next.
    let low_by = i64::try_from(i128::from(high) * (age % half_life) / (2 * half_life)).unwrap_or(0);
    (high - low_by).max(rules.recency_floor)
}

#[cfg(test)]
#[path = "rating_tests.rs"]
mod tests;
