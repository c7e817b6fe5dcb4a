//! Taking back a request or a bid.

use ::orders::{bids, requests};
use axum::extract::{Path, State};

use crate::App;
use crate::edge::form::Form;
use crate::edge::respond::{Flash, PageResult, path_id, see_other_saying};
use crate::edge::viewer::RequireLogin;

/// POST /requests/{id}/withdrawal
pub async fn request(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, seen_version, actor) = (path_id(&id)?, form.int("version")?, me.viewer.actor());
    let cmd = requests::Withdraw {
        request: id,
        seen_version,
    };
    app.store
        .write("withdraw_request", move |tx| requests::withdraw(tx, &actor, &cmd))
        .await?;
    see_other_saying(&app.settings, "/me/requests", Flash::done("request-withdrawn-said"))
}

/// POST /requests/{id}/bid/withdrawal
pub async fn bid(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, bid, seen_version, actor) = (path_id(&id)?, form.id("bid")?, form.int("version")?, me.viewer.actor());
    let cmd = bids::WithdrawBid { bid, seen_version };
    app.store
        .write("withdraw_bid", move |tx| bids::withdraw(tx, &actor, &cmd))
        .await?;
    see_other_saying(
        &app.settings,
        &format!("/requests/{id}"),
        Flash::done("bid-withdrawn-said"),
    )
}
