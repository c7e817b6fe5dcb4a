//! The outcome table: every ending still possible, with amounts, stories and dates, shaped for drawing.

use kernel::{Currency, Timestamp};
use serde::Serialize;

use crate::{Range, Role, Tone, Words};

/// Every ending reachable from where an order stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OutcomeTable {
    /// The currency of every amount.
    pub currency: Currency,
    /// One entry for each part.
    pub parts: Vec<PartOutcomes>,
    /// All parts together: the least and the most for each side. Parts end independently, so the ends of the
    /// ranges belong to different combinations.
    pub total: Amounts,
    /// What all parts together come to if nobody does anything from now on. Exact.
    pub silent_total: Amounts,
    /// What happens if nobody does anything from now on, step by step, with the exact dates.
    pub silent: Vec<SilentStep>,
    /// When the order has ended if nobody does anything.
    pub silent_end: Option<Timestamp>,
    /// The order state it has then.
    pub silent_state: Words,
    /// The last moment by which the order has ended whatever anyone does; none where that has no bound.
    pub latest: Option<Timestamp>,
}

/// What one part can come to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PartOutcomes {
    /// The part, from 0.
    pub part: usize,
    /// Its price.
    pub price_minor: i64,
    /// Its state now.
    pub state: Words,
    /// One row for each ending and amount; the silent one first, then by what the provider gets.
    pub rows: Vec<Row>,
    /// Which row silence leads to.
    pub silent_row: usize,
    /// When silence ends it.
    pub silent_end: Option<Timestamp>,
    /// The last moment by which it has ended whatever anyone does; none where that has no bound.
    pub latest: Option<Timestamp>,
}

/// One ending of a part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Row {
    /// The ending's key.
    pub ending: String,
    /// What people call it.
    pub label: Words,
    /// Its mood.
    pub tone: Tone,
    /// Who ends up with what, over the whole life of the part.
    pub amounts: Amounts,
    /// Whether the two sides or a ruling still have to name the shares: then the amounts are ranges.
    pub agreed: bool,
    /// Whether this is where silence leads.
    pub silent: bool,
    /// The shortest story that leads here from now; in the silent row, what silence does. Empty when the part has
    /// already ended.
    pub story: Vec<Step>,
    /// The last moment this ending can still come about; none where that has no bound.
    pub latest: Option<Timestamp>,
}

/// Who has what at the end. `paid_in` = `client_back` + `provider` + `platform`, for each combination.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, PartialOrd, Ord, Serialize)]
pub struct Amounts {
    /// What the client pays in, fee included.
    pub paid_in: Range,
    /// What comes back to the client.
    pub client_back: Range,
    /// What the provider gets, after commission.
    pub provider: Range,
    /// What the market keeps.
    pub platform: Range,
}

/// One step of a story.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Step {
    /// The transition's key.
    pub transition: String,
    /// The verb.
    pub verb: Words,
    /// Who does it; [`Role::Clock`] when silence does.
    pub who: Role,
    /// The state it leads to.
    pub state: Words,
}

/// One step of silence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SilentStep {
    /// The part it happens to.
    pub part: usize,
    /// When exactly.
    pub at: Timestamp,
    /// The transition's key.
    pub transition: String,
    /// What silence means here, told in a sentence.
    pub says: Words,
    /// The state it leads to.
    pub state: Words,
}
