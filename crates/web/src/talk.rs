//! Pages where people talk and hear of things: threads, the thread inside another page, notices. Live updates are the
//! edge's.

mod notices;
mod partial;
mod threads;

use axum::Router;
use axum::routing::{get, post};

use crate::App;
use crate::edge::live;

pub use partial::embed;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/threads", get(threads::list))
        .route("/threads/{id}", get(threads::show))
        .route("/threads/{id}/messages", post(threads::send))
        .route("/requests/{id}/thread", get(threads::of_request))
        .route("/orders/{id}/thread", get(threads::of_order))
        .route("/notifications", get(notices::list))
        .route("/notifications/reading", post(notices::read_all))
        .route("/notifications/{id}/reading", post(notices::read_one))
        .merge(live::routes())
}
