//! What the engine promises, held against random processes and random walks on them: the outcome table drawn before
//! an order began names the row it ends on, silence comes true to the microsecond, and what is offered is exactly
//! what is accepted.

mod common;

use std::collections::BTreeSet;

use common::{Tape, process_text, terms};
use engine::{
    Choice, Facts, MoveKind, Need, OrderState, OutcomeTable, Plan, Process, Role, Shares, Terms, apply, clocks, due,
    load, next, outcomes, start,
};
use kernel::Timestamp;
use proptest::prelude::*;

const BEGAN: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);

fn tapes() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 120..260)
}

/// A running order with everything needed to go on.
struct Walk {
    process: Process,
    terms: Terms,
    state: OrderState,
    now: Timestamp,
}

impl Walk {
    /// On a random process if the checker accepts it, otherwise on the tender.
    fn begin(tape: &mut Tape) -> (Self, bool) {
        let made = load(&process_text(tape));
        let accepted = made.is_ok();
        let process = made.unwrap_or_else(|_| {
            load(include_str!("../../../packs/general/processes/tender.toml")).expect("the tender is sound")
        });
        let terms = terms(tape, &process);
        let started = start(&process, &terms, BEGAN).expect("terms inside the bounds");
        assert_eq!(started.clocks, clocks(&process, &terms, &started.state));
        let walk = Self {
            process,
            terms,
            state: started.state,
            now: BEGAN,
        };
        (walk, accepted)
    }

    fn table(&self) -> OutcomeTable {
        outcomes(&self.process, &self.terms, &self.state, self.now)
    }

    fn ended(&self) -> bool {
        self.process
            .order_state(&self.state.state)
            .expect("a known state")
            .ending
    }

    fn offered(&self) -> Vec<Choice> {
        let mut all: Vec<Choice> = Vec::new();
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Clock) {
            for choice in next(&self.process, &self.terms, &self.state, role) {
                if !all.contains(&choice) {
                    all.push(choice);
                }
            }
        }
        all
    }

    fn fire(&self, part: Option<usize>, transition: &str, by: Role, facts: &Facts) -> Result<Plan, kernel::Refusal> {
        apply(
            &self.process,
            &self.terms,
            &self.state,
            part,
            transition,
            by,
            facts,
            self.now,
        )
    }

    /// Takes over a plan after holding it against the money.
    fn take(&mut self, plan: Plan) {
        for part in 0..self.state.parts.len() {
            let (before, after) = (&self.state.parts[part], &plan.next.parts[part]);
            let mut pot = before.pot_minor + before.pot_fee_minor;
            for one in plan.moves.iter().filter(|one| one.part == part) {
                assert!(one.client_minor >= 0 && one.provider_minor >= 0 && one.platform_minor >= 0);
                let sum = one.client_minor + one.provider_minor + one.platform_minor;
                pot += if one.kind == MoveKind::Hold { sum } else { -sum };
            }
            assert_eq!(pot, after.pot_minor + after.pot_fee_minor);
            assert!(after.held_minor <= self.terms.parts[part].amount_minor);
            let out = after.to_client_minor + after.to_provider_minor + after.to_platform_minor;
            assert_eq!(
                after.held_minor + after.held_fee_minor,
                out + pot,
                "nothing is lost or made"
            );
        }
        let mut running = clocks(&self.process, &self.terms, &self.state);
        running.retain(|clock| !plan.clocks_cleared.contains(clock));
        running.extend(plan.clocks_set);
        running.sort_by_key(|clock| (clock.due_at, clock.part));
        assert_eq!(running, clocks(&self.process, &self.terms, &plan.next));
        self.state = plan.next;
        assert_eq!(plan.completed, self.ended());
    }

    /// The next clock, exactly when it is due.
    fn silence(&mut self) {
        let clock = clocks(&self.process, &self.terms, &self.state).remove(0);
        let early = clock.due_at - 1;
        assert_eq!(due(&self.process, &self.terms, &self.state, early), None);
        let refused = apply(
            &self.process,
            &self.terms,
            &self.state,
            Some(clock.part),
            &clock.transition,
            Role::Clock,
            &Facts::none(),
            early,
        );
        assert_eq!(refused.expect_err("too early").code, "engine-too-early");
        self.now = clock.due_at;
        assert_eq!(
            due(&self.process, &self.terms, &self.state, self.now),
            Some(clock.clone())
        );
        for choice in next(&self.process, &self.terms, &self.state, Role::Provider) {
            if choice.part == Some(clock.part) {
                let late = self.fire(choice.part, &choice.transition, choice.by, &facts(&choice, 0));
                assert_eq!(late.expect_err("the clock goes first").code, "engine-too-late");
            }
        }
        let plan = self.fire(Some(clock.part), &clock.transition, Role::Clock, &Facts::none());
        let plan = plan.expect("a due clock fires");
        self.take(plan);
    }

    /// A random step of somebody; false if nobody can do anything.
    fn step(&mut self, tape: &mut Tape) -> bool {
        let offered = self.offered();
        if offered.is_empty() {
            return false;
        }
        // Some time passes, but no clock runs out.
        let first = clocks(&self.process, &self.terms, &self.state)
            .first()
            .map(|c| c.due_at);
        if let Some(first) = first {
            let share = i64::try_from(tape.pick(10)).expect("small");
            self.now = self.now + first.since(self.now) * share / 10;
        }
        let choice = offered[tape.pick(offered.len())].clone();
        if !choice.needs.is_empty() {
            let bare = self.fire(choice.part, &choice.transition, choice.by, &Facts::none());
            assert!(bare.is_err(), "{} needs {:?}", choice.transition, choice.needs);
        }
        let facts = facts(&choice, tape.pick(101));
        let plan = self
            .fire(choice.part, &choice.transition, choice.by, &facts)
            .unwrap_or_else(|refusal| panic!("{choice:?} was offered and refused: {refusal:?}"));
        for one in &plan.moves {
            let range = choice.moves.iter().any(|range| {
                range.part == one.part
                    && range.kind == one.kind
                    && range.client.contains(one.client_minor)
                    && range.provider.contains(one.provider_minor)
                    && range.platform.contains(one.platform_minor)
            });
            assert!(range, "{one:?} was not announced in {choice:?}");
        }
        self.take(plan);
        true
    }

    /// Nothing that is not offered is accepted, whoever tries.
    fn nothing_else_is_accepted(&self) {
        let offered: BTreeSet<_> = self
            .offered()
            .into_iter()
            .map(|c| (c.transition, c.part, c.by))
            .collect();
        let facts = Facts::none().with_delivery().with_reason();
        let facts = (0..self.state.parts.len()).fold(facts, |facts, part| {
            let pot = self.state.parts[part].pot_minor;
            facts.with_shares(part, shares(pot, 50))
        });
        let rules = self
            .process
            .transitions()
            .iter()
            .chain(self.process.order_transitions());
        for rule in rules {
            let parts = (0..self.state.parts.len()).map(Some).chain([None, Some(99)]);
            for part in parts {
                for role in Role::ALL.into_iter().filter(|role| *role != Role::Clock) {
                    let expected = offered.contains(&(rule.name.clone(), part, role));
                    let done = self.fire(part, &rule.name, role, &facts);
                    assert_eq!(done.is_ok(), expected, "{} of {part:?} by {role}: {done:?}", rule.name);
                }
            }
        }
    }

    /// Every part has ended on a row of the table.
    fn ends_on(&self, table: &OutcomeTable) {
        let mut total = 0;
        for (part, drawn) in self.state.parts.iter().zip(&table.parts) {
            let paid = part.held_minor + part.held_fee_minor;
            let fits = drawn.rows.iter().any(|row| {
                row.ending == part.state
                    && row.amounts.paid_in.contains(paid)
                    && row.amounts.client_back.contains(part.to_client_minor)
                    && row.amounts.provider.contains(part.to_provider_minor)
                    && row.amounts.platform.contains(part.to_platform_minor)
                    && row.latest.is_none_or(|latest| part.entered_at <= latest)
            });
            assert!(fits, "{part:?} is on no row of {:#?}", drawn.rows);
            assert!(drawn.latest.is_none_or(|latest| part.entered_at <= latest));
            total += part.to_provider_minor;
        }
        assert!(table.total.provider.contains(total));
    }
}

fn shares(pot: i64, percent: usize) -> Shares {
    let client = i128::from(pot) * i128::try_from(percent).expect("small") / 100;
    let client = i64::try_from(client).expect("a share of the pot");
    Shares {
        to_client_minor: client,
        to_provider_minor: pot - client,
    }
}

fn facts(choice: &Choice, percent: usize) -> Facts {
    let mut facts = Facts::none();
    facts.delivery = choice.needs.contains(&Need::Delivery);
    facts.reason = choice.needs.contains(&Need::Reason);
    for one in &choice.moves {
        if let Some(pot) = one.shares_of {
            facts = facts.with_shares(one.part, shares(pot, percent));
        }
    }
    facts
}

fn rows_add_up(table: &OutcomeTable) {
    for row in table.parts.iter().flat_map(|part| &part.rows) {
        let a = row.amounts;
        assert!(a.paid_in.is_exact() || row.agreed);
        if a.client_back.is_exact() {
            assert_eq!(a.client_back.min + a.provider.min + a.platform.min, a.paid_in.min);
        }
        // Everything agreed to one side and everything to the other are the two ends.
        assert_eq!(a.client_back.max + a.provider.min + a.platform.min, a.paid_in.max);
        assert_eq!(a.client_back.min + a.provider.max + a.platform.max, a.paid_in.max);
    }
    for part in &table.parts {
        assert!(part.rows[part.silent_row].silent);
        assert_eq!(part.rows.iter().filter(|row| row.silent).count(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 220, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_walk_ends_on_a_row_drawn_before_it_began(numbers in tapes()) {
        let mut tape = Tape::new(numbers);
        let (mut walk, _) = Walk::begin(&mut tape);
        let mut tables = vec![walk.table()];
        rows_add_up(&tables[0]);
        let eager = 30 + tape.pick(70);
        for step in 0..200 {
            if walk.ended() {
                break;
            }
            if step < 12 {
                walk.nothing_else_is_accepted();
            }
            if step >= 40 || !tape.chance(eager) || !walk.step(&mut tape) {
                walk.silence();
                // Clocks of several parts may be due at the same moment.
                while due(&walk.process, &walk.terms, &walk.state, walk.now).is_some() {
                    walk.silence();
                }
            }
            if step < 6 {
                tables.push(walk.table());
                rows_add_up(&tables[tables.len() - 1]);
            }
        }
        prop_assert!(walk.ended());
        prop_assert!(walk.offered().is_empty());
        prop_assert!(clocks(&walk.process, &walk.terms, &walk.state).is_empty());
        for table in &tables {
            walk.ends_on(table);
        }
    }

    #[test]
    fn silence_comes_true_to_the_microsecond(numbers in tapes()) {
        let mut tape = Tape::new(numbers);
        let (mut walk, _) = Walk::begin(&mut tape);
        for _ in 0..tape.pick(6) {
            if walk.ended() || !walk.step(&mut tape) {
                break;
            }
        }
        let table = walk.table();
        for told in &table.silent {
            let clock = clocks(&walk.process, &walk.terms, &walk.state).remove(0);
            prop_assert_eq!((told.part, told.at, &told.transition), (clock.part, clock.due_at, &clock.transition));
            walk.silence();
        }
        prop_assert!(walk.ended());
        prop_assert_eq!(table.silent_end, table.silent.last().map(|step| step.at));
        for (part, drawn) in walk.state.parts.iter().zip(&table.parts) {
            let row = &drawn.rows[drawn.silent_row];
            prop_assert_eq!(&row.ending, &part.state);
            prop_assert_eq!(row.amounts.client_back, engine::Range::exact(part.to_client_minor));
            prop_assert_eq!(row.amounts.provider, engine::Range::exact(part.to_provider_minor));
            prop_assert_eq!(row.amounts.platform, engine::Range::exact(part.to_platform_minor));
        }
    }
}

#[test]
fn the_generator_varies_and_the_checker_accepts_a_good_share() {
    let (mut accepted, mut loops, mut splits, mut shares, mut texts) = (0, 0, 0, 0, BTreeSet::new());
    let mut refused = BTreeSet::new();
    let tries = 300;
    for seed in 0..tries {
        let mut number = 88_172_645_463_325_252_u64 + seed * 7_919;
        let numbers = std::iter::repeat_with(|| {
            number ^= number << 13;
            number ^= number >> 7;
            number ^= number << 17;
            u16::try_from(number >> 48).expect("16 bits")
        });
        let text = process_text(&mut Tape::new(numbers.take(200).collect()));
        match load(&text) {
            Ok(process) => {
                accepted += 1;
                loops += usize::from(process.transitions().iter().any(|t| t.limit.is_some()));
                splits += usize::from(process.transitions().iter().any(|t| t.needs.contains(&Need::Shares)));
                shares += usize::from(text.contains("25%") || text.contains("\"5%\""));
                texts.insert(text);
            }
            Err(faults) => refused.extend(faults.into_iter().map(|fault| fault.code)),
        }
    }
    println!(
        "{accepted} of {tries} accepted; {loops} with counters, {splits} with agreed shares, {shares} with partial moves; refused for {refused:?}"
    );
    assert!(
        accepted * 3 > tries,
        "{accepted} of {tries} accepted; refused for {refused:?}"
    );
    assert!(
        texts.len() > 90 && loops > 20 && splits > 60 && shares > 20,
        "{loops} {splits} {shares}"
    );
    assert!(refused.len() >= 3, "{refused:?}");
}
