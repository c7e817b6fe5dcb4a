//! Pages of this slice: the outbox page and the demo clock.

mod outbox;

use axum::Router;
use axum::routing::get;

use crate::App;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/demo/outbox", get(outbox::show))
}
