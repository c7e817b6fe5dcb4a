//! The clocks of a running order: which run, when they fire, which has run out. Time is always given, never read.

use kernel::Timestamp;

use crate::{Clock, ClockSet, OrderState, Process, Remind, Terms};

/// Every clock that runs now, by due time.
pub fn clocks(process: &Process, terms: &Terms, order: &OrderState) -> Vec<ClockSet> {
    let mut all: Vec<_> = (0..order.parts.len())
        .filter_map(|part| clock_for(process, terms, order, part))
        .collect();
    all.sort_by_key(|clock| (clock.due_at, clock.part));
    all
}

/// The first clock that has run out. Apply it with [`Role::Clock`](crate::Role::Clock), then ask again.
pub fn due(process: &Process, terms: &Terms, order: &OrderState, now: Timestamp) -> Option<ClockSet> {
    clocks(process, terms, order)
        .into_iter()
        .next()
        .filter(|clock| clock.due_at <= now)
}

pub(crate) fn clock_for(process: &Process, terms: &Terms, order: &OrderState, part: usize) -> Option<ClockSet> {
    let state = order.parts.get(part)?;
    let clock = process.clock_of(&state.state)?;
    let base = if clock.from_turn {
        state.turn_at?.max(state.entered_at)
    } else {
        state.entered_at
    };
    let length = terms.length(process, part, &clock.after);
    Some(ClockSet {
        part,
        state: state.state.clone(),
        transition: clock.fires.clone(),
        due_at: base + length,
        remind_at: reminders(clock, base, length),
    })
}

/// The moments of the reminders, those that would come before the clock began left out.
fn reminders(clock: &Clock, base: Timestamp, length: i64) -> Vec<Timestamp> {
    let mut at: Vec<_> = clock
        .remind
        .iter()
        .map(|remind| match remind {
            Remind::Half => base + length / 2,
            Remind::Before(micros) => base + length - *micros,
        })
        .filter(|at| *at > base)
        .collect();
    at.sort_unstable();
    at.dedup();
    at
}
