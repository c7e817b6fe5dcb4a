//! Pages of this slice: the outbox page and the demo clock.

mod clock;
mod outbox;

use axum::Router;
use axum::routing::get;

use crate::App;

pub use clock::offset as clock_offset;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/demo/outbox", get(outbox::show))
        .route("/demo/clock", get(clock::show).post(clock::jump))
}
