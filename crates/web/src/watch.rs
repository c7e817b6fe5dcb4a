//! The operator's pages: queues, orders, the ledger, jobs, events, the audit log. Staff only; others find nothing.
//! It reads, and it starts the acts of staff; each act is recorded by its use case.

mod audit;
mod events;
mod home;
mod inspections;
mod jobs;
mod ledger;
pub(crate) mod nav;
mod order;
mod orders;
mod payments;

use axum::Router;

use crate::App;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(home::routes())
        .merge(inspections::routes())
        .merge(orders::routes())
        .merge(payments::routes())
        .merge(ledger::routes())
        .merge(jobs::routes())
        .merge(events::routes())
        .merge(audit::routes())
}
