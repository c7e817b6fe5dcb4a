//! Money in and out through gateways: what clients pay in, what goes back, every word a gateway sent, and what people
//! see of it. It talks to no gateway itself: it writes down what is to be asked, and what was answered.
//!
//! A call to a gateway is three steps: one transaction writes the row and a job; the worker calls out with the row's
//! id as the key; a second transaction writes down the answer and posts to the ledger. Each may happen twice.

pub mod notices;
pub mod payins;
pub mod refunds;
pub mod statement;
