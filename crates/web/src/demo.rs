//! Pages of this slice: the outbox page and the demo clock.

use axum::Router;

use crate::App;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}
