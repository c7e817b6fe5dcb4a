//! Pages of this slice: requests and their bids.

use axum::Router;

use crate::App;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}
