//! One step of an order: what can be done, and what a step changes. Nothing else in the product changes an order.

use std::collections::BTreeMap;

use kernel::{Money, Refusal, Timestamp};

use crate::clocks::{clock_for, clocks};
use crate::purse::{Purse, one_sided};
use crate::{
    EngineRefusal, Facts, Level, MoneyRule, Move, Need, OrderState, PartChange, PartState, Plan, Process, Role,
    Started, Terms, Transition, Turn,
};

/// The most parts one order may have.
pub const MAX_PARTS: usize = 200;
/// The highest price of a part in minor units: sums over all parts still fit easily.
pub const MAX_PRICE: i64 = 1_000_000_000_000_000;

/// Whether the terms fit the process: part count, prices, bounds, fees. [`start`] asks the same.
pub fn check_terms(process: &Process, terms: &Terms) -> Result<(), Refusal> {
    let mut refusals: Vec<Refusal> = Vec::new();
    if terms.parts.is_empty() || terms.parts.len() > MAX_PARTS {
        let max = i64::try_from(MAX_PARTS).unwrap_or(i64::MAX);
        refusals.push(EngineRefusal::PartCount { max }.into());
    }
    for (part, own) in (1_i64..).zip(&terms.parts) {
        if own.amount_minor <= 0 || own.amount_minor > MAX_PRICE {
            refusals.push(EngineRefusal::BadPrice { part }.into());
        }
        refusals.extend(bad_values(process, &own.values, true));
    }
    refusals.extend(bad_values(process, &terms.values, false));
    if terms.fee.provider_bp > 10_000 || terms.fee.client_bp > 10_000 {
        refusals.push(EngineRefusal::BadFee.into());
    }
    Refusal::gather(refusals).map_or(Ok(()), Err)
}

fn bad_values(process: &Process, values: &BTreeMap<String, i64>, of_part: bool) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for (name, value) in values {
        match process.term(name).filter(|term| term.per_part || !of_part) {
            None => refusals.push(EngineRefusal::UnknownTerm { term: name.clone() }.into()),
            Some(term) if *value < term.min || *value > term.max => refusals.push(
                EngineRefusal::TermOutOfBounds {
                    term: term.name.clone(),
                    min: term.shown(term.min),
                    max: term.shown(term.max),
                }
                .into(),
            ),
            Some(_) => {}
        }
    }
    refusals
}

/// Begins an order: every part in its first state, the first turn given, the first clocks set.
pub fn start(process: &Process, terms: &Terms, now: Timestamp) -> Result<Started, Refusal> {
    check_terms(process, terms)?;
    let part = PartState {
        state: process.first_state().name.clone(),
        entered_at: now,
        turn_at: None,
        counters: BTreeMap::new(),
        pot_minor: 0,
        pot_fee_minor: 0,
        held_minor: 0,
        held_fee_minor: 0,
        to_client_minor: 0,
        to_provider_minor: 0,
        to_platform_minor: 0,
    };
    let mut state = OrderState {
        state: process.order_states[0].name.clone(),
        parts: vec![part; terms.parts.len()],
    };
    give_turns(process, &mut state, now);
    let clocks = clocks(process, terms, &state);
    Ok(Started { state, clocks })
}

/// One step: what it changes, or why not. `part` is none for a transition of the whole order. A person's step is
/// refused once the clock of its part is due: what was announced for the deadline then happens first.
#[expect(clippy::too_many_arguments, reason = "one step of an order is exactly these things")]
pub fn apply(
    process: &Process,
    terms: &Terms,
    order: &OrderState,
    part: Option<usize>,
    transition: &str,
    by: Role,
    facts: &Facts,
    now: Timestamp,
) -> Result<Plan, Refusal> {
    if terms.parts.len() != order.parts.len() {
        return Err(EngineRefusal::Mismatch.into());
    }
    let rule = process.transition(transition).ok_or(EngineRefusal::Unknown)?;
    let step = Step {
        process,
        terms,
        order,
        facts,
        by,
        now,
    };
    let mut draft = Draft {
        next: order.clone(),
        changes: Vec::new(),
        moves: Vec::new(),
    };
    match (rule.level, part) {
        (Level::Part, Some(part)) => {
            let state = order.parts.get(part).ok_or(EngineRefusal::Unknown)?;
            step.may(rule, part, state)?;
            step.fire(&mut draft, rule, part)?;
        }
        (Level::Order, None) => step.whole(&mut draft, rule)?,
        _ => return Err(EngineRefusal::Unknown.into()),
    }
    Ok(finish(process, terms, order, draft, now))
}

/// Everything one step looks at.
struct Step<'a> {
    process: &'a Process,
    terms: &'a Terms,
    order: &'a OrderState,
    facts: &'a Facts,
    by: Role,
    now: Timestamp,
}

/// What a step has changed so far.
struct Draft {
    next: OrderState,
    changes: Vec<PartChange>,
    moves: Vec<Move>,
}

impl Step<'_> {
    /// Whether the actor may fire a part transition now, facts aside.
    fn may(&self, rule: &Transition, part: usize, state: &PartState) -> Result<(), Refusal> {
        if !rule.from.contains(&state.state) {
            return Err(EngineRefusal::WrongState.into());
        }
        let clock = clock_for(self.process, self.terms, self.order, part);
        if self.by == Role::Clock {
            let clock = clock
                .filter(|c| c.transition == rule.name)
                .ok_or(EngineRefusal::NotYours)?;
            if clock.due_at > self.now {
                return Err(EngineRefusal::TooEarly { due: clock.due_at }.into());
            }
        } else if !rule.by.contains(&self.by) {
            return Err(EngineRefusal::NotYours.into());
        } else {
            self.in_time(part)?;
        }
        if rule.in_turn && state.turn_at.is_none() {
            return Err(EngineRefusal::NotYourTurn.into());
        }
        match left(self.process, self.terms, part, state, rule) {
            Some(0) => Err(EngineRefusal::UsedUp {
                limit: limit_of(self.process, self.terms, part, rule).into(),
            }
            .into()),
            _ => Ok(()),
        }
    }

    fn in_time(&self, part: usize) -> Result<(), Refusal> {
        match clock_for(self.process, self.terms, self.order, part) {
            Some(clock) if clock.due_at <= self.now => Err(EngineRefusal::TooLate { due: clock.due_at }.into()),
            _ => Ok(()),
        }
    }

    /// Fires a part transition: facts, money, state.
    fn fire(&self, draft: &mut Draft, rule: &Transition, part: usize) -> Result<(), Refusal> {
        self.facts_for(rule)?;
        let terms = &self.terms.parts[part];
        let state = &mut draft.next.parts[part];
        let mut purse = Purse::from(&*state);
        for money in &rule.money {
            let shares = match money {
                MoneyRule::SplitAgreed => self.shares_for(part, purse.pot)?,
                _ => one_sided(purse.pot, true),
            };
            let mut moved = purse.run(*money, terms.amount_minor, self.terms.fee, shares);
            moved.part = part;
            if moved.client_minor != 0 || moved.provider_minor != 0 || moved.platform_minor != 0 {
                draft.moves.push(moved);
            }
        }
        purse.store(state);
        if let Some(term) = &rule.limit {
            *state.counters.entry(term.clone()).or_insert(0) += 1;
        }
        draft.changes.push(PartChange {
            part,
            from: std::mem::replace(&mut state.state, rule.to.clone()),
            to: rule.to.clone(),
            transition: rule.name.clone(),
        });
        state.entered_at = self.now;
        Ok(())
    }

    fn facts_for(&self, rule: &Transition) -> Result<(), Refusal> {
        if rule.needs.contains(&Need::Delivery) && !self.facts.delivery {
            return Err(EngineRefusal::NeedsDelivery.into());
        }
        if rule.needs.contains(&Need::Reason) && !self.facts.reason {
            return Err(EngineRefusal::NeedsReason.into());
        }
        Ok(())
    }

    fn shares_for(&self, part: usize, pot: i64) -> Result<crate::Shares, Refusal> {
        let shares = *self.facts.shares.get(&part).ok_or(EngineRefusal::NeedsShares)?;
        let (client, provider) = (shares.to_client_minor, shares.to_provider_minor);
        if client < 0 || provider < 0 || client.checked_add(provider) != Some(pot) {
            let pot = Money::new(pot, self.terms.currency);
            return Err(EngineRefusal::SharesDoNotAddUp { pot }.into());
        }
        Ok(shares)
    }

    /// A transition of the whole order, with what it causes in the parts.
    fn whole(&self, draft: &mut Draft, rule: &Transition) -> Result<(), Refusal> {
        if !rule.from.contains(&self.order.state) {
            return Err(EngineRefusal::WrongState.into());
        }
        if !rule.by.contains(&self.by) {
            return Err(EngineRefusal::NotYours.into());
        }
        self.facts_for(rule)?;
        for (part, state) in self.order.parts.iter().enumerate() {
            if let Some(caused) = caused(self.process, rule, &state.state) {
                self.in_time(part)?;
                self.fire(draft, caused, part)?;
            }
        }
        draft.next.state.clone_from(&rule.to);
        Ok(())
    }
}

/// The part transition that an order transition causes in a part in `state`.
pub(crate) fn caused<'a>(process: &'a Process, rule: &Transition, state: &str) -> Option<&'a Transition> {
    let cause = rule.causes.iter().find(|c| c.from.iter().any(|s| s == state))?;
    process.transition(&cause.transition)
}

pub(crate) fn limit_of(process: &Process, terms: &Terms, part: usize, rule: &Transition) -> u32 {
    rule.limit.as_ref().map_or(u32::MAX, |term| {
        u32::try_from(terms.value(process, part, term)).unwrap_or(0)
    })
}

/// How often a transition may still be used; none when it has no limit.
pub(crate) fn left(process: &Process, terms: &Terms, part: usize, state: &PartState, rule: &Transition) -> Option<u32> {
    let term = rule.limit.as_ref()?;
    let used = state.counters.get(term).copied().unwrap_or(0);
    Some(limit_of(process, terms, part, rule).saturating_sub(used))
}

/// Gives their turn to the parts whose earlier parts have all ended.
fn give_turns(process: &Process, order: &mut OrderState, now: Timestamp) {
    let mut open = true;
    for part in &mut order.parts {
        if open && part.turn_at.is_none() {
            part.turn_at = Some(now);
        }
        open = open && (process.turn == Turn::Together || process.is_ending(&part.state));
    }
}

fn finish(process: &Process, terms: &Terms, order: &OrderState, draft: Draft, now: Timestamp) -> Plan {
    let mut next = draft.next;
    give_turns(process, &mut next, now);
    let open = process.order_state(&next.state).is_some_and(|s| !s.ending);
    if open && next.parts.iter().all(|part| process.is_ending(&part.state)) {
        let ending = process
            .order_endings
            .iter()
            .find(|e| next.parts.iter().all(|part| e.when_all.contains(&part.state)));
        if let Some(ending) = ending {
            next.state.clone_from(&ending.state);
        }
    }
    let (before, after) = (clocks(process, terms, order), clocks(process, terms, &next));
    Plan {
        clocks_set: after.iter().filter(|c| !before.contains(c)).cloned().collect(),
        clocks_cleared: before.into_iter().filter(|c| !after.contains(c)).collect(),
        order_from: order.state.clone(),
        order_to: next.state.clone(),
        completed: process.order_state(&next.state).is_some_and(|s| s.ending),
        next,
        changes: draft.changes,
        moves: draft.moves,
    }
}
