//! Pages for people: handlers, templates and the edge they stand on. Everything a reader sees is made here; nothing
//! here decides anything. A handler extracts, calls a use case of a domain crate, and renders.
//!
//! The slices are listed once, in [`slices`]; each exposes `routes()`.

mod app;
pub mod edge;

#[cfg(feature = "slice-accounts")]
mod accounts;
#[cfg(feature = "slice-demo")]
mod demo;
#[cfg(feature = "slice-files")]
mod files;
mod home;
#[cfg(feature = "slice-orders")]
mod orders;
#[cfg(feature = "slice-requests")]
mod requests;
mod styleguide;
#[cfg(feature = "slice-talk")]
mod talk;
#[cfg(feature = "slice-trust")]
mod trust;
#[cfg(feature = "slice-watch")]
mod watch;

pub use app::{App, LimitSettings, WebSettings};

use axum::Router;

/// Every slice of the site, merged.
fn slices() -> Router<App> {
    let all = Router::new().merge(home::routes()).merge(styleguide::routes());
    #[cfg(feature = "slice-accounts")]
    let all = all.merge(accounts::routes());
    #[cfg(feature = "slice-requests")]
    let all = all.merge(requests::routes());
    #[cfg(feature = "slice-files")]
    let all = all.merge(files::routes());
    #[cfg(feature = "slice-orders")]
    let all = all.merge(orders::routes());
    #[cfg(feature = "slice-talk")]
    let all = all.merge(talk::routes());
    #[cfg(feature = "slice-trust")]
    let all = all.merge(trust::routes());
    #[cfg(feature = "slice-watch")]
    let all = all.merge(watch::routes());
    #[cfg(feature = "slice-demo")]
    let all = all.merge(demo::routes());
    all
}

/// The whole site, ready to be served.
pub fn router(app: App) -> Router {
    edge::wrap(slices(), app)
}
