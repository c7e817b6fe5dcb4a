//! Every way one part can go on from where it stands, with the contract's real amounts. Feeds the outcome table; the
//! proofs have their own, coarser exploration that holds for every contract.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::purse::{Purse, ends};
use crate::run::limit_of;
use crate::{PartState, Process, Role, Step, Terms, Transition};

/// The most situations looked at for one part. The checker accepts no process that has more.
pub(crate) const MAX_NODES: usize = 20_000;

/// One situation of a part. Agreed shares are followed to both ends at once: everything to the provider, everything
/// to the client.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Node {
    pub(crate) state: String,
    pub(crate) counters: BTreeMap<String, u32>,
    pub(crate) low: Purse,
    pub(crate) high: Purse,
}

/// How a situation was first reached.
pub(crate) struct Seen {
    pub(crate) node: Node,
    /// The situation before, and the step from there; none for the beginning.
    pub(crate) came: Option<(usize, Step)>,
    /// The situations that may follow.
    pub(crate) after: Vec<usize>,
}

/// Everything reachable, nearest first, so that the first way found to a situation is a shortest one.
pub(crate) fn explore(process: &Process, terms: &Terms, part: usize, from: &PartState) -> Vec<Seen> {
    let purse = Purse::from(from);
    let first = Node {
        state: from.state.clone(),
        counters: from.counters.clone(),
        low: purse,
        high: purse,
    };
    let mut index = HashMap::from([(first.clone(), 0)]);
    let mut all = vec![Seen {
        node: first,
        came: None,
        after: Vec::new(),
    }];
    let mut queue = VecDeque::from([0]);
    while let Some(at) = queue.pop_front() {
        for (node, step) in follow(process, terms, part, &all[at].node) {
            let next = *index.entry(node.clone()).or_insert(all.len());
            if next == all.len() {
                if all.len() >= MAX_NODES {
                    continue;
                }
                all.push(Seen {
                    node,
                    came: Some((at, step)),
                    after: Vec::new(),
                });
                queue.push_back(next);
            }
            if !all[at].after.contains(&next) {
                all[at].after.push(next);
            }
        }
    }
    all
}

/// The steps out of a situation: what people can do first, then the clock.
fn follow(process: &Process, terms: &Terms, part: usize, node: &Node) -> Vec<(Node, Step)> {
    let clock = process.clock_of(&node.state).map(|c| c.fires.as_str());
    let here = |rule: &&Transition| rule.from.contains(&node.state) && !process.is_ending(&node.state);
    let mut steps = Vec::new();
    for by_clock in [false, true] {
        for rule in process.transitions().iter().filter(here) {
            let used = rule.limit.as_ref().and_then(|t| node.counters.get(t)).copied();
            let possible = used.unwrap_or(0) < limit_of(process, terms, part, rule);
            let who = if by_clock {
                (clock == Some(rule.name.as_str())).then_some(Role::Clock)
            } else {
                rule.by.first().map(|role| teller(*role))
            };
            if let Some(who) = who.filter(|_| possible) {
                steps.push((after(terms, part, node, rule), step(process, rule, who)));
            }
        }
    }
    steps
}

/// Who a story names: money that arrives was paid by the client.
fn teller(role: Role) -> Role {
    if role == Role::Gateway { Role::Client } else { role }
}

fn step(process: &Process, rule: &Transition, who: Role) -> Step {
    Step {
        transition: rule.name.clone(),
        verb: rule.label.clone(),
        who,
        state: process
            .state(&rule.to)
            .map_or_else(Default::default, |s| s.label.clone()),
    }
}

fn after(terms: &Terms, part: usize, node: &Node, rule: &Transition) -> Node {
    let price = terms.parts[part].amount_minor;
    let [(low, _), _] = ends(node.low, &rule.money, price, terms.fee);
    let [_, (high, _)] = ends(node.high, &rule.money, price, terms.fee);
    let mut counters = node.counters.clone();
    if let Some(term) = &rule.limit {
        *counters.entry(term.clone()).or_insert(0) += 1;
    }
    Node {
        state: rule.to.clone(),
        counters,
        low,
        high,
    }
}
