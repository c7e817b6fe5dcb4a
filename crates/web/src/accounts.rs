//! Pages of this slice: sign-up, log-in, sessions, settings.

use axum::Router;

use crate::App;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}
