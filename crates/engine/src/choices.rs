//! What an actor can do now, and what each choice would move. The other half of `run`: what is offered here is
//! accepted there, and nothing else is.

use crate::clocks::clock_for;
use crate::purse::{Purse, ends};
use crate::run::{caused, left};
use crate::{Choice, MoneyRule, MoveRange, Need, OrderState, PartState, Process, Range, Role, Terms, Transition};

/// What this actor can do now, as long as no clock is due. Client and provider also get what needs both of them
/// ([`Choice::by`] is [`Role::Both`]); the client also gets the payments to begin ([`Role::Gateway`]).
pub fn next(process: &Process, terms: &Terms, order: &OrderState, actor: Role) -> Vec<Choice> {
    if terms.parts.len() != order.parts.len() {
        return Vec::new();
    }
    let view = View { process, terms, order };
    let mut choices: Vec<_> = (0..order.parts.len())
        .flat_map(|part| view.of_part(part, actor))
        .collect();
    choices.extend(view.of_order(actor));
    choices
}

/// An order seen by one who chooses.
struct View<'a> {
    process: &'a Process,
    terms: &'a Terms,
    order: &'a OrderState,
}

impl View<'_> {
    fn of_part(&self, part: usize, actor: Role) -> Vec<Choice> {
        let state = &self.order.parts[part];
        let clock = clock_for(self.process, self.terms, self.order, part);
        let offered = |rule: &Transition| {
            if actor == Role::Clock {
                clock
                    .as_ref()
                    .filter(|c| c.transition == rule.name)
                    .map(|_| Role::Clock)
            } else {
                role_to_fire(rule, actor)
            }
        };
        let here = |rule: &&Transition| rule.from.contains(&state.state) && (!rule.in_turn || state.turn_at.is_some());
        self.process
            .transitions()
            .iter()
            .filter(here)
            .filter_map(|rule| {
                let by = offered(rule)?;
                let left = left(self.process, self.terms, part, state, rule);
                (left != Some(0)).then(|| Choice {
                    transition: rule.name.clone(),
                    part: Some(part),
                    by,
                    needs: rule.needs.clone(),
                    moves: self.moves(part, state, rule),
                    left,
                })
            })
            .collect()
    }

    fn of_order(&self, actor: Role) -> Vec<Choice> {
        let here = |rule: &&Transition| rule.from.contains(&self.order.state);
        let rules = self.process.order_transitions().iter().filter(here);
        rules
            .filter_map(|rule| {
                let by = role_to_fire(rule, actor)?;
                let mut needs = rule.needs.clone();
                let mut moves = Vec::new();
                for (part, state) in self.order.parts.iter().enumerate() {
                    if let Some(caused) = caused(self.process, rule, &state.state) {
                        needs.extend(&caused.needs);
                        moves.extend(self.moves(part, state, caused));
                    }
                }
                needs.sort_unstable();
                needs.dedup();
                Some(Choice {
                    transition: rule.name.clone(),
                    part: None,
                    by,
                    needs,
                    moves,
                    left: None,
                })
            })
            .collect()
    }

    /// What each money rule of a transition can move in one part.
    fn moves(&self, part: usize, state: &PartState, rule: &Transition) -> Vec<MoveRange> {
        let price = self.terms.parts[part].amount_minor;
        let mut purse = Purse::from(state);
        let mut moves = Vec::new();
        for money in &rule.money {
            let pot = purse.pot;
            let [(after, low), (_, high)] = ends(purse, &[*money], price, self.terms.fee);
            purse = after;
            moves.extend(low.iter().zip(&high).map(|(a, b)| MoveRange {
                part,
                kind: a.kind,
                client: range(a.client_minor, b.client_minor),
                provider: range(a.provider_minor, b.provider_minor),
                platform: range(a.platform_minor, b.platform_minor),
                shares_of: (*money == MoneyRule::SplitAgreed).then_some(pot),
            }));
        }
        moves
    }
}

fn range(one: i64, other: i64) -> Range {
    Range::exact(one).cover(Range::exact(other))
}

/// The role with which `actor` can bring a transition about; none if they cannot.
fn role_to_fire(rule: &Transition, actor: Role) -> Option<Role> {
    let side = matches!(actor, Role::Client | Role::Provider);
    if rule.by.contains(&actor) {
        Some(actor)
    } else if side && rule.by.contains(&Role::Both) {
        Some(Role::Both)
    } else if actor == Role::Client && rule.by.contains(&Role::Gateway) && !rule.needs.contains(&Need::Shares) {
        Some(Role::Gateway)
    } else {
        None
    }
}
