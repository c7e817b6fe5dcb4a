//! Every situation a part can come into, for all actors, hostile or silent, and every contract: state, counters, pot.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::money::{Bad, Shares};
use crate::fault::{Fault, two};
use crate::{Process, TermKind, Transition, Words};

/// The most situations of one process.
const MAX_PLACES: usize = 4_000;

/// One situation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Place<'a> {
    pub(super) state: &'a str,
    pub(super) counters: BTreeMap<&'a str, i64>,
    pub(super) money: Shares,
}

/// A step from one situation to another.
pub(super) struct Edge<'a> {
    pub(super) rule: &'a Transition,
    pub(super) to: usize,
}

/// All situations, nearest first.
pub(super) struct Graph<'a> {
    pub(super) places: Vec<Place<'a>>,
    pub(super) edges: Vec<Vec<Edge<'a>>>,
    /// How each was first reached.
    came: Vec<Option<(usize, &'a Transition)>>,
    /// Steps whose money does not work out, with where they begin.
    pub(super) bad: Vec<(usize, &'a Transition, Bad)>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(process: &'a Process) -> Result<Self, Box<Fault>> {
        let first = Place {
            state: &process.first_state().name,
            counters: BTreeMap::new(),
            money: Shares::default(),
        };
        let mut graph = Self {
            places: vec![first.clone()],
            edges: vec![Vec::new()],
            came: vec![None],
            bad: Vec::new(),
        };
        let mut index = HashMap::from([(first, 0)]);
        let mut queue = VecDeque::from([0]);
        while let Some(at) = queue.pop_front() {
            for rule in process.transitions() {
                let Some(next) = graph.step(process, at, rule) else {
                    continue;
                };
                let to = *index.entry(next.clone()).or_insert(graph.places.len());
                if to == graph.places.len() {
                    if to >= MAX_PLACES {
                        return Err(Box::new(too_many(process)));
                    }
                    graph.places.push(next);
                    graph.edges.push(Vec::new());
                    graph.came.push(Some((at, rule)));
                    queue.push_back(to);
                }
                graph.edges[at].push(Edge { rule, to });
            }
        }
        Ok(graph)
    }

    /// Where a transition leads from a situation; nothing if it cannot be fired there.
    fn step(&mut self, process: &'a Process, at: usize, rule: &'a Transition) -> Option<Place<'a>> {
        let place = &self.places[at];
        let clocked = process.clock_of(place.state).is_some_and(|c| c.fires == rule.name);
        let here = rule.from.iter().any(|s| s == place.state) && !process.is_ending(place.state);
        if !here || (rule.by.is_empty() && !clocked) {
            return None;
        }
        let mut counters = place.counters.clone();
        if let Some(term) = &rule.limit {
            let used = counters.entry(term.as_str()).or_insert(0);
            *used += 1;
            if *used > process.term(term).map_or(0, |t| t.max) {
                return None;
            }
        }
        match place.money.after(rule) {
            Ok(money) => Some(Place {
                state: &rule.to,
                counters,
                money,
            }),
            Err(bad) => {
                self.bad.push((at, rule, bad));
                None
            }
        }
    }

    /// The shortest way to a situation, as words.
    pub(super) fn path(&self, mut at: usize) -> Vec<Words> {
        let mut path = Vec::new();
        while let Some((before, rule)) = self.came[at] {
            path.push(step_words(rule));
            at = before;
        }
        let start = self.places[at].state;
        path.push(Words::new(start, start));
        path.reverse();
        path
    }

    /// The way to a situation and one step on.
    pub(super) fn path_and(&self, at: usize, rule: &Transition) -> Vec<Words> {
        let mut path = self.path(at);
        path.push(step_words(rule));
        path
    }
}

/// `disputed (dispute)`.
pub(super) fn step_words(rule: &Transition) -> Words {
    let (to, name) = (&rule.to, &rule.name);
    Words::new(format!("{to}（{name}）"), format!("{to} ({name})"))
}

fn too_many(process: &Process) -> Fault {
    let counts = process.terms().iter().filter(|t| t.kind == TermKind::Count);
    let largest = counts.min_by_key(|term| (-term.max, term.line));
    Fault::new(
        largest.map_or(1, |term| term.line),
        "too-many-paths",
        two!(
            "可能的情形超过 {MAX_PLACES} 种，无法逐一证明",
            "there are more than {MAX_PLACES} possible situations; they cannot all be proven"
        ),
        two!(
            "降低次数条款的上限，或减少部分付款的步数",
            "lower the maximum of the count terms, or use fewer partial payments"
        ),
    )
}
