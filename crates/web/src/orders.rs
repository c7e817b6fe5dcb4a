//! Pages of a deal: award, contract, orders, the workroom, paying in, the statement; and the door for gateway notices.

pub(crate) mod actions;
mod award;
mod capitals;
mod clauses;
mod contract;
mod funding;
mod list;
mod notice;
mod outcomes;
mod proposals;
mod statement;
pub(crate) mod steps;
pub(crate) mod views;
mod workroom;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/requests/{id}/award", get(award::show).post(award::award))
        .route("/contracts/{id}", get(contract::show))
        .route("/contracts/{id}/agreement", post(contract::agree))
        .route("/contracts/{id}/refusal", post(contract::decline))
        .route("/contracts/{id}/withdrawal", post(contract::withdraw))
        .route("/orders", get(list::list))
        .route("/orders/{id}", get(workroom::show))
        .route("/orders/{id}/moves/{transition}", post(steps::fire))
        .route("/orders/{id}/proposals/{transition}", post(proposals::propose))
        .route("/proposals/{id}/agreement", post(proposals::agree))
        .route("/proposals/{id}/refusal", post(proposals::refuse))
        .route("/proposals/{id}/withdrawal", post(proposals::withdraw))
        .route("/orders/{id}/parts/{part}/funding", post(funding::begin))
        .route("/payins/{id}", get(funding::show))
        .route("/payins/{id}/page", get(funding::go))
        .route("/gateway/{name}/notice", post(notice::take))
        .route("/statement", get(statement::show))
}
