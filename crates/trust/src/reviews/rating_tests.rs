//! The rating, by table and by property.

use kernel::{Currency, Id};
use proptest::prelude::*;

use super::*;
use crate::reviews::Policy;

fn rules() -> RatingRules {
    Policy::from_toml(include_str!("../../../../packs/general/reviews.toml"))
        .unwrap()
        .rating
}

fn now() -> Timestamp {
    Timestamp::from_micros(1_795_845_600_000_000)
}

fn fact(author: i64, mark: i64, yuan: i64, days_ago: i64) -> Fact {
    Fact {
        author: Id::from_raw(author),
        mark,
        value: Money::new(yuan * 100, Currency::CNY),
        at: now().plus_days(-days_ago),
        linked: false,
    }
}

#[test]
fn the_rating_by_table() {
    let linked = |f: Fact| Fact { linked: true, ..f };
    for (name, facts, shown) in [
        ("nobody yet: where everybody starts", vec![], 4000),
        // (4.0 × 8 + 5.0 × 1) ÷ 9
        ("one full review", vec![fact(1, 5000, 1000, 0)], 4111),
        ("one bad review", vec![fact(1, 1000, 1000, 0)], 3667),
        // (32 + 2 × 5 × 1.5) ÷ 11 = 4.273, but two people are few
        (
            "two large and happy: capped",
            vec![fact(1, 5000, 20_000, 0), fact(2, 5000, 20_000, 0)],
            4200,
        ),
        // (32 + 3 × 5) ÷ 11
        (
            "three are enough",
            vec![fact(1, 5000, 1000, 0), fact(2, 5000, 1000, 0), fact(3, 5000, 1000, 0)],
            4273,
        ),
        // (32 + 5 × 0.5) ÷ 8.5
        ("a small order counts half", vec![fact(1, 5000, 20, 0)], 4059),
        ("after a year it counts half", vec![fact(1, 5000, 1000, 365)], 4059),
        // (32 + 5 × 0.125) ÷ 8.125
        ("never less than the floor", vec![fact(1, 5000, 1000, 36_000)], 4015),
        // (32 + 5 + 5 × 0.5) ÷ 9.5
        (
            "the same person twice",
            vec![fact(1, 5000, 1000, 0), fact(1, 5000, 1000, 0)],
            4158,
        ),
        // (32 + 5 × 0.25) ÷ 8.25
        ("a linked reviewer", vec![linked(fact(1, 5000, 1000, 0))], 4030),
    ] {
        assert_eq!(rate(&rules(), &facts, now()).shown, shown, "{name}");
    }
}

#[test]
fn linked_reviewers_do_not_lift_the_cap() {
    let mut facts: Vec<Fact> = (1..=8).map(|i| fact(i, 5000, 20_000, 0)).collect();
    for linked in facts.iter_mut().skip(2) {
        linked.linked = true;
    }
    let rating = rate(&rules(), &facts, now());
    assert_eq!((rating.reviewers, rating.shown, rating.is_capped()), (2, 4200, true));
}

#[test]
fn recency_is_a_falling_line() {
    let rules = rules();
    let mut last = ONE;
    for day in 0..2000 {
        let here = recency(&rules, day * DAY);
        assert!(here <= last && here >= rules.recency_floor, "day {day}");
        last = here;
    }
    for (days, weight) in [(-5, 1000), (0, 1000), (365, 500), (730, 250), (1095, 125), (1460, 125)] {
        assert_eq!(recency(&rules, days * DAY), weight, "{days} days");
    }
}

fn some_fact() -> impl Strategy<Value = Fact> {
    (1..6_i64, 1000..=5000_i64, 0..100_000_i64, 0..2000_i64, any::<bool>()).prop_map(
        |(author, mark, yuan, days, linked)| Fact {
            linked,
            ..fact(author, mark, yuan, days)
        },
    )
}

proptest! {
    #[test]
    fn a_rating_stays_between_the_worst_and_the_best(facts in prop::collection::vec(some_fact(), 0..30)) {
        let rules = rules();
        let rating = rate(&rules, &facts, now());
        let low = facts.iter().map(|f| f.mark).chain([rules.prior]).min().unwrap();
        let high = facts.iter().map(|f| f.mark).chain([rules.prior]).max().unwrap();
        prop_assert!(low <= rating.uncapped && rating.uncapped <= high);
        prop_assert!(rating.shown <= rating.uncapped);
        prop_assert_eq!(rating.weights.len(), facts.len());
    }

    #[test]
    fn the_order_of_facts_does_not_matter(facts in prop::collection::vec(some_fact(), 0..20), turn in 0..20_usize) {
        let mut turned = facts.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
            turned.reverse();
        }
        prop_assert_eq!(rate(&rules(), &facts, now()).shown, rate(&rules(), &turned, now()).shown);
    }

    #[test]
    fn a_better_mark_never_lowers_the_rating(facts in prop::collection::vec(some_fact(), 1..20), which in 0..20_usize) {
        let mut better = facts.clone();
        let which = which % better.len();
        better[which].mark = 5000;
        // Marks order reviews of one moment by one person; give every fact its own moment.
        let apart = |facts: &[Fact]| facts.iter().enumerate().map(|(i, f)| Fact { at: f.at.plus(-i64::try_from(i).unwrap()), ..f.clone() }).collect::<Vec<_>>();
        prop_assert!(rate(&rules(), &apart(&better), now()).uncapped >= rate(&rules(), &apart(&facts), now()).uncapped);
    }

    #[test]
    fn one_person_alone_moves_little(marks in prop::collection::vec(1000..=5000_i64, 1..200)) {
        // However many: together they count less than two of the largest reviews.
        let facts: Vec<Fact> = marks.iter().map(|m| fact(1, *m, 50_000, 0)).collect();
        let total: i64 = rate(&rules(), &facts, now()).weights.iter().map(Weight::total).sum();
        prop_assert!(total < 2 * 1500);
    }
}
