//! What a bid may say. Pure.

use kernel::{Currency, Money, Refusal, Refuse, TextFault, clean_line, clean_text};

use super::{BidDraft, BidRefusal, PlanStep, StepDraft};

/// The most milestones.
pub const STEPS_MAX: usize = 10;
/// The longest name of a milestone, in characters.
pub const STEP_TITLE_MAX: usize = 60;
/// The longest time, in days.
pub const DAYS_MAX: i64 = 365;
/// The shortest letter, in characters.
pub const LETTER_MIN: usize = 10;
/// The longest letter, in characters.
pub const LETTER_MAX: usize = 3_000;
/// Bids of one account in 24 hours.
pub const DAY_MAX: i64 = 30;

/// The form's fields of each row of the plan: name, amount, days.
const ROWS: [[&str; 3]; STEPS_MAX] = [
    ["step-0-title", "step-0-amount", "step-0-days"],
    ["step-1-title", "step-1-amount", "step-1-days"],
    ["step-2-title", "step-2-amount", "step-2-days"],
    ["step-3-title", "step-3-amount", "step-3-days"],
    ["step-4-title", "step-4-amount", "step-4-days"],
    ["step-5-title", "step-5-amount", "step-5-days"],
    ["step-6-title", "step-6-amount", "step-6-days"],
    ["step-7-title", "step-7-amount", "step-7-days"],
    ["step-8-title", "step-8-amount", "step-8-days"],
    ["step-9-title", "step-9-amount", "step-9-days"],
];

/// A bid that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sound {
    pub(super) price: Money,
    pub(super) days: i64,
    pub(super) letter: String,
    pub(super) steps: Vec<PlanStep>,
}

/// Everything that is wrong at once, or a bid that may be written.
pub(super) fn check(draft: &BidDraft, min: Money, max: Money) -> Result<Sound, Refusal> {
    let mut wrong = Vec::new();
    match draft.price {
        None => wrong.push(BidRefusal::PriceMissing.refusal()),
        Some(price) if !within(price, min, max) => wrong.push(BidRefusal::PriceOut { min, max }.refusal()),
        Some(_) => {}
    }
    if !draft.days.is_some_and(|days| (1..=DAYS_MAX).contains(&days)) {
        wrong.push(BidRefusal::DaysOut { max: DAYS_MAX }.refusal());
    }
    let letter =
        clean_text(&draft.letter, LETTER_MIN, LETTER_MAX).map_err(|fault| wrong.push(letter_refusal(fault).refusal()));
    if draft.steps.is_empty() || draft.steps.len() > STEPS_MAX {
        wrong.push(BidRefusal::PlanCount { max: as_i64(STEPS_MAX) }.refusal());
    }
    let steps = draft.steps.iter().take(STEPS_MAX).enumerate();
    let steps: Vec<PlanStep> = steps
        .filter_map(|(row, step)| check_step(row, step, min, max, &mut wrong))
        .collect();
    if steps.len() == draft.steps.len() && !steps.is_empty() {
        check_sums(&steps, draft, &mut wrong);
    }
    match (Refusal::gather(wrong), draft.price, draft.days, letter) {
        (None, Some(price), Some(days), Ok(letter)) => Ok(Sound {
            price,
            days,
            letter,
            steps,
        }),
        (Some(refusal), ..) => Err(refusal),
        _ => Err(BidRefusal::PriceMissing.refusal()),
    }
}

fn within(amount: Money, min: Money, max: Money) -> bool {
    amount.currency() == min.currency() && amount.minor() >= min.minor() && amount.minor() <= max.minor()
}

fn check_step(row: usize, step: &StepDraft, min: Money, max: Money, wrong: &mut Vec<Refusal>) -> Option<PlanStep> {
    let [title_field, amount_field, days_field] = ROWS[row];
    let number = as_i64(row) + 1;
    let title = clean_line(&step.title, 1, STEP_TITLE_MAX).ok();
    if title.is_none() {
        wrong.push(
            BidRefusal::StepTitle {
                row: number,
                max: as_i64(STEP_TITLE_MAX),
            }
            .refusal()
            .on(title_field),
        );
    }
    let amount = step.amount.filter(|amount| within(*amount, min, max));
    if amount.is_none() {
        wrong.push(BidRefusal::StepAmount { row: number, min }.refusal().on(amount_field));
    }
    let days = step.days.filter(|days| (1..=DAYS_MAX).contains(days));
    if days.is_none() {
        wrong.push(BidRefusal::StepDays { row: number }.refusal().on(days_field));
    }
    Some(PlanStep {
        title: title?,
        amount: amount?,
        days: days?,
    })
}

fn check_sums(steps: &[PlanStep], draft: &BidDraft, wrong: &mut Vec<Refusal>) {
    if let Some(price) = draft.price {
        let sum = Money::sum(price.currency(), steps.iter().map(|step| step.amount));
        match sum {
            Ok(plan) if plan != price => wrong.push(BidRefusal::PlanSum { plan, price }.refusal()),
            Ok(_) => {}
            Err(_) => wrong.push(
                BidRefusal::PlanSum {
                    plan: Money::zero(price.currency()),
                    price,
                }
                .refusal(),
            ),
        }
    }
    let plan: i64 = steps.iter().map(|step| step.days).sum();
    if let Some(days) = draft.days.filter(|days| plan > *days) {
        wrong.push(BidRefusal::PlanDays { plan, days }.refusal());
    }
}

fn letter_refusal(fault: TextFault) -> BidRefusal {
    match fault {
        TextFault::Empty | TextFault::TooShort => BidRefusal::LetterShort {
            min: as_i64(LETTER_MIN),
        },
        TextFault::TooLong => BidRefusal::LetterLong {
            max: as_i64(LETTER_MAX),
        },
        TextFault::Forbidden => BidRefusal::LetterForbidden,
    }
}

/// The commission on a plan: of each milestone, rounded down, because each is released by itself.
pub(super) fn fee(steps: &[PlanStep], currency: Currency, basis_points: u32) -> Money {
    let fees = steps.iter().filter_map(|step| step.amount.share(basis_points).ok());
    Money::sum(currency, fees).unwrap_or(Money::zero(currency))
}

fn as_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(n: i64) -> Money {
        Money::new(n * 100, Currency::CNY)
    }

    fn step(title: &str, amount: i64, days: i64) -> StepDraft {
        StepDraft {
            title: title.into(),
            amount: Some(yuan(amount)),
            days: Some(days),
        }
    }

    fn whole() -> BidDraft {
        BidDraft {
            price: Some(yuan(3_000)),
            days: Some(20),
            letter: "我做过十二家面包店的标志，先给三个方向。".into(),
            steps: vec![step("三个方向", 1_000, 7), step("定稿与源文件", 2_000, 13)],
        }
    }

    fn codes(draft: &BidDraft) -> Vec<(&'static str, Option<&'static str>)> {
        let answer = check(draft, yuan(1), yuan(1_000_000));
        answer
            .err()
            .map_or_else(Vec::new, |refusal| refusal.all().map(|r| (r.code, r.field)).collect())
    }

    #[test]
    fn each_slip_has_its_own_refusal() {
        type Case = (&'static str, &'static str, fn(&mut BidDraft));
        let cases: [Case; 20] = [
            ("bid-price-missing", "price", |b| b.price = None),
            ("bid-price-out", "price", |b| {
                b.price = Some(yuan(-3_000));
                b.steps[0].amount = None;
            }),
            ("bid-price-out", "price", |b| {
                b.price = Some(Money::new(i64::MAX, Currency::CNY));
                b.steps[0].amount = None;
            }),
            ("bid-days-out", "days", |b| b.days = None),
            ("bid-days-out", "days", |b| {
                b.days = Some(366);
            }),
            ("bid-letter-short", "letter", |b| b.letter = "您好".into()),
            ("bid-letter-long", "letter", |b| b.letter = "长".repeat(3_001)),
            ("bid-letter-forbidden", "letter", |b| b.letter.push('\u{202e}')),
            ("bid-plan-count", "plan", |b| b.steps.clear()),
            ("bid-plan-count", "plan", |b| b.steps = vec![step("一步", 300, 1); 11]),
            ("bid-plan-sum", "plan", |b| b.steps[0].amount = Some(yuan(999))),
            ("bid-plan-sum", "plan", |b| {
                b.steps[1].amount = Some(Money::new(200_001, Currency::CNY))
            }),
            ("bid-plan-days", "plan", |b| b.days = Some(19)),
            ("bid-step-title", "step-0-title", |b| b.steps[0].title = " ".into()),
            ("bid-step-title", "step-1-title", |b| b.steps[1].title = "长".repeat(61)),
            ("bid-step-amount", "step-0-amount", |b| b.steps[0].amount = None),
            ("bid-step-amount", "step-1-amount", |b| {
                b.steps[1].amount = Some(yuan(-5))
            }),
            ("bid-step-amount", "step-1-amount", |b| {
                b.steps[1].amount = Some(Money::new(200_000, Currency::USD))
            }),
            ("bid-step-days", "step-1-days", |b| b.steps[1].days = Some(0)),
            ("bid-step-days", "step-0-days", |b| b.steps[0].days = None),
        ];
        for (code, field, spoil) in cases {
            let mut draft = whole();
            spoil(&mut draft);
            assert!(
                codes(&draft).contains(&(code, Some(field))),
                "{code}: {:?}",
                codes(&draft)
            );
        }
        assert_eq!(codes(&whole()), []);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let found = codes(&BidDraft {
            steps: vec![StepDraft::default()],
            ..BidDraft::default()
        });
        assert_eq!(found.len(), 6, "{found:?}");
    }

    #[test]
    fn the_fee_is_taken_of_each_milestone_and_rounded_down() {
        let steps = [("甲", 999), ("乙", 1_009)].map(|(title, minor)| PlanStep {
            title: title.into(),
            amount: Money::new(minor, Currency::CNY),
            days: 1,
        });
        assert_eq!(fee(&steps, Currency::CNY, 1_000).minor(), 99 + 100);
        assert_eq!(fee(&steps, Currency::CNY, 0).minor(), 0);
    }
}
