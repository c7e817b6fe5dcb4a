//! From a bid and the market's settings to frozen terms. Pure.

use std::collections::BTreeMap;

use engine::{FeeSnapshot, PartTerms, Process, Term, TermKind, Terms};
use kernel::DAY;
use site::Settings;

use crate::bids::{AwardableBid, PlanStep};
use crate::contracts::PlanPart;
use crate::processes::mark;

/// The market's value for a named term; none where the process's own default holds.
fn from_settings(settings: &Settings, term: &Term) -> Option<i64> {
    let value = match term.name.as_str() {
        "acceptance_days" => settings.acceptance_days,
        "nondelivery_days" => settings.nondelivery_days,
        "funding_days" => settings.funding_days,
        "dispute_days" => settings.dispute_days,
        "revisions" => settings.revisions,
        _ => return None,
    };
    let unit = if term.kind == TermKind::Duration { DAY } else { 1 };
    Some(value.saturating_mul(unit).clamp(term.min, term.max))
}

fn part_terms(process: &Process, step: &PlanStep) -> PartTerms {
    let mut values = BTreeMap::new();
    if let Some(term) = process.term("work_days") {
        values.insert(
            term.name.clone(),
            step.days.saturating_mul(DAY).clamp(term.min, term.max),
        );
    }
    PartTerms {
        amount_minor: step.amount.minor(),
        values,
    }
}

/// The terms a bid becomes: its plan, the market's deadlines, the fees as they were shown.
pub(super) fn terms(process: &Process, settings: &Settings, bid: &AwardableBid) -> Terms {
    let named = process.terms().iter().filter(|term| term.name != "work_days");
    Terms {
        currency: bid.currency,
        parts: steps(bid).iter().map(|step| part_terms(process, step)).collect(),
        values: named
            .filter_map(|term| Some((term.name.clone(), from_settings(settings, term)?)))
            .collect(),
        fee: FeeSnapshot {
            provider_bp: bid.provider_fee_bp,
            client_bp: settings.client_fee_bp,
        },
    }
}

/// The bid's milestones; the whole as one where it names none.
fn steps(bid: &AwardableBid) -> Vec<PlanStep> {
    if bid.milestones.is_empty() {
        vec![PlanStep {
            title: bid.title.clone(),
            amount: bid.price,
            days: bid.days,
        }]
    } else {
        bid.milestones.clone()
    }
}

/// The milestones as both sides read them.
pub(super) fn plan(bid: &AwardableBid) -> Vec<PlanPart> {
    let part = |step: PlanStep| PlanPart {
        title: step.title,
        days: step.days,
        amount_minor: step.amount.minor(),
    };
    steps(bid).into_iter().map(part).collect()
}

/// The mark of everything that decides what both sides will get: another price, day, fee or process is another mark.
pub(super) fn fingerprint(process: &Process, terms: &Terms, plan: &[PlanPart]) -> String {
    let terms = serde_json::to_string(&(terms, plan)).unwrap_or_default();
    mark(&format!("{}/{}/{terms}", process.name(), process.version()))
}
