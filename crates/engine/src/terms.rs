//! What a contract fixes: the parts and their prices, the named terms, the frozen fees.

use std::collections::BTreeMap;

use kernel::Currency;
use serde::{Deserialize, Serialize};

use crate::{Process, Span};

/// The terms of one order. Frozen when the contract is made; stored with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// The currency of every amount.
    pub currency: Currency,
    /// The parts in their order.
    pub parts: Vec<PartTerms>,
    /// Named terms: durations in microseconds, counts as they are. What is missing takes the process's default.
    pub values: BTreeMap<String, i64>,
    /// Commission and client fee.
    pub fee: FeeSnapshot,
}

/// The terms of one part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartTerms {
    /// The price in minor units, above zero.
    pub amount_minor: i64,
    /// Named terms of this part alone; they win over the order's.
    pub values: BTreeMap<String, i64>,
}

/// The fees as they were when the contract was made, in hundredths of a percent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FeeSnapshot {
    /// Taken from whatever goes to the provider, rounded down in the provider's favour.
    pub provider_bp: u32,
    /// Paid by the client on top of the price at hold; kept by the market for what is released, given back with what is refunded.
    pub client_bp: u32,
}

impl Terms {
    /// A term's value for one part: the part's own, else the order's, else the process's default, always inside the process's bounds.
    pub fn value(&self, process: &Process, part: usize, name: &str) -> i64 {
        let Some(term) = process.term(name) else {
            return 0;
        };
        let own = self.parts.get(part).filter(|_| term.per_part);
        own.and_then(|p| p.values.get(name))
            .or_else(|| self.values.get(name))
            .copied()
            .unwrap_or(term.default)
            .clamp(term.min, term.max)
    }

    pub(crate) fn length(&self, process: &Process, part: usize, spans: &[Span]) -> i64 {
        spans
            .iter()
            .map(|span| match span {
                Span::Term(name) => self.value(process, part, name),
                Span::Fixed(micros) => *micros,
            })
            .fold(0, i64::saturating_add)
    }
}
