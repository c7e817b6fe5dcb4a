//! The market's own clock: reviews whose window has ended are opened, alone or not.

use serde_json::json;
use store::{Fail, Tx};

use super::{sql, write};

/// How many are opened in one transaction.
const BATCH: i64 = 200;

/// Opens the reviews that are due. Answers how many; the worker calls again while it is not zero.
pub fn open_due(tx: &mut Tx) -> Result<usize, Fail> {
    let due = sql::due(tx, BATCH)?;
    for review in &due {
        let data = json!({ "order": review.order, "author": review.author, "about": review.about });
        write::open(tx, review.id, &data)?;
    }
    Ok(due.len())
}
