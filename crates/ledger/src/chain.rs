//! The chain: every transfer, with all of its postings, gets a place and a SHA-256 over the hash before it and every
//! column. A background job seals in order, so that the chain is no row that everybody waits for.
//!
//! The same job rolls the platform's balances up. What the chain cannot prove alone is that its tail was not cut off:
//! for that, write down the head ([`head`]) somewhere else from time to time.

mod sql;

use aws_lc_rs::digest::{Context, SHA256};
use kernel::{Id, Timestamp};
use store::{Fail, Fault, Tx};

pub(crate) use sql::{read_posting, read_transfer};

/// The hash before the first.
pub(crate) const START: &str = "jiedan ledger";

/// Where the chain stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many transfers are sealed.
    pub seq: i64,
    /// The last hash, in hexadecimal.
    pub hash: String,
}

/// Every column of a transfer, for its hash.
pub(crate) struct SealedTransfer {
    pub(crate) id: Id,
    pub(crate) at: Timestamp,
    pub(crate) kind: String,
    pub(crate) reference_kind: String,
    pub(crate) reference: Id,
    pub(crate) memo: String,
    pub(crate) postings: Vec<SealedPosting>,
}

/// Every column of a posting, for its transfer's hash.
#[derive(Clone)]
pub(crate) struct SealedPosting {
    pub(crate) id: Id,
    pub(crate) transfer: Id,
    pub(crate) place: i64,
    pub(crate) account_key: String,
    pub(crate) currency: String,
    pub(crate) amount_minor: i64,
    pub(crate) balance_after: Option<i64>,
    pub(crate) at: Timestamp,
}

/// Seals up to `limit` transfers that wait, oldest first, and answers how many. Run it from one worker at a time; two at
/// once only means that one of them is run again.
pub fn seal(tx: &mut Tx, limit: i64) -> Result<i64, Fail> {
    let waiting = sql::unsealed(tx, limit)?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut head = head(tx)?;
    for id in &waiting {
        let transfer = sql::transfer_to_seal(tx, *id)?
            .ok_or_else(|| Fault::broken(format!("transfer {id} waits for its seal and is not there")))?;
        head = Head {
            seq: head.seq + 1,
            hash: hash(&head.hash, &transfer),
        };
        sql::roll_up(tx, *id)?;
        sql::insert_seal(tx, &head, *id)?;
        sql::delete_unsealed(tx, *id)?;
    }
    Ok(i64::try_from(waiting.len()).unwrap_or(i64::MAX))
}

/// Where the chain stands now.
pub fn head(tx: &mut Tx) -> Result<Head, Fault> {
    Ok(sql::head(tx)?.unwrap_or_else(|| Head {
        seq: 0,
        hash: START.to_owned(),
    }))
}

/// The hash of a transfer after `previous`. Every text goes in with its length, so that no two rows read the same.
pub(crate) fn hash(previous: &str, transfer: &SealedTransfer) -> String {
    let mut context = Context::new(&SHA256);
    let mut text = |value: &str| {
        context.update(&(value.len() as u64).to_be_bytes());
        context.update(value.as_bytes());
    };
    text(previous);
    text(&transfer.kind);
    text(&transfer.reference_kind);
    text(&transfer.memo);
    for posting in &transfer.postings {
        text(&posting.account_key);
        text(&posting.currency);
    }
    let mut number = |value: i64| context.update(&value.to_be_bytes());
    number(transfer.id.raw());
    number(transfer.at.as_micros());
    number(transfer.reference.raw());
    for posting in &transfer.postings {
        number(posting.id.raw());
        number(posting.place);
        number(posting.amount_minor);
        number(i64::from(posting.balance_after.is_some()));
        number(posting.balance_after.unwrap_or(0));
        number(posting.at.as_micros());
    }
    hex::encode(context.finish())
}
