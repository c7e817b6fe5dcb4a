//! What both sides have to agree on: proposing, agreeing, refusing, taking back.

use ::orders::proposals::{self, Answer, Propose};
use axum::extract::{Path, State};
use kernel::Id;

use super::actions::typed_shares;
use super::{steps, workroom};
use crate::App;
use crate::edge::form::Form;
use crate::edge::respond::{Flash, PageError, PageResult, path_id, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

/// POST /orders/{id}/proposals/{transition}
pub async fn propose(
    State(app): State<App>,
    me: RequireLogin,
    Path((id, transition)): Path<(String, String)>,
    form: Form,
) -> PageResult {
    let id = path_id(&id)?;
    match send(&app, &me.viewer, id, &transition, &form).await {
        Ok(()) => see_other_saying(
            &app.settings,
            &format!("/orders/{id}"),
            Flash::done("order-proposed-said"),
        ),
        Err(PageError::Refused(refusal)) => workroom::again(&app, &me.viewer, id, &transition, &form, &refusal).await,
        Err(other) => Err(other),
    }
}

async fn send(app: &App, viewer: &Viewer, id: Id, transition: &str, form: &Form) -> Result<(), PageError> {
    let order = workroom::read(app, viewer, id).await?;
    let part = steps::part(form.get("part"))?;
    let cmd = Propose {
        transition: transition.to_owned(),
        part,
        shares: typed_shares(&order, form, transition, part)?,
        reason: form.get("reason").to_owned(),
        seen_version: form.int("version")?,
    };
    let actor = viewer.actor();
    app.store
        .write_once("propose", form.once(viewer), move |tx| {
            proposals::propose(tx, &actor, id, &cmd)
        })
        .await?;
    Ok(())
}

async fn answered(app: &App, me: &RequireLogin, id: &str, form: &Form, agree: bool) -> PageResult {
    let cmd = Answer {
        proposal: path_id(id)?,
        agree,
        note: form.get("note").to_owned(),
    };
    let (actor, back) = (me.viewer.actor(), path_id(form.get("order"))?);
    app.store
        .write_once("answer_proposal", form.once(&me.viewer), move |tx| {
            proposals::answer(tx, &actor, &cmd)
        })
        .await?;
    let key = if agree {
        "order-proposal-agreed-said"
    } else {
        "order-proposal-refused-said"
    };
    see_other_saying(&app.settings, &format!("/orders/{back}"), Flash::done(key))
}

/// POST /proposals/{id}/agreement
pub async fn agree(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    answered(&app, &me, &id, &form, true).await
}

/// POST /proposals/{id}/refusal
pub async fn refuse(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    answered(&app, &me, &id, &form, false).await
}

/// POST /proposals/{id}/withdrawal
pub async fn withdraw(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, actor, back) = (path_id(&id)?, me.viewer.actor(), path_id(form.get("order"))?);
    app.store
        .write_once("withdraw_proposal", form.once(&me.viewer), move |tx| {
            proposals::withdraw(tx, &actor, id)
        })
        .await?;
    see_other_saying(
        &app.settings,
        &format!("/orders/{back}"),
        Flash::done("order-proposal-withdrawn-said"),
    )
}
