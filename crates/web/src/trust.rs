//! Pages of this slice: reviews and profiles.

use axum::Router;

use crate::App;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}
