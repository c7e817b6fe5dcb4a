//! The audit of the whole book: reads every row and reports what does not hold.

mod sql;

use std::collections::BTreeMap;

use kernel::Id;
use store::{Fault, Tx};

use crate::Head;
use crate::chain::{START, SealedPosting, hash};

/// Seals read at a time.
const STEP: i64 = 500;
/// Findings of one kind that are listed; more are not news.
const LISTED: i64 = 100;

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of fault, such as `changed`.
    pub what: &'static str,
    /// Where: a transfer, an account, a place in the chain.
    pub at: String,
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Where the chain stands; compare it with one written down before.
    pub head: Head,
    /// Transfers that wait for their seal.
    pub unsealed: i64,
    /// What does not hold; empty for a sound book.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether everything holds.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Audits the book: the chain from its first seal, balances against postings, and every transfer against zero. Finds any
/// row that was changed, removed or slipped in behind [`crate::post`].
pub fn verify(tx: &mut Tx) -> Result<Report, Fault> {
    let mut findings = Vec::new();
    let head = walk_chain(tx, &mut findings)?;
    let mut report = |what: &'static str, places: Vec<String>| {
        findings.extend(places.into_iter().map(|at| Finding { what, at }));
    };
    report("transfer outside of the chain", sql::transfers_outside(tx, LISTED)?);
    report("transfer without postings", sql::transfers_empty(tx, LISTED)?);
    report(
        "waiting for a seal without a transfer",
        sql::unsealed_without_transfer(tx, LISTED)?,
    );
    report("sealed and still waiting", sql::sealed_twice(tx, LISTED)?);
    report(
        "posting without a transfer",
        sql::postings_without_transfer(tx, LISTED)?,
    );
    report("posting without an account", sql::postings_without_account(tx, LISTED)?);
    report("transfer does not balance", sql::transfers_off_balance(tx, LISTED)?);
    report(
        "balance does not follow from the postings",
        sql::balances_off(tx, LISTED)?,
    );
    report("balance without postings", sql::balances_without_postings(tx, LISTED)?);
    report("holder below zero", sql::held_below_zero(tx, LISTED)?);
    let unsealed = sql::unsealed_count(tx)?;
    Ok(Report {
        head,
        unsealed,
        findings,
    })
}

fn walk_chain(tx: &mut Tx, findings: &mut Vec<Finding>) -> Result<Head, Fault> {
    let mut head = Head {
        seq: 0,
        hash: START.to_owned(),
    };
    loop {
        let seals = sql::seals_after(tx, head.seq, STEP)?;
        let Some(last) = seals.last() else { return Ok(head) };
        let mut postings = by_transfer(sql::sealed_postings(tx, head.seq, last.seq)?);
        for seal in seals {
            if seal.seq != head.seq + 1 {
                findings.push(Finding {
                    what: "gap in the chain",
                    at: format!("before {}", seal.seq),
                });
            }
            match seal.transfer {
                None => findings.push(Finding {
                    what: "sealed transfer is missing",
                    at: format!("seal {}", seal.seq),
                }),
                Some(mut transfer) => {
                    transfer.postings = postings.remove(&transfer.id).unwrap_or_default();
                    if hash(&head.hash, &transfer) != seal.hash {
                        findings.push(Finding {
                            what: "changed",
                            at: format!("transfer {}", transfer.id),
                        });
                    }
                }
            }
            head = Head {
                seq: seal.seq,
                hash: seal.hash,
            };
        }
    }
}

fn by_transfer(postings: Vec<SealedPosting>) -> BTreeMap<Id, Vec<SealedPosting>> {
    let mut map: BTreeMap<Id, Vec<SealedPosting>> = BTreeMap::new();
    for posting in postings {
        map.entry(posting.transfer).or_default().push(posting);
    }
    map
}
