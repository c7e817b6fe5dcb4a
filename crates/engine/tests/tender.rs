//! The tender, as people meet it: who can do what when, what it costs, and on which day silence decides.

use std::collections::BTreeMap;

use engine::{
    Facts, FeeSnapshot, MoveKind, OrderState, PartTerms, Plan, Process, Range, Role, Shares, Terms, apply, check_terms,
    clocks, load, next, outcomes, start,
};
use kernel::{Currency, DAY, Timestamp};

const BEGAN: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

struct Order {
    process: Process,
    terms: Terms,
    state: OrderState,
    now: Timestamp,
}

impl Order {
    fn begin() -> Self {
        let process = load(include_str!("../../../packs/general/processes/tender.toml")).expect("the tender is sound");
        let part = |amount_minor, days| PartTerms {
            amount_minor,
            values: BTreeMap::from([("work_days".to_owned(), days * DAY)]),
        };
        let terms = Terms {
            currency: Currency::CNY,
            parts: vec![part(100_001, 10), part(200_000, 20)],
            values: BTreeMap::from([("revisions".to_owned(), 1)]),
            fee: FeeSnapshot {
                provider_bp: 1_000,
                client_bp: 500,
            },
        };
        let state = start(&process, &terms, BEGAN).expect("good terms").state;
        Self {
            process,
            terms,
            state,
            now: BEGAN,
        }
    }

    fn step(&mut self, part: usize, transition: &str, by: Role) -> Result<Plan, &'static str> {
        let facts = Facts::none().with_delivery().with_reason();
        self.step_with(Some(part), transition, by, &facts)
    }

    fn step_with(
        &mut self,
        part: Option<usize>,
        transition: &str,
        by: Role,
        facts: &Facts,
    ) -> Result<Plan, &'static str> {
        let plan = apply(
            &self.process,
            &self.terms,
            &self.state,
            part,
            transition,
            by,
            facts,
            self.now,
        );
        let plan = plan.map_err(|refusal| refusal.code)?;
        self.state = plan.next.clone();
        Ok(plan)
    }

    fn offered(&self, role: Role) -> Vec<(Option<usize>, String)> {
        let all = next(&self.process, &self.terms, &self.state, role);
        all.into_iter().map(|choice| (choice.part, choice.transition)).collect()
    }
}

#[test]
fn a_milestone_is_paid_less_commission_and_the_next_ones_turn_comes() {
    let mut order = Order::begin();
    assert_eq!(order.step(1, "fund", Role::Gateway), Err("engine-not-in-turn"));
    let plan = order.step(0, "fund", Role::Gateway).expect("its turn");
    assert_eq!(
        (plan.moves[0].kind, plan.moves[0].client_minor),
        (MoveKind::Hold, 105_001)
    );
    assert_eq!(order.step(0, "deliver", Role::Client), Err("engine-not-yours"));
    let empty = order.step_with(Some(0), "deliver", Role::Provider, &Facts::none());
    assert_eq!(empty, Err("engine-needs-delivery"));
    order.step(0, "deliver", Role::Provider).expect("a delivery");
    order.step(0, "ask_revision", Role::Client).expect("one revision");
    order.step(0, "deliver", Role::Provider).expect("a better delivery");
    assert_eq!(order.step(0, "ask_revision", Role::Client), Err("engine-used-up"));
    let plan = order.step(0, "accept", Role::Client).expect("accepted");
    let paid = plan.moves[0];
    assert_eq!(
        (paid.client_minor, paid.provider_minor, paid.platform_minor),
        (0, 90_001, 15_000)
    );
    let clock = plan.clocks_set.first().expect("the next part can be funded now");
    assert_eq!((clock.part, clock.due_at), (1, BEGAN.plus_days(7)));
    assert!(!plan.completed);
    order
        .step(1, "decline", Role::Provider)
        .expect("nothing is at stake yet");
    assert_eq!(order.state.state, "completed");
}

#[test]
fn silence_is_told_to_the_day_and_a_deadline_is_sharp() {
    let mut order = Order::begin();
    order.step(0, "fund", Role::Gateway).expect("funded");
    let table = outcomes(&order.process, &order.terms, &order.state, order.now);
    let days: Vec<_> = table
        .silent
        .iter()
        .map(|step| (step.part, step.at.since(BEGAN) / DAY))
        .collect();
    assert_eq!(days, [(0, 24), (1, 31)]);
    assert_eq!(table.silent_total.client_back, Range::exact(105_001));
    let clock = &clocks(&order.process, &order.terms, &order.state)[0];
    let remind: Vec<_> = clock.remind_at.iter().map(|at| at.since(BEGAN) / DAY).collect();
    assert_eq!(remind, [12, 21, 23]);
    order.now = BEGAN.plus_days(24);
    assert_eq!(order.step(0, "deliver", Role::Provider), Err("engine-too-late"));
    order.step(0, "expire", Role::Clock).expect("due");
    assert_eq!(order.state.parts[0].to_client_minor, 105_001);
}

#[test]
fn a_dispute_stops_one_milestone_and_its_silence_shares_it() {
    let mut order = Order::begin();
    order.step(0, "fund", Role::Gateway).expect("funded");
    order.step(0, "dispute", Role::Client).expect("with reasons");
    assert_eq!(order.offered(Role::Operator), [(Some(0), "rule".to_owned())]);
    assert!(order.offered(Role::Client).contains(&(Some(0), "settle".to_owned())));
    let unfair = Facts::none().with_reason().with_shares(
        0,
        Shares {
            to_client_minor: 100_001,
            to_provider_minor: 1,
        },
    );
    let refused = order.step_with(Some(0), "rule", Role::Operator, &unfair);
    assert_eq!(refused, Err("engine-shares-sum"));
    order.now = BEGAN.plus_days(15);
    let plan = order.step(0, "split_half", Role::Clock).expect("due");
    let half = plan.moves[0];
    assert_eq!(
        (half.client_minor, half.provider_minor, half.platform_minor),
        (52_500, 45_001, 7_500)
    );
}

#[test]
fn cancelling_by_agreement_ends_every_part_in_its_own_way() {
    let mut order = Order::begin();
    order.step(0, "fund", Role::Gateway).expect("funded");
    let shares = Shares {
        to_client_minor: 60_001,
        to_provider_minor: 40_000,
    };
    let facts = Facts::none().with_shares(0, shares);
    assert_eq!(
        order.step_with(None, "cancel_by_agreement", Role::Client, &facts),
        Err("engine-not-yours")
    );
    assert_eq!(
        order.step_with(None, "cancel_by_agreement", Role::Both, &Facts::none()),
        Err("engine-needs-shares")
    );
    let plan = order
        .step_with(None, "cancel_by_agreement", Role::Both, &facts)
        .expect("both agreed");
    assert!(plan.completed);
    assert_eq!(order.state.state, "cancelled");
    let ends: Vec<_> = order.state.parts.iter().map(|part| part.state.as_str()).collect();
    assert_eq!(ends, ["split", "void"]);
    assert_eq!(plan.clocks_cleared.len(), 1);
    assert_eq!(plan.moves.len(), 1);
}

#[test]
fn terms_outside_the_bounds_are_refused_all_at_once() {
    let mut order = Order::begin();
    order.terms.values.insert("acceptance_days".to_owned(), 0);
    order.terms.values.insert("moonlight".to_owned(), 1);
    order.terms.parts[0].amount_minor = 0;
    order.terms.parts[0].values.insert("funding_days".to_owned(), DAY);
    let refusal = check_terms(&order.process, &order.terms).expect_err("four faults");
    let codes: Vec<_> = refusal.all().map(|one| one.code).collect();
    assert_eq!(
        codes,
        [
            "engine-bad-price",
            "engine-unknown-term",
            "engine-term-bounds",
            "engine-unknown-term"
        ]
    );
}
