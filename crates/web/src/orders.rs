//! Pages of this slice: contract, workroom, payments, statement.

use axum::Router;

use crate::App;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}
