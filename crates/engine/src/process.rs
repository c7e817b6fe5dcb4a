//! A checked process: states, transitions, clocks and terms of parts, and the small machine of the whole order.
//! Made only by [`load`](crate::load), so that whoever holds one knows that every proof holds.

use crate::{Need, Role, Tone, Words};

/// A process that the checker has accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Process {
    pub(crate) name: String,
    pub(crate) version: u32,
    pub(crate) label: Words,
    pub(crate) part: String,
    pub(crate) part_label: Words,
    pub(crate) turn: Turn,
    pub(crate) terms: Vec<Term>,
    pub(crate) states: Vec<State>,
    pub(crate) transitions: Vec<Transition>,
    pub(crate) clocks: Vec<Clock>,
    pub(crate) order_states: Vec<State>,
    pub(crate) order_endings: Vec<OrderEnding>,
    pub(crate) order_transitions: Vec<Transition>,
}

/// When a part's turn comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// One after the other: when every earlier part has ended.
    InOrder,
    /// All at once, when the order starts.
    Together,
}

/// A named term that a contract fixes, with its bounds. Durations are microseconds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Its key in [`Terms`](crate::Terms).
    pub name: String,
    /// What people read.
    pub label: Words,
    /// A duration or a count.
    pub kind: TermKind,
    /// The value when the contract says none.
    pub default: i64,
    /// The smallest value.
    pub min: i64,
    /// The largest value.
    pub max: i64,
    /// Whether each part may fix its own.
    pub per_part: bool,
    pub(crate) line: u32,
}

/// What a term measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TermKind {
    /// Microseconds.
    Duration,
    /// How often something may be done.
    Count,
}

/// A state of a part or of the order, endings included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    /// Its key.
    pub name: String,
    /// What people read.
    pub label: Words,
    /// Who is expected to act; nobody in an ending.
    pub waits_for: Option<Role>,
    /// Whether nothing follows.
    pub ending: bool,
    /// The mood a page shows it in.
    pub tone: Tone,
    pub(crate) line: u32,
}

/// Whether something belongs to one part or to the whole order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// One part.
    Part,
    /// The whole order.
    Order,
}

/// One way from a state to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transition {
    /// Its key.
    pub name: String,
    /// The verb on the button.
    pub label: Words,
    /// The states it leaves.
    pub from: Vec<String>,
    /// The state it enters.
    pub to: String,
    /// Who may fire it, apart from a clock that names it.
    pub by: Vec<Role>,
    /// What the use case must bring.
    pub needs: Vec<Need>,
    /// The count term that bounds how often one part may use it.
    pub limit: Option<String>,
    /// Whether it waits until the part's turn has come.
    pub in_turn: bool,
    /// What moves, if money moves.
    pub money: Vec<MoneyRule>,
    /// Part or order.
    pub level: Level,
    /// For an order transition: which part transition it causes in parts that are in which state.
    pub causes: Vec<Cause>,
    pub(crate) line: u32,
}

/// In parts in one of `from`, an order transition fires `transition`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cause {
    /// The part states it holds for.
    pub from: Vec<String>,
    /// The part transition it fires there.
    pub transition: String,
    pub(crate) line: u32,
}

/// One money move of a transition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MoneyRule {
    /// From the client's payment into the pot.
    Hold(Amount),
    /// From the pot to the provider, less commission.
    Release(Amount),
    /// From the pot back to the client.
    Refund(Amount),
    /// The whole pot in two fixed shares: hundredths of a percent for the client (rounded down), the rest for the provider.
    SplitFixed {
        /// The client's share in hundredths of a percent.
        client_bp: u32,
    },
    /// The whole pot in two shares that the facts bring.
    SplitAgreed,
}

/// How much of the money moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Amount {
    /// `hold`: the part's whole price.
    All,
    /// What is left: of the price for `hold`, of the pot for the others.
    Rest,
    /// Hundredths of a percent of the part's price, rounded down.
    Share(u32),
}

/// What happens in a state when nobody acts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clock {
    /// The part state it runs in. At most one clock per state.
    pub state: String,
    /// What is added up: named terms and fixed durations.
    pub after: Vec<Span>,
    /// Whether it counts from the part's turn instead of from entering the state (whichever is later).
    pub from_turn: bool,
    /// The transition it fires.
    pub fires: String,
    /// When to remind the one who is waited for.
    pub remind: Vec<Remind>,
    /// What silence means, told in a sentence.
    pub says: Words,
    pub(crate) line: u32,
}

/// A piece of a clock's length.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Span {
    /// A named duration term.
    Term(String),
    /// Microseconds fixed in the file.
    Fixed(i64),
}

/// When a reminder goes out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remind {
    /// Half way.
    Half,
    /// So many microseconds before the clock fires.
    Before(i64),
}

/// The order's ending that follows by itself when every part has ended in one of `parts`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderEnding {
    /// The order state.
    pub state: String,
    /// The part endings it accepts; the first match in the file's order wins. Empty: only order transitions lead here.
    pub when_all: Vec<String>,
    pub(crate) line: u32,
}

impl Term {
    /// A value of this term as it would stand in a process file: `7d`, `36h`, `30m`, `3`.
    pub fn shown(&self, value: i64) -> String {
        match self.kind {
            TermKind::Count => value.to_string(),
            TermKind::Duration => duration_shown(value),
        }
    }
}

/// A duration in the largest unit that tells it exactly, as a process file would write it.
pub(crate) fn duration_shown(micros: i64) -> String {
    if micros % kernel::DAY == 0 {
        format!("{}d", micros / kernel::DAY)
    } else if micros % kernel::HOUR == 0 {
        format!("{}h", micros / kernel::HOUR)
    } else {
        format!("{}m", micros / kernel::MINUTE)
    }
}

impl Process {
    /// The key, such as `tender`.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The version; a running order keeps its own.
    pub const fn version(&self) -> u32 {
        self.version
    }
    /// What people call it.
    pub const fn label(&self) -> &Words {
        &self.label
    }
    /// The key of what a part is, such as `milestone`.
    pub fn part(&self) -> &str {
        &self.part
    }
    /// What people call a part.
    pub const fn part_label(&self) -> &Words {
        &self.part_label
    }
    /// Whether parts go one after the other.
    pub const fn turn(&self) -> Turn {
        self.turn
    }
    /// The terms a contract fixes.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }
    /// One term.
    pub fn term(&self, name: &str) -> Option<&Term> {
        self.terms.iter().find(|t| t.name == name)
    }
    /// Every part state, endings last, in the file's order; the first is where a part starts.
    pub fn states(&self) -> &[State] {
        &self.states
    }
    /// The state a part starts in.
    pub fn first_state(&self) -> &State {
        &self.states[0]
    }
    /// A part state by name.
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|s| s.name == name)
    }
    /// Every part transition in the file's order.
    pub fn transitions(&self) -> &[Transition] {
        &self.transitions
    }
    /// A transition by name, of a part or of the order; no two share a name.
    pub fn transition(&self, name: &str) -> Option<&Transition> {
        self.transitions
            .iter()
            .chain(&self.order_transitions)
            .find(|t| t.name == name)
    }
    /// The clocks of a part state: one, or none in an ending.
    pub fn clocks_of<'a>(&'a self, state: &'a str) -> impl Iterator<Item = &'a Clock> {
        self.clocks.iter().filter(move |c| c.state == state)
    }
    /// Every state of the whole order; the first is where an order starts.
    pub fn order_states(&self) -> &[State] {
        &self.order_states
    }
    /// An order state by name.
    pub fn order_state(&self, name: &str) -> Option<&State> {
        self.order_states.iter().find(|s| s.name == name)
    }
    /// The transitions of the whole order.
    pub fn order_transitions(&self) -> &[Transition] {
        &self.order_transitions
    }

    pub(crate) fn clock_of(&self, state: &str) -> Option<&Clock> {
        self.clocks.iter().find(|c| c.state == state)
    }

    pub(crate) fn is_ending(&self, state: &str) -> bool {
        self.state(state).is_none_or(|s| s.ending)
    }
}
