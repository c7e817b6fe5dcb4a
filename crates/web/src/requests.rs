//! Pages about asking and bidding: the list, one request, its form, bids, their comparison, one's own profile.

use axum::Router;
use axum::routing::{get, post};

use crate::App;

mod bid;
mod bid_form;
mod browse;
mod compare;
mod mine;
pub(crate) mod people;
mod profile;
mod show;
pub(crate) mod views;
mod withdraw;
mod write;
mod write_form;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/requests", get(browse::list))
        .route("/requests/new", get(write::new).post(write::create))
        .route("/requests/draft", post(write::autosave))
        .route("/requests/{id}", get(show::show))
        .route("/requests/{id}/edit", get(write::edit).post(write::update))
        .route("/requests/{id}/withdrawal", post(withdraw::request))
        .route("/requests/{id}/bid", get(bid::form).post(bid::send))
        .route("/requests/{id}/bid/withdrawal", post(withdraw::bid))
        .route("/requests/{id}/bids", get(compare::compare))
        .route("/me/requests", get(mine::requests))
        .route("/me/bids", get(mine::bids))
        .route("/me/profile", get(profile::form).post(profile::save))
}
