//! Pages for people: handlers, templates and the edge they stand on. Everything a reader sees is made here; nothing
//! here decides anything. A handler extracts, calls a use case of a domain crate, and renders.
//!
//! The slices are listed once, in [`slices`]; each exposes `routes()`.

mod app;
pub mod edge;

mod accounts;
mod demo;
mod files;
mod home;
mod orders;
mod requests;
mod styleguide;
mod talk;
mod trust;
mod watch;

pub use app::{App, LimitSettings, WebSettings};
pub use demo::clock_offset as demo_clock_offset;

use axum::Router;

/// Every slice of the site, merged.
fn slices() -> Router<App> {
    Router::new()
        .merge(home::routes())
        .merge(accounts::routes())
        .merge(requests::routes())
        .merge(files::routes())
        .merge(orders::routes())
        .merge(talk::routes())
        .merge(trust::routes())
        .merge(watch::routes())
        .merge(demo::routes())
        .merge(styleguide::routes())
}

/// The whole site, ready to be served.
pub fn router(app: App) -> Router {
    edge::wrap(slices(), app)
}
