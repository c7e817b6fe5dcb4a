//! Pages where people are judged, with receipts: somebody's public page, the review of an order, the reply.

mod person;
mod review;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/people/{id}", get(person::show))
        .route("/orders/{id}/review", get(review::show).post(review::send))
        .route("/reviews/{id}/reply", post(review::reply))
}
