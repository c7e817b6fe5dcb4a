//! Every ending that is still possible, before anyone pays and at any time after: amounts, stories, dates, and what
//! silence leads to. Drawn from the same rules that later run the order, so it cannot promise something else.

use std::collections::BTreeMap;

use kernel::Timestamp;

use crate::clocks::{clock_for, clocks};
use crate::explore::{Node, Seen, explore};
use crate::purse::Purse;
use crate::run::apply;
use crate::{
    Amounts, Facts, OrderState, OutcomeTable, PartOutcomes, PartState, Process, Range, Role, Row, SilentStep, Step,
    Terms, Tone, Words,
};

/// Every ending still possible from where the order stands. A state that does not belong to the terms gives a table
/// without parts.
pub fn outcomes(process: &Process, terms: &Terms, order: &OrderState, now: Timestamp) -> OutcomeTable {
    let silence = silence(process, terms, order, now);
    let mut parts = Vec::new();
    let mut earlier_end = Some(now);
    for (part, _) in order.parts.iter().enumerate().take(terms.parts.len()) {
        let turn = match order.parts[part].turn_at {
            Some(at) => Some(at),
            None => earlier_end,
        };
        let drawn = draw(process, terms, order, part, turn, now, &silence);
        earlier_end = later(earlier_end, drawn.latest);
        parts.push(drawn);
    }
    let total = parts.iter().fold(Amounts::default(), |sum, part| {
        let one = part.rows.iter().map(|row| row.amounts).reduce(Amounts::cover);
        sum.plus(one.unwrap_or_default())
    });
    let silent_total = silence
        .end
        .parts
        .iter()
        .fold(Amounts::default(), |sum, part| sum.plus(settled(part)));
    OutcomeTable {
        currency: terms.currency,
        total,
        silent_total,
        silent_end: silence.steps.last().map(|step| step.at),
        silent_state: label(process.order_state(&silence.end.state).map(|s| &s.label)),
        silent: silence.steps,
        latest: earlier_end,
        parts,
    }
}

/// The order run forward with nobody acting.
struct Silence {
    steps: Vec<SilentStep>,
    end: OrderState,
}

fn silence(process: &Process, terms: &Terms, order: &OrderState, now: Timestamp) -> Silence {
    let mut at = now;
    let mut end = order.clone();
    let mut steps = Vec::new();
    // The checker has shown that silence ends; the bound only keeps a foreign state from running on.
    for _ in 0..order.parts.len().saturating_mul(process.states().len()) {
        let Some(clock) = clocks(process, terms, &end).into_iter().next() else {
            break;
        };
        at = at.max(clock.due_at);
        let fired = apply(
            process,
            terms,
            &end,
            Some(clock.part),
            &clock.transition,
            Role::Clock,
            &Facts::none(),
            at,
        );
        let Ok(plan) = fired else { break };
        end = plan.next;
        steps.push(SilentStep {
            part: clock.part,
            at,
            says: label(process.clock_of(&clock.state).map(|c| &c.says)),
            state: label(process.state(&end.parts[clock.part].state).map(|s| &s.label)),
            transition: clock.transition,
        });
    }
    Silence { steps, end }
}

fn draw(
    process: &Process,
    terms: &Terms,
    order: &OrderState,
    part: usize,
    turn: Option<Timestamp>,
    now: Timestamp,
    silence: &Silence,
) -> PartOutcomes {
    let state = &order.parts[part];
    let seen = explore(process, terms, part, state);
    let start = clock_for(process, terms, order, part).map(|c| c.due_at.max(now));
    let latest = Latest {
        process,
        terms,
        part,
        turn,
    }
    .of(
        &seen,
        start,
        if process.is_ending(&state.state) {
            state.entered_at
        } else {
            now
        },
    );
    let end = &silence.end.parts[part];
    let silent_key = (end.state.clone(), settled(end));
    let mut rows: BTreeMap<(String, Amounts), Row> = BTreeMap::new();
    for (at, one) in seen
        .iter()
        .enumerate()
        .filter(|(_, s)| process.is_ending(&s.node.state))
    {
        let key = (one.node.state.clone(), amounts(&one.node));
        let silent = key == silent_key;
        rows.entry(key)
            .and_modify(|row| row.latest = later(row.latest, latest[at]))
            .or_insert_with(|| row(process, &seen, at, silent, latest[at]));
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    for row in rows.iter_mut().filter(|row| row.silent) {
        row.story = silent_story(process, silence, part);
    }
    rows.sort_by_key(|row| (!row.silent, -row.amounts.provider.max, -row.amounts.client_back.max));
    PartOutcomes {
        part,
        price_minor: terms.parts[part].amount_minor,
        state: label(process.state(&state.state).map(|s| &s.label)),
        silent_row: rows.iter().position(|row| row.silent).unwrap_or(0),
        silent_end: silence.steps.iter().rev().find(|s| s.part == part).map(|s| s.at),
        latest: rows.iter().map(|row| row.latest).reduce(later).flatten(),
        rows,
    }
}

fn row(process: &Process, seen: &[Seen], at: usize, silent: bool, latest: Option<Timestamp>) -> Row {
    let node = &seen[at].node;
    let state = process.state(&node.state);
    Row {
        ending: node.state.clone(),
        label: label(state.map(|s| &s.label)),
        tone: state.map_or(Tone::Waiting, |s| s.tone),
        amounts: amounts(node),
        agreed: node.low != node.high,
        silent,
        story: story(seen, at),
        latest,
    }
}

fn story(seen: &[Seen], mut at: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    while let Some((before, step)) = &seen[at].came {
        steps.push(step.clone());
        at = *before;
    }
    steps.reverse();
    steps
}

/// What silence does to one part, as a story.
fn silent_story(process: &Process, silence: &Silence, part: usize) -> Vec<Step> {
    let steps = silence.steps.iter().filter(|step| step.part == part);
    steps
        .map(|step| Step {
            transition: step.transition.clone(),
            verb: label(process.transition(&step.transition).map(|t| &t.label)),
            who: Role::Clock,
            state: step.state.clone(),
        })
        .collect()
}

fn amounts(node: &Node) -> Amounts {
    let one = |purse: &Purse| Amounts {
        paid_in: Range::exact(purse.paid_in()),
        client_back: Range::exact(purse.to_client),
        provider: Range::exact(purse.to_provider),
        platform: Range::exact(purse.to_platform),
    };
    one(&node.low).cover(one(&node.high))
}

/// What a part that has ended came to.
fn settled(part: &PartState) -> Amounts {
    Amounts {
        paid_in: Range::exact(part.held_minor + part.held_fee_minor),
        client_back: Range::exact(part.to_client_minor),
        provider: Range::exact(part.to_provider_minor),
        platform: Range::exact(part.to_platform_minor),
    }
}

impl Amounts {
    fn plus(self, other: Self) -> Self {
        Self {
            paid_in: self.paid_in.plus(other.paid_in),
            client_back: self.client_back.plus(other.client_back),
            provider: self.provider.plus(other.provider),
            platform: self.platform.plus(other.platform),
        }
    }

    fn cover(self, other: Self) -> Self {
        Self {
            paid_in: self.paid_in.cover(other.paid_in),
            client_back: self.client_back.cover(other.client_back),
            provider: self.provider.cover(other.provider),
            platform: self.platform.cover(other.platform),
        }
    }
}

fn label(words: Option<&Words>) -> Words {
    words.cloned().unwrap_or_default()
}

/// The later of two moments; no bound swallows every bound.
fn later(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    Some(one?.max(other?))
}

/// When each situation can at the latest be entered: everybody waits as long as the clocks let them.
struct Latest<'a> {
    process: &'a Process,
    terms: &'a Terms,
    part: usize,
    turn: Option<Timestamp>,
}

impl Latest<'_> {
    /// One moment for each situation; none for those behind a loop without bound.
    fn of(&self, seen: &[Seen], start: Option<Timestamp>, now: Timestamp) -> Vec<Option<Timestamp>> {
        let mut waits = vec![0_usize; seen.len()];
        for next in seen.iter().flat_map(|s| &s.after) {
            waits[*next] += 1;
        }
        let mut enter: Vec<Option<Timestamp>> = vec![None; seen.len()];
        let mut unbounded = vec![false; seen.len()];
        if waits[0] > 0 {
            return enter;
        }
        enter[0] = Some(now);
        let mut ready = vec![0];
        while let Some(at) = ready.pop() {
            let leave = match (at, start) {
                (0, Some(due)) => Some(due),
                _ => self.leave(&seen[at].node, enter[at]),
            };
            for next in &seen[at].after {
                unbounded[*next] |= leave.is_none();
                enter[*next] = if unbounded[*next] {
                    None
                } else {
                    enter[*next].max(leave)
                };
                waits[*next] -= 1;
                if waits[*next] == 0 {
                    ready.push(*next);
                }
            }
        }
        // What is never ready stands in a circle or behind one.
        for (moment, _) in enter.iter_mut().zip(&waits).filter(|(_, left)| **left > 0) {
            *moment = None;
        }
        enter
    }

    fn leave(&self, node: &Node, enter: Option<Timestamp>) -> Option<Timestamp> {
        let clock = self.process.clock_of(&node.state)?;
        let base = if clock.from_turn {
            later(enter, self.turn)?
        } else {
            enter?
        };
        Some(base + self.terms.length(self.process, self.part, &clock.after))
    }
}
