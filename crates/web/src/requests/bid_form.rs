//! The form of a bid: what was typed as a command, and a bid as what stands in the form.

use ::orders::bids::{Bid, BidDraft, STEPS_MAX, StepDraft};
use kernel::{Currency, Money, Refusal};

use crate::edge::form::{Form, FormState};

/// Rows of the plan that are always there for readers without scripts.
const ROWS: usize = 4;

/// The form without the rows of the plan that were left empty, so that rows and what is said of them stay together.
pub fn tidy(form: &Form) -> Form {
    let rows: Vec<[&str; 3]> = rows(form)
        .filter(|row| row.iter().any(|cell| !cell.trim().is_empty()))
        .collect();
    let others = form.fields().filter(|(name, _)| !name.starts_with("step_"));
    let mut pairs: Vec<(&str, &str)> = others.collect();
    pairs.extend(form.find("_once").map(|key| ("_once", key)));
    for [title, amount, days] in rows {
        pairs.extend([("step_title", title), ("step_amount", amount), ("step_days", days)]);
    }
    Form::from_pairs(&pairs)
}

fn rows(form: &Form) -> impl Iterator<Item = [&str; 3]> {
    let (titles, amounts, days) = (
        form.get_all("step_title"),
        form.get_all("step_amount"),
        form.get_all("step_days"),
    );
    titles
        .zip(amounts)
        .zip(days)
        .map(|((title, amount), days)| [title, amount, days])
        .take(STEPS_MAX + 1)
}

/// What was typed, and what of it is unreadable. Give it a tidy form.
pub fn draft(form: &Form, currency: Currency) -> (BidDraft, Vec<Refusal>) {
    let mut wrong = Vec::new();
    let price = form
        .find("price")
        .and_then(|_| form.money("price", currency).map_err(|r| wrong.push(r)).ok());
    let days = form
        .find("days")
        .and_then(|_| form.int("days").map_err(|r| wrong.push(r)).ok());
    let step = |[title, amount, days]: [&str; 3]| StepDraft {
        title: title.to_owned(),
        amount: Money::parse(amount, currency).ok(),
        days: Form::from_pairs(&[("days", days)]).int("days").ok(),
    };
    let steps = rows(form).map(step).collect();
    (
        BidDraft {
            price,
            days,
            letter: form.get("letter").to_owned(),
            steps,
        },
        wrong,
    )
}

/// A bid as what stands in its form.
pub fn filled(bid: &Bid) -> Form {
    let mut pairs = vec![
        ("price", bid.price.plain()),
        ("days", bid.days.to_string()),
        ("letter", bid.letter.clone()),
        ("bid", bid.id.short()),
        ("version", bid.version.to_string()),
    ];
    for step in &bid.steps {
        pairs.extend([
            ("step_title", step.title.clone()),
            ("step_amount", step.amount.plain()),
            ("step_days", step.days.to_string()),
        ]);
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (*n, v.as_str())).collect();
    Form::from_pairs(&pairs)
}

/// One row of the plan in the form.
pub struct RowInput {
    pub number: usize,
    pub title: String,
    pub amount: String,
    pub days: String,
    pub title_error: Option<String>,
    pub amount_error: Option<String>,
    pub days_error: Option<String>,
}

/// The rows of the plan: what was typed, and empty ones after it.
pub fn row_inputs(form: &FormState) -> Vec<RowInput> {
    let typed = form.values("step_title").len();
    let count = (typed + 1).clamp(ROWS, STEPS_MAX);
    let error = |row: usize, part: &str| form.error(&format!("step-{row}-{part}")).map(str::to_owned);
    let row = |at: usize| RowInput {
        number: at + 1,
        title: form.nth("step_title", &at).to_owned(),
        amount: form.nth("step_amount", &at).to_owned(),
        days: form.nth("step_days", &at).to_owned(),
        title_error: error(at, "title"),
        amount_error: error(at, "amount"),
        days_error: error(at, "days"),
    };
    (0..count).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_rows_are_left_out_and_the_rest_keeps_its_order() {
        let form = Form::from_pairs(&[
            ("price", "3000"),
            ("step_title", ""),
            ("step_amount", " "),
            ("step_days", ""),
            ("step_title", "定稿"),
            ("step_amount", "3,000"),
            ("step_days", "１０"),
        ]);
        let (draft, wrong) = draft(&tidy(&form), Currency::CNY);
        assert_eq!(wrong, []);
        let step = StepDraft {
            title: "定稿".into(),
            amount: Some(Money::new(300_000, Currency::CNY)),
            days: Some(10),
        };
        assert_eq!(
            (draft.price, draft.days, draft.steps),
            (Some(Money::new(300_000, Currency::CNY)), None, vec![step])
        );
    }

    #[test]
    fn unreadable_amounts_are_said_once() {
        let (draft, wrong) = draft(&Form::from_pairs(&[("price", "三千"), ("days", "x")]), Currency::CNY);
        assert_eq!((draft.price, draft.days), (None, None));
        assert_eq!(
            wrong.iter().map(|r| r.field).collect::<Vec<_>>(),
            [Some("price"), Some("days")]
        );
    }
}
